"""How soon a change in the archive database can be found, while a hundred rows are changed every second.

A change is one UPDATE of one row that puts a word which stands nowhere else behind a title: of items alone, where a
change is one record, and then of items and files in the proportion in which they stand in the demonstration archive.
Every item repeats the title of its file, so a change of a file is derived, written and found in all of its items. Four
changes are committed at a time. PostgreSQL with its outbox, the node and the follower (`archive-indexer
follow`) are real; all of them, the writer and the searches share this machine.

Once a second one of the changes is a probe. Its row is one whose record stands in the index and is given to an
anonymous reader by its id, before anything is changed: nothing but the follower decides when it is found by its new
word. No other change touches that row. Seconds run from before its COMMIT until an anonymous search answers with it.
"""

import json
import os
import random
import resource
import statistics
import subprocess
import sys
import threading
import time
from collections.abc import Iterator, Sequence
from contextlib import contextmanager
from dataclasses import dataclass, field
from itertools import product
from pathlib import Path
from string import ascii_lowercase

from rich.console import Console
from sqlalchemy import Engine, text

from access_policy.overlay import NO_OVERLAY
from access_policy.reader import ANONYMOUS
from access_policy.register.store import open_register
from access_policy.visibility import Visibility, visible_to
from deploy.bench.cluster import Cluster
from deploy.bench.results import Figure, at_most
from indexer.demo_archive.build import build_demo_archive
from indexer.index.opensearch.client import open_client
from indexer.index.opensearch.generations import OpenSearchGenerations
from indexer.index.opensearch.reader import OpenSearchReader
from indexer.index.port import Search
from indexer.index.query import parse
from indexer.lists.terminal import today
from indexer.rebuild import rebuild
from indexer.sources.open import layout_of, open_engine, open_source
from indexer.sources.outbox.installing import install
from tests.servers.postgres import PostgresServer

PREFIX = "following"
PER_SECOND, AT_ONCE = 100, 4
LIMIT_SECONDS = 5.0
PATIENCE_SECONDS = 600.0
"""How long after the last change the last probe may be found."""

TITLES = {"items": "subject", "files": "title"}

KINDS = {"change_to_findable": ("items",), "change_to_findable_files_too": ("items", "files")}
"""Which rows are changed, by the name of the figure."""


@dataclass(frozen=True)
class _Row:
    table: str
    number: int

    @property
    def key(self) -> str:
        return f"{self.table} {self.number}"


@dataclass
class _Probe:
    """A change that is looked for: its word, the record it belongs to, when it was made and when it was found."""

    word: str
    record_id: str
    made: float
    found: float = 0.0

    @property
    def seconds(self) -> float:
        return self.found - self.made


@dataclass
class _Archive:
    """A demonstration archive on PostgreSQL, in service, and everything that is asked of it."""

    url: str
    register: str
    cluster: Cluster
    engine: Engine = field(init=False)
    index: OpenSearchGenerations = field(init=False)

    def __post_init__(self) -> None:
        self.engine = open_engine(self.url)
        self.index = OpenSearchGenerations(open_client(self.cluster.settings(PREFIX)), PREFIX)

    def build(self, pages: int) -> None:
        """Rows, outbox and index."""
        texts = self.cluster.folder / "following-pages"
        build_demo_archive(self.url, texts, register_url=self.register, pages=pages, seed=1, today=today(), scans=0)
        install(self.engine, layout_of(self.engine))
        with self.engine.begin() as connection:
            connection.execute(text("ANALYZE"))
        restrictions = open_register(self.register).restrictions()
        rebuild(open_source(self.url), restrictions, self.index, today=today())

    def rows(self, tables: Sequence[str]) -> list[_Row]:
        """Every row of these tables."""
        with self.engine.connect() as connection:
            return [
                _Row(table, number)
                for table in tables
                for number in connection.execute(text(f"SELECT id FROM {table} ORDER BY id")).scalars()  # noqa: S608 - a constant
            ]

    def shown(self, rows: Sequence[_Row]) -> dict[_Row, str]:
        """Of some rows those whose record an anonymous reader is given, with its id."""
        ids = {key: record_id for record_id, key in self.index.ids_of([row.key for row in rows]).items()}
        given = self.index.reader().records(list(ids.values()), visibility=_anybody())
        return {row: ids[row.key] for row in rows if ids.get(row.key) in given}

    def change(self, changes: Sequence[tuple[_Row, str]]) -> None:
        """Put a word behind the title of each row, in one transaction."""
        with self.engine.begin() as connection:
            for row, word in changes:
                title = TITLES[row.table]
                statement = f"UPDATE {row.table} SET {title} = concat({title}, ' ', CAST(:word AS text)) WHERE id = :id"  # noqa: S608 - constants
                connection.execute(text(statement), {"word": word, "id": row.number})

    @contextmanager
    def followed(self) -> Iterator[None]:
        """While the real command follows."""
        folder, urls = self.cluster.folder, json.dumps(self.cluster.urls)
        settings = {
            "ARCHIVE_SETTINGS": os.devnull,
            "ARCHIVE_DATABASE_URL": self.url,
            "ARCHIVE_REGISTER_URL": self.register,
            "ARCHIVE_ENGINE": "opensearch",
            "ARCHIVE_OPENSEARCH_URLS": urls,
            "ARCHIVE_INDEX_PREFIX": PREFIX,
            "ARCHIVE_ENGINE_SECONDS": "60",
            "ARCHIVE_REPORTS_DIR": str(folder / "following-reports"),
            "ARCHIVE_STATE_DIR": str(folder / "following-state"),
        }
        command = [str(Path(sys.executable).with_name("archive-indexer")), "follow"]
        follower = subprocess.Popen(command, env=os.environ | settings)  # noqa: S603 - our own command
        try:
            yield
            if follower.poll() is not None:
                raise RuntimeError(f"the follower ended by itself with {follower.returncode}")
        finally:
            follower.terminate()
            follower.wait()


def change_to_findable(cluster: Cluster, pages: int, seconds: int) -> dict[str, Figure]:
    """The 95th percentile of the seconds from a change until it is found, of one probe a second, against 5."""
    server = PostgresServer()
    try:
        register = f"sqlite:///{cluster.folder / 'following-register.db'}"
        archive = _Archive(server.url(server.create_database()), register, cluster)
        archive.build(pages)
        figures = {name: _measured(archive, name, seconds) for name in KINDS}
        archive.engine.dispose()
        return figures
    finally:
        server.stop()


def _measured(archive: _Archive, name: str, seconds: int) -> Figure:
    before = _processor_seconds(archive.cluster)
    with archive.followed():
        probes = _probed(archive, KINDS[name], seconds)
    spent = [after - then for after, then in zip(_processor_seconds(archive.cluster), before, strict=True)]
    times = [probe.seconds for probe in probes]
    follower, node = (each / (seconds * PER_SECOND) * 1000 for each in spent)
    Console().print(
        f"{name}: median {statistics.median(times):.1f} s, slowest {max(times):.1f} s of {len(times)} probes; "
        f"processor time of a change: follower {follower:.1f} ms, node {node:.1f} ms"
    )
    return at_most(statistics.quantiles(times, n=20)[-1], LIMIT_SECONDS, 1.0, "s")


def _processor_seconds(cluster: Cluster) -> tuple[float, float]:
    """What has been used up to now: by the commands that have ended, and by the nodes."""
    ended = resource.getrusage(resource.RUSAGE_CHILDREN)
    nodes = cluster.bare().nodes.stats(metric="process")["nodes"].values()
    return ended.ru_utime + ended.ru_stime, sum(node["process"]["cpu"]["total_in_millis"] for node in nodes) / 1000


def _probed(archive: _Archive, tables: Sequence[str], seconds: int) -> list[_Probe]:
    """Change rows for so many seconds once the follower follows, and wait until every probe has been found."""
    chance = random.Random(1)  # noqa: S311 - it spreads changes
    rows = archive.rows(tables)
    shown = archive.shown(chance.sample(rows, min(len(rows), 20 * (seconds + 1))))
    first, *chosen = list(shown.items())[: seconds + 1]
    looked_for = {row for row, _ in (first, *chosen)}
    others = [row for row in rows if row not in looked_for]
    seeker = _Seeker(archive.index.reader(), f"dothu{tables[-1]}")
    thread = threading.Thread(target=seeker.run)
    thread.start()
    try:
        seeker.changed(archive, first, [])
        seeker.wait()
        seeker.probes.clear()
        _write(archive, seeker, chosen, others, chance)
        seeker.wait()
    finally:
        seeker.ending.set()
        thread.join()
    return seeker.probes


def _write(
    archive: _Archive,
    seeker: "_Seeker",
    chosen: Sequence[tuple[_Row, str]],
    others: Sequence[_Row],
    chance: random.Random,
) -> None:
    """A hundred changes a second, the first of each second a probe. Raises RuntimeError: the writer cannot keep up."""
    began, commits = time.monotonic(), PER_SECOND // AT_ONCE
    for number in range(len(chosen) * commits):
        time.sleep(max(0.0, began + number / commits - time.monotonic()))
        rows = chance.sample(others, AT_ONCE)
        if number % commits:
            archive.change([(row, next(seeker.words)) for row in rows])
        else:
            seeker.changed(archive, chosen[number // commits], rows[1:])
    if time.monotonic() - began > 1.1 * len(chosen):
        raise RuntimeError(f"there were fewer than {PER_SECOND} changes a second: this machine has too much to do")


class _Seeker:
    """Looks for every probe that has not been found, again and again."""

    def __init__(self, reader: OpenSearchReader, stem: str) -> None:
        self._reader = reader
        self.probes: list[_Probe] = []
        self.words = (stem + "".join(letters) for letters in product(ascii_lowercase, repeat=4))
        self.ending = threading.Event()

    def changed(self, archive: _Archive, chosen: tuple[_Row, str], others: Sequence[_Row]) -> None:
        """Change a row that is looked for from now on, and others with it."""
        (row, record_id), word = chosen, next(self.words)
        made = time.monotonic()
        archive.change([(row, word), *((other, next(self.words)) for other in others)])
        self.probes.append(_Probe(word, record_id, made))

    def run(self) -> None:
        """Until it is to end."""
        while not self.ending.wait(0.05):
            for probe in self._waiting():
                found = self._reader.search(Search(parse(probe.word)), visibility=_anybody())
                if probe.record_id in {hit.id for hit in found.hits}:
                    probe.found = time.monotonic()

    def wait(self) -> None:
        """Until everything has been found. Raises RuntimeError."""
        until = time.monotonic() + PATIENCE_SECONDS
        while waiting := self._waiting():
            if time.monotonic() > until:
                raise RuntimeError(f"{len(waiting)} changes were not found within {PATIENCE_SECONDS:.0f} s")
            time.sleep(0.05)

    def _waiting(self) -> list[_Probe]:
        return [probe for probe in self.probes if not probe.found]


def _anybody() -> Visibility:
    return visible_to(reader=ANONYMOUS, today=today(), overlay=NO_OVERLAY)
