"""Result pages on OpenSearch: against the requests they make, and how they, and what they stand on, grow."""

import statistics
from collections.abc import Callable, Sequence
from dataclasses import dataclass, replace
from functools import partial
from typing import Any

from flask.testing import FlaskClient
from opensearchpy import OpenSearch
from rich.console import Console
from rich.table import Table

from deploy.bench.archives import TODAY, register_url
from deploy.bench.cluster import Cluster, prefix, rebuilt
from deploy.bench.results import Figure, at_most
from deploy.bench.searching import ADDRESSES, UNLIMITED, get, timed
from indexer.index.opensearch.client import Client, open_client
from indexer.index.opensearch.generations import OpenSearchGenerations
from portal.app import create_app
from portal.settings import PortalSettings
from portal.wiring import open_services


@dataclass(frozen=True)
class Step:
    """An archive of so many pages: `rate` in pages a second of its rebuild, sizes in bytes, times in milliseconds."""

    pages: int
    rate: float
    records_bytes: int
    pages_bytes: int
    heap_bytes: int
    median: float
    tail: float


def page_cost(cluster: Cluster, pages: int, repeats: int) -> dict[str, Figure]:
    """Result pages inside the portal against the requests they make, sent straight to the node: median and tail.

    In turns, so that whatever else the machine does falls on both.
    """
    bare = [partial(_send, cluster.bare(), each) for each in _requests_of_pages(cluster, pages)]
    ours = _page_calls(cluster, pages)
    times = timed([call for pair in zip(ours, bare, strict=True) for call in pair], repeats)
    mine, limit = times[::2], times[1::2]
    return {
        "page_cost_p50": at_most(statistics.median(mine), statistics.median(limit), 1.5, "ms"),
        "page_cost_p95": at_most(_tail(mine), _tail(limit), 1.5, "ms"),
    }


def step(cluster: Cluster, pages: int, repeats: int) -> Step:
    """Puts an archive into service, and measures what it takes and how its result pages answer."""
    rate = rebuilt(cluster, pages)
    bare = cluster.bare()
    sizes = {
        kind: bare.indices.stats(index=f"{prefix(pages)}-{kind}", metric="store")["_all"]["primaries"]["store"]
        for kind in ("records", "pages")
    }
    times = timed(_page_calls(cluster, pages), repeats)
    nodes = bare.nodes.stats(metric="jvm")["nodes"].values()
    return Step(
        pages,
        rate,
        sizes["records"]["size_in_bytes"],
        sizes["pages"]["size_in_bytes"],
        sum(node["jvm"]["mem"]["heap_used_in_bytes"] for node in nodes),
        statistics.median(times),
        _tail(times),
    )


def page_growth(steps: Sequence[Step]) -> Figure:
    """The 95th percentile of result pages, second archive against first."""
    return at_most(steps[1].tail, steps[0].tail, 2.0, "ms")


def show_steps(steps: Sequence[Step]) -> None:
    """A table in the terminal."""
    table = Table("pages", "rebuild pages/s", "records kB/page", "pages kB/page", "heap MB", "median ms", "p95 ms")
    for each in steps:
        table.add_row(
            f"{each.pages:,}",
            f"{each.rate:,.0f}",
            f"{each.records_bytes / each.pages / 1000:.2f}",
            f"{each.pages_bytes / each.pages / 1000:.2f}",
            f"{each.heap_bytes / 1e6:,.0f}",
            f"{each.median:.0f}",
            f"{each.tail:.0f}",
        )
    Console().print(table)


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
    noting = _NotingClient(open_client(cluster.settings(prefix(pages))))
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
    client = _client(cluster, pages, open_client(cluster.settings(prefix(pages))))
    return [partial(get, client, address) for address in ADDRESSES]


def _client(cluster: Cluster, pages: int, client: Client) -> FlaskClient:
    generations = OpenSearchGenerations(client, prefix(pages))
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
