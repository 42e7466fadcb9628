"""How fast result pages are: under load on real workers, against the bare engine, and as the archive grows."""

import socket
import statistics
import threading
import time
from collections.abc import Callable, Sequence
from dataclasses import replace
from functools import partial
from pathlib import Path
from typing import BinaryIO
from urllib.parse import quote_plus, urlsplit

from flask.testing import FlaskClient

from access_policy.overlay import NO_OVERLAY
from access_policy.reader import ANONYMOUS
from access_policy.visibility import visible_to
from deploy.bench.archives import TODAY, index, register_url
from deploy.bench.results import Figure, at_least, at_most
from indexer.index.port import Search
from indexer.index.query import parse
from indexer.index.tantivy.current import CurrentGeneration
from portal.app import create_app
from portal.settings import PortalSettings
from portal.wiring import open_services
from tests.servers.portal import PortalServer

QUERIES = (
    "quyet dinh giao dat",
    "quyết định giao đất",
    "kế hoạch",
    "bao cao tong ket",
    '"giao đất"',
    "hợp tác xã nông nghiệp",
    "khieu nai",
    "biên bản -họp",
    "tờ trình thủy lợi",
    "nguyen van",
    "67/QĐ-UB",
    "đường",
)
ADDRESSES = tuple(f"/tim-kiem?q={quote_plus(words)}" for words in QUERIES) + tuple(
    f"/tim-kiem?q={quote_plus(words)}&kind=item&tu=1960&den=1990" for words in QUERIES[:4]
)
UNLIMITED = "100000000/minute"


def environment(folder: Path, pages: int) -> dict[str, str]:
    """The settings of a portal with two workers over an archive of the run, without limits."""
    return {
        "ARCHIVE_INDEX_DIR": str(index(folder, pages)),
        "ARCHIVE_REGISTER_URL": register_url(folder, pages),
        "ARCHIVE_ACCESS_LOG_DIR": str(folder / "access-log"),
        "ARCHIVE_CACHE_DIR": str(folder / "cache"),
        "ARCHIVE_SECRET_KEY": "b" * 32,
        "ARCHIVE_LIMIT_SEARCH": UNLIMITED,
        "ARCHIVE_WORKERS": "2",
    }


def search_rate(folder: Path, pages: int, seconds: float) -> Figure:
    """Result pages a second on two gunicorn workers; the limit is the hundred that the service promises."""
    with PortalServer(environment(folder, pages)) as server:
        load(server.url, 2.0)
        answered = load(server.url, seconds)
    return at_least(answered / seconds, 100.0, 1.0, "pages/s")


def search_cost(folder: Path, pages: int, repeats: int) -> Figure:
    """Time of a result page inside the process against the engine calls it makes."""
    page = timed(_page_calls(folder, pages), repeats)
    bare = timed(_engine_calls(folder, pages), repeats)
    return at_most(statistics.median(page), statistics.median(bare), 3.0, "ms")


def search_growth(folder: Path, small: int, large: int, repeats: int) -> Figure:
    """The 95th percentile of result pages, large archive against small."""
    tails = []
    for pages in (large, small):
        times = timed(_page_calls(folder, pages), repeats)
        tails.append(statistics.quantiles(times, n=20)[-1])
    return at_most(tails[0], tails[1], 2.0, "ms")


def _client(folder: Path, pages: int) -> FlaskClient:
    settings = PortalSettings(
        secret_key="b" * 32,  # type: ignore[arg-type]
        index_dir=index(folder, pages),
        register_url=register_url(folder, pages),
        access_log_dir=folder / "access-log",
        cache_dir=folder / "cache",
        limit_search=UNLIMITED,
    )
    return create_app(settings, replace(open_services(settings), today=lambda: TODAY)).test_client()


def _page_calls(folder: Path, pages: int) -> list[Callable[[], object]]:
    client = _client(folder, pages)
    return [partial(get, client, address) for address in ADDRESSES]


def get(client: FlaskClient, address: str) -> None:
    """One result page inside this process."""
    if client.get(address).status_code != 200:
        raise RuntimeError(f"no result page: {address}")


def _engine_calls(folder: Path, pages: int) -> list[Callable[[], object]]:
    """What the result page asks of the engine, and nothing around it."""
    reader = CurrentGeneration(index(folder, pages)).reader()
    visibility = visible_to(reader=ANONYMOUS, today=TODAY, overlay=NO_OVERLAY)

    def ask(search: Search) -> None:
        hits = reader.search(search, visibility=visibility).hits
        reader.page_hits(search.query, [hit.id for hit in hits], visibility=visibility, limit=2)

    plain = [Search(parse(words)) for words in QUERIES]
    choice = {"kind": frozenset({"item"})}
    narrowed = [Search(parse(words), choice, (1960, 1990)) for words in QUERIES[: len(ADDRESSES) - len(plain)]]
    return [partial(ask, search) for search in (*plain, *narrowed)]


def timed(calls: Sequence[Callable[[], object]], repeats: int) -> list[float]:
    """Milliseconds of each call, the first round left out."""
    times = []
    for round_number in range(repeats + 1):
        for call in calls:
            started = time.perf_counter()
            call()
            if round_number:
                times.append((time.perf_counter() - started) * 1000)
    return times


def load(url: str, seconds: float, readers: int = 4) -> int:
    """How many result pages some readers get in this time, each on a connection of its own."""
    counts = [0] * readers
    until = time.perf_counter() + seconds

    def read(number: int) -> None:
        host, port = urlsplit(url).netloc.split(":")
        with socket.create_connection((host, int(port))) as connection, connection.makefile("rb") as answers:
            while time.perf_counter() < until:
                address = ADDRESSES[(number + counts[number]) % len(ADDRESSES)]
                connection.sendall(f"GET {address} HTTP/1.1\r\nHost: {host}:{port}\r\n\r\n".encode())
                _read_answer(answers)
                counts[number] += 1

    threads = [threading.Thread(target=read, args=(number,)) for number in range(readers)]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    return sum(counts)


def _read_answer(answers: BinaryIO) -> None:
    """Take one answer off a connection, with as little work as can be: the readers share the machine's cores."""
    status, length = answers.readline(), 0
    while (header := answers.readline()) != b"\r\n":
        if header.lower().startswith(b"content-length:"):
            length = int(header.split(b":")[1])
    answers.read(length)
    if b" 200 " not in status:
        raise RuntimeError(status.decode())
