"""The engine OpenSearch: writing against the bulk helper, result pages against their requests, growth, memory."""

import statistics
import sys
import time
from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass, replace
from functools import partial
from pathlib import Path
from typing import Any

from flask.testing import FlaskClient
from opensearchpy import OpenSearch
from opensearchpy.helpers import parallel_bulk

from deploy.bench.archives import TODAY, database, register_url, restrictions
from deploy.bench.memory import peak_megabytes
from deploy.bench.results import Figure, at_least, at_most
from deploy.bench.searching import ADDRESSES, UNLIMITED, get, timed
from indexer.index.analysis import analyse
from indexer.index.document import Documents
from indexer.index.opensearch.client import Client, open_client
from indexer.index.opensearch.documents import page_fields, page_name, record_fields
from indexer.index.opensearch.fields import pages_index, records_index
from indexer.index.opensearch.generations import OpenSearchGenerations
from indexer.index.port import Follows
from indexer.pipeline import Tally, documents
from indexer.rebuild import rebuild
from indexer.settings import Engine, IndexSettings
from indexer.sources.open import open_source
from portal.app import create_app
from portal.settings import PortalSettings
from portal.wiring import open_services

AT_ONCE = 1000
SENDERS = 2


@dataclass(frozen=True)
class Cluster:
    """Nodes that a run started, and the folder of its archives."""

    urls: tuple[str, ...]
    folder: Path

    def settings(self, prefix: str) -> IndexSettings:
        """How indexer and portal reach an index on it."""
        return IndexSettings(
            engine=Engine.OPENSEARCH, opensearch_urls=self.urls, index_prefix=prefix, engine_seconds=60
        )

    def bare(self) -> OpenSearch:
        """The official client and nothing of ours."""
        return OpenSearch(hosts=list(self.urls), timeout=120, http_compress=True)


def indexing_rate(cluster: Cluster, pages: int) -> Figure:
    """Pages a second through the writer of a generation, against the official helper given ready bodies."""
    made = list(_made(cluster.folder, pages))
    count = sum(len(each) for _, each in made)
    bare = _timed_bare(cluster.bare(), made)
    started = time.perf_counter()
    _write(cluster, "written", made)
    return at_least(count / (time.perf_counter() - started), count / bare, 0.7, "pages/s")


def rebuilt(cluster: Cluster, pages: int) -> float:
    """Puts an archive into service under a prefix of its own, and says how many pages a second that took."""
    url = database(cluster.folder, pages)
    generations = OpenSearchGenerations(open_client(cluster.settings(_prefix(pages))), _prefix(pages))
    started = time.perf_counter()
    done = rebuild(open_source(url), restrictions(cluster.folder, pages), generations, today=TODAY)
    return done.tally.pages_read / (time.perf_counter() - started)


def page_cost(cluster: Cluster, pages: int, repeats: int) -> dict[str, Figure]:
    """Result pages inside the portal against the requests they make, sent straight to the node: median and tail."""
    requests = _requests_of_pages(cluster, pages)
    bare = timed([partial(_send, cluster.bare(), each) for each in requests], repeats)
    ours = timed(_page_calls(cluster, pages), repeats)
    return {
        "page_cost_p50": at_most(statistics.median(ours), statistics.median(bare), 1.5, "ms"),
        "page_cost_p95": at_most(_tail(ours), _tail(bare), 1.5, "ms"),
    }


def page_growth(cluster: Cluster, small: int, large: int, repeats: int) -> Figure:
    """The 95th percentile of result pages, large archive against small."""
    tails = [_tail(timed(_page_calls(cluster, pages), repeats)) for pages in (large, small)]
    return at_most(tails[0], tails[1], 2.0, "ms")


def rebuild_memory(cluster: Cluster, small: int, large: int) -> Figure:
    """Peak memory of the indexing process, large archive against small."""
    peaks = []
    for pages in (large, small):
        database(cluster.folder, pages)
        command = [sys.executable, "-m", "deploy.bench.cluster", *cluster.urls, str(cluster.folder), str(pages)]
        peaks.append(peak_megabytes(command))
    return at_most(peaks[0], peaks[1], 1.2, "MB")


def _prefix(pages: int) -> str:
    return f"bench{pages}"


def _made(folder: Path, pages: int) -> Iterator[Documents]:
    entries = open_source(database(folder, pages)).entries()
    return documents(entries, restrictions(folder, pages), today=TODAY, tally=Tally(), refused=lambda _: None)


def _write(cluster: Cluster, prefix: str, made: Sequence[Documents]) -> None:
    generations = OpenSearchGenerations(open_client(cluster.settings(prefix)), prefix)
    with generations.begin(Follows(0, TODAY)) as writer:
        for record, pages in made:
            writer.add(record, pages)
        writer.seal()
        generations.switch(writer)


def _timed_bare(bare: OpenSearch, made: Sequence[Documents]) -> float:
    for name, body in (("bare-records", records_index({})), ("bare-pages", pages_index(1))):
        bare.indices.create(index=name, body=body)
    ready = list(_ready(made))
    started = time.perf_counter()
    for ok, answer in parallel_bulk(bare, ready, thread_count=SENDERS, chunk_size=AT_ONCE, max_chunk_bytes=10_000_000):
        if not ok:
            raise RuntimeError(str(answer))
    bare.indices.refresh(index="bare-*")
    bare.indices.flush(index="bare-*")
    return time.perf_counter() - started


def _ready(made: Sequence[Documents]) -> Iterator[dict[str, Any]]:
    for record, pages in made:
        analysed, record_id = analyse(record, pages), record.description.id
        yield {"_index": "bare-records", "_id": record_id, **record_fields(record, analysed)}
        for page, text in zip(pages, analysed.pages, strict=True):
            place = {"_index": "bare-pages", "_id": page_name(record_id, page.number), "routing": record_id}
            yield {**place, **page_fields(page, text, 0)}


class _NotingClient(Client):
    """Notes what result pages ask, in passing."""

    def __init__(self, client: Client) -> None:
        self.__dict__ |= vars(client)
        self.asked: list[tuple[str, Any, dict[str, str]]] = []

    def search(self, index: str, body: dict[str, Any], **parameters: str) -> dict[str, Any]:
        self.asked.append((index, body, parameters))
        return super().search(index, body, **parameters)

    def search_all(self, questions: Sequence[tuple[dict[str, Any], dict[str, Any]]]) -> list[dict[str, Any]]:
        self.asked.append(("", [part for question in questions for part in question], {}))
        return super().search_all(questions)


Requests = list[tuple[str, Any, dict[str, str]]]


def _requests_of_pages(cluster: Cluster, pages: int) -> list[Requests]:
    """For each result page the requests it makes."""
    noting = _NotingClient(open_client(cluster.settings(_prefix(pages))))
    client = _client(cluster, pages, noting)
    found: list[Requests] = []
    for address in ADDRESSES:
        noting.asked.clear()
        get(client, address)
        found.append(list(noting.asked))
    return found


def _send(bare: OpenSearch, requests: Requests) -> None:
    for index, body, parameters in requests:
        if index:
            bare.search(index=index, body=body, params=dict(parameters))
        else:
            bare.msearch(body=body)


def _page_calls(cluster: Cluster, pages: int) -> list[Callable[[], object]]:
    client = _client(cluster, pages, open_client(cluster.settings(_prefix(pages))))
    return [partial(get, client, address) for address in ADDRESSES]


def _client(cluster: Cluster, pages: int, client: Client) -> FlaskClient:
    generations = OpenSearchGenerations(client, _prefix(pages))
    reader = generations.reader()
    settings = PortalSettings(
        secret_key="b" * 32,  # type: ignore[arg-type]
        register_url=register_url(cluster.folder, pages),
        access_log_dir=cluster.folder / "access-log",
        cache_dir=cluster.folder / "cache",
        limit_search=UNLIMITED,
    )
    services = replace(open_services(settings), today=lambda: TODAY, index=lambda: reader)
    return create_app(settings, services).test_client()


def _tail(times: Sequence[float]) -> float:
    return statistics.quantiles(times, n=20)[-1]


if __name__ == "__main__":
    *addresses, own_folder, own_pages = sys.argv[1:]
    rate = rebuilt(Cluster(tuple(addresses), Path(own_folder)), int(own_pages))
    print(f"{own_pages} pages: {rate:,.0f} pages/s")  # noqa: T201
