"""Talking to the cluster: one place where its errors become ours and where it is left alone when it is down."""

from collections.abc import Callable, Collection, Mapping, Sequence
from typing import Any, TypeVar

from opensearchpy import OpenSearch
from opensearchpy.exceptions import NotFoundError, OpenSearchException

from indexer.index.opensearch.breaker import Breaker
from indexer.index.port import IndexUnavailable
from indexer.settings import IndexSettings

Body = dict[str, Any]
"""A request body, or an answer, as the cluster writes it."""

T = TypeVar("T")

MOST_RETRIES = 3
"""Other nodes that are asked when one does not answer."""


class Client:
    """A cluster. Everything raises IndexUnavailable, at once while the cluster is known to be down."""

    def __init__(self, cluster: OpenSearch, *, seconds: float) -> None:
        self._cluster, self._breaker = cluster, Breaker()
        self._asking = {"request_timeout": seconds, "cancel_after_time_interval": f"{int(seconds * 1000)}ms"}

    def search(self, index: str, body: Body, **parameters: str) -> Body:
        """The answer to one question; `index` may be empty for one that names a point in time."""
        where = {"index": index} if index else {}
        return self._ask(lambda: self._cluster.search(body=body, params={**self._asking, **parameters}, **where))

    def search_all(self, questions: Sequence[tuple[Body, Body]]) -> list[Body]:
        """The answers to several questions, each with a header (index, routing), in one request."""
        lines = [part for question in questions for part in question]
        params = {"request_timeout": self._asking["request_timeout"]}
        answers = self._ask(lambda: self._cluster.msearch(body=lines, params=params))["responses"]
        for answer in answers:
            if "error" in answer:
                raise IndexUnavailable(f"the search engine refused a question: {answer['error'].get('type')}")
        return list(answers)

    def open_point_in_time(self, index: str, keep_alive: str) -> str:
        """The id of a point in time: what is searched through it does not change."""
        params = {"keep_alive": keep_alive}
        return str(self._ask(lambda: self._cluster.create_pit(index=index, params=params))["pit_id"])

    def close_point_in_time(self, point: str) -> None:
        """Give its memory back."""
        self._ask(lambda: self._cluster.delete_pit(body={"pit_id": [point]}))

    def described(self, pattern: str) -> Mapping[str, Body]:
        """Aliases and mapping of every index that fits a pattern or has it as its alias; none when none fits."""
        params = {"ignore_unavailable": "true", "allow_no_indices": "true"}
        try:
            answer: Mapping[str, Body] = self._ask(lambda: self._cluster.indices.get(index=pattern, params=params))
        except IndexMissing:
            return {}
        return answer

    def create(self, index: str, body: Body) -> None:
        """Make an index."""
        self._ask(lambda: self._cluster.indices.create(index=index, body=body))

    def remove(self, indexes: Collection[str]) -> None:
        """Remove indexes, those that are there."""
        if indexes:
            params = {"ignore_unavailable": "true"}
            self._ask(lambda: self._cluster.indices.delete(index=",".join(indexes), params=params))

    def put_meta(self, index: str, meta: Body) -> None:
        """Note something about an index, in one step."""
        self._ask(lambda: self._cluster.indices.put_mapping(index=index, body={"_meta": meta}))

    def put_settings(self, index: str, settings: Body) -> None:
        """Change settings of an index."""
        self._ask(lambda: self._cluster.indices.put_settings(index=index, body=settings))

    def alias(self, actions: Sequence[Body]) -> None:
        """Change aliases, all in one step."""
        self._ask(lambda: self._cluster.indices.update_aliases(body={"actions": list(actions)}))

    def refresh(self, *indexes: str) -> None:
        """Let searches see what was written."""
        self._ask(lambda: self._cluster.indices.refresh(index=",".join(indexes), params={"request_timeout": 120}))

    def flush(self, *indexes: str) -> None:
        """Let what was written outlive the nodes."""
        self._ask(lambda: self._cluster.indices.flush(index=",".join(indexes), params={"request_timeout": 120}))

    def bulk(self, lines: str) -> Body:
        """Write some documents; the answer says of each what became of it."""
        answer: Body = self._ask(lambda: self._cluster.bulk(body=lines, params={"request_timeout": 120}))
        return answer

    def deleted(self, index: str) -> int:
        """Documents that were replaced or deleted, and not merged away yet."""
        counted = self._ask(lambda: self._cluster.indices.stats(index=index, metric="docs"))
        return int(counted["_all"]["primaries"]["docs"]["deleted"])

    def _ask(self, question: Callable[[], T]) -> T:
        try:
            return self._breaker.through(question)
        except NotFoundError as error:
            raise IndexMissing("the search engine has no such index") from error
        except OpenSearchException as error:
            raise IndexUnavailable(f"the search engine did not answer: {type(error).__name__}") from error


class IndexMissing(IndexUnavailable):
    """An index that was asked is not there; another may have taken its place."""


def open_client(settings: IndexSettings) -> Client:
    """The configured cluster. Nothing is connected before the first question."""
    user, password = settings.opensearch_user, settings.opensearch_password.get_secret_value()
    cluster = OpenSearch(
        hosts=list(settings.opensearch_urls),
        http_auth=(user, password) if user else None,
        ca_certs=str(settings.opensearch_ca_file) if settings.opensearch_ca_file else None,
        http_compress=True,
        timeout=settings.engine_seconds,
        max_retries=min(MOST_RETRIES, len(settings.opensearch_urls)),
        retry_on_timeout=True,
        retry_on_status=(502, 503, 504),
        pool_maxsize=16,
    )
    return Client(cluster, seconds=settings.engine_seconds)
