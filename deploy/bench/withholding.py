"""How soon a withdrawn record is gone from every worker under load, and what pending withdrawals cost a search."""

import statistics
import threading
import time
import urllib.error
import urllib.request
from collections.abc import Iterator
from datetime import UTC, datetime
from pathlib import Path

from access_policy.overlay import NO_OVERLAY, Overlay, Withholding
from access_policy.reader import ANONYMOUS
from access_policy.register.store import open_register
from access_policy.visibility import Visibility, visible_to
from deploy.bench.archives import TODAY, index, register_url
from deploy.bench.results import Figure, at_most
from deploy.bench.searching import QUERIES, environment, load
from indexer.index.port import Search
from indexer.index.query import parse
from indexer.index.tantivy.current import CurrentGeneration
from tests.servers.portal import PortalServer

PENDING, PRESENT = 10_000, 1_000
"""Withheld ids, and how many of them the index holds: were it more, the searches would have visibly less to do."""

POLLERS = 4
"""Connections that ask for the withdrawn record all the time; with so many, both workers are asked."""

WATCHED_SECONDS = 3.0


def withdrawal_to_gone(folder: Path, pages: int, repeats: int) -> Figure:
    """Seconds from a withdrawal to the last answer that still showed the record, the worst of several."""
    records = _shown_records(folder, pages)
    with PortalServer(environment(folder, pages)) as server:
        worst = max(_watched(server.url, next(records), register_url(folder, pages)) for _ in range(repeats))
    return at_most(worst, 1.0, 1.0, "s")


def overlay_cost(folder: Path, pages: int, repeats: int) -> Figure:
    """Median milliseconds of a search with ten thousand withheld ids, against one with none."""
    reader = CurrentGeneration(index(folder, pages)).reader()
    shown = _shown_records(folder, pages)
    ids = [next(shown, f"absent-{number}") if number < PRESENT else f"absent-{number}" for number in range(PENDING)]
    withheld = Overlay(1, tuple(map(Withholding, ids)))
    sights = [visible_to(reader=ANONYMOUS, today=TODAY, overlay=overlay) for overlay in (withheld, NO_OVERLAY)]
    times: tuple[list[float], list[float]] = ([], [])
    for turn in range(repeats + 1):
        for words in QUERIES:
            for sight, taken in zip(sights, times, strict=True):
                started = time.perf_counter()
                reader.search(Search(parse(words)), visibility=sight)
                if turn:
                    taken.append((time.perf_counter() - started) * 1000)
    return at_most(statistics.median(times[0]), statistics.median(times[1]), 1.1, "ms")


def _shown_records(folder: Path, pages: int) -> Iterator[str]:
    """Ids that anybody can find, from a thousand hits of each query."""
    reader = CurrentGeneration(index(folder, pages)).reader()
    anybody: Visibility = visible_to(reader=ANONYMOUS, today=TODAY, overlay=NO_OVERLAY)
    seen: set[str] = set()
    for words in QUERIES:
        for hit in reader.search(Search(parse(words), limit=4000), visibility=anybody).hits:
            if hit.id not in seen:
                seen.add(hit.id)
                yield hit.id


def _watched(url: str, record_id: str, register: str) -> float:
    """Withdraw a record while its page is asked for without a pause and result pages are loaded beside it."""
    last_shown = [0.0] * POLLERS
    until = time.monotonic() + WATCHED_SECONDS

    def poll(number: int) -> None:
        while time.monotonic() < until:
            asked = time.monotonic()
            if _shows(f"{url}/tai-lieu/{record_id}"):
                last_shown[number] = asked

    threads = [threading.Thread(target=poll, args=(number,)) for number in range(POLLERS)]
    threads.append(threading.Thread(target=load, args=(url, WATCHED_SECONDS)))
    for thread in threads:
        thread.start()
    time.sleep(WATCHED_SECONDS / 3)
    withdrawn = time.monotonic()
    open_register(register).withdraw(record_id, reason="bench", author="bench", now=datetime.now(UTC))
    for thread in threads:
        thread.join()
    if not max(last_shown):
        raise RuntimeError(f"{record_id} was never shown")
    return max(0.0, max(last_shown) - withdrawn)


def _shows(address: str) -> bool:
    try:
        with urllib.request.urlopen(address, timeout=10) as answer:  # noqa: S310 - our own server on loopback
            return bool(answer.status == 200)
    except urllib.error.HTTPError as error:
        return error.code != 404
