"""The demonstration archive in databases of its own, kept by real processes that can be killed."""

import json
import os
import random
import signal
import subprocess
import sys
import time
from collections.abc import Callable, Iterator
from contextlib import contextmanager, suppress
from dataclasses import dataclass, field
from pathlib import Path
from typing import IO

from click.testing import CliRunner
from sqlalchemy import Connection, Engine, create_engine, text

from access_policy.register.store import Register, open_register
from indexer.cli import main
from indexer.demo_archive.build import build_demo_archive
from indexer.index.port import Follows, Generations
from indexer.index.tantivy.generations import TantivyGenerations
from indexer.index.writers import open_generations
from indexer.keeping.locks import Purpose
from indexer.keeping.open_locks import open_locks
from indexer.keeping.reconciling import Reconciled, Reconciler
from indexer.lists.terminal import now, today
from indexer.settings import Engine as Engines
from indexer.settings import IndexSettings
from indexer.sources.open import layout_of
from indexer.sources.outbox.installing import install
from indexer.sources.port import Source, SourceRecord
from indexer.sources.reference import ReferenceSource

MARKED = 20
"""Rows between two marks of a rebuild, so that a small archive has as many of them as a large one."""

COMMAND = f"""
from functools import partial
from indexer.cli import main
from indexer.keeping import rebuild_cli
rebuild_cli.rebuild = partial(rebuild_cli.rebuild, marked={MARKED})
print("ready", flush=True)
main()
"""
SECONDS = 180
PREFIX = "operated"


def until(true: Callable[[], bool], what: str) -> None:
    """Wait for something that has to come true."""
    end = time.monotonic() + SECONDS
    while not true():
        assert time.monotonic() < end, what
        time.sleep(0.1)


@dataclass
class Operated:
    """One archive, its register and its index; `chance` draws what happens to the rows. On PostgreSQL it has an
    outbox, on SQLite its changes are found by comparing. The index is on OpenSearch nodes when there are `nodes`, else
    in the folder.
    """

    folder: Path
    database_url: str
    register_url: str
    chance: random.Random
    nodes: tuple[str, ...] = ()
    engine: Engine = field(init=False)
    register: Register = field(init=False)

    def __post_init__(self) -> None:
        self.register = open_register(self.register_url)
        self.register.migrate()
        pages_dir = self.folder / "pages"
        build_demo_archive(
            self.database_url, pages_dir, register_url=self.register_url, pages=200, seed=3, today=today(), scans=0
        )
        on_sqlite = self.database_url.startswith("sqlite")
        self.engine = create_engine(
            self.database_url, pool_pre_ping=True, connect_args={"timeout": SECONDS} if on_sqlite else {}
        )
        if not on_sqlite:
            install(self.engine, layout_of(self.engine))

    @property
    def environment(self) -> dict[str, str]:
        """The settings of its commands."""
        return {
            "ARCHIVE_SETTINGS": os.devnull,
            "ARCHIVE_DATABASE_URL": self.database_url,
            "ARCHIVE_REGISTER_URL": self.register_url,
            **self._index_environment,
            "ARCHIVE_PAGES_DIR": str(self.folder / "pages"),
            "ARCHIVE_REPORTS_DIR": str(self.folder / "reports"),
            "ARCHIVE_STATE_DIR": str(self.folder / "state"),
            "COLUMNS": "240",
        }

    @property
    def _index_environment(self) -> dict[str, str]:
        if not self.nodes:
            return {"ARCHIVE_INDEX_DIR": str(self.folder / "index")}
        return {
            "ARCHIVE_ENGINE": "opensearch",
            "ARCHIVE_OPENSEARCH_URLS": json.dumps(self.nodes),
            "ARCHIVE_INDEX_PREFIX": PREFIX,
            "ARCHIVE_ENGINE_SECONDS": "30",
        }

    def generations(self) -> Generations:
        """The index as the commands open it."""
        if not self.nodes:
            return TantivyGenerations(self.folder / "index")
        settings = IndexSettings(
            engine=Engines.OPENSEARCH, opensearch_urls=self.nodes, index_prefix=PREFIX, engine_seconds=30
        )
        return open_generations(settings)

    @contextmanager
    def started(self, *arguments: str, log: IO[bytes] | None = None) -> Iterator[subprocess.Popen[bytes]]:
        """A command in a process of its own, given when it has been loaded; killed at the latest at the end."""
        process = subprocess.Popen(
            [sys.executable, "-c", COMMAND, *arguments],
            env=os.environ | self.environment,
            stdout=subprocess.PIPE,
            stderr=log or subprocess.DEVNULL,
        )
        assert process.stdout is not None
        try:
            assert process.stdout.readline() == b"ready\n"
            yield process
        finally:
            with suppress(ProcessLookupError):
                process.send_signal(signal.SIGKILL)
            process.wait()
            process.stdout.close()

    def run(self, *arguments: str) -> tuple[int, float]:
        """The exit code of a command, and the seconds it worked."""
        with self.started(*arguments) as process:
            began = time.monotonic()
            return process.wait(timeout=SECONDS), time.monotonic() - began

    def run_again(self, *arguments: str) -> tuple[int, str]:
        """The exit code of a command, and what it said; on SQLite it runs in this process, which is quicker."""
        if self.engine.dialect.name == "sqlite":
            done = CliRunner().invoke(main, list(arguments), env=self.environment)
            said = done.output
            code = done.exit_code
        else:
            with (self.folder / "said.log").open("w+b") as log, self.started(*arguments, log=log) as process:
                code = process.wait(timeout=SECONDS)
                log.seek(0)
                said = log.read().decode()
        sys.stderr.write(said)
        return code, said

    def run_and_kill(self, *arguments: str, after: float) -> bool:
        """Kill a command so many seconds after it was loaded; whether it was still at work."""
        with self.started(*arguments) as process:
            try:
                process.wait(timeout=after)
            except subprocess.TimeoutExpired:
                process.send_signal(signal.SIGKILL)
        return process.returncode == -signal.SIGKILL

    def lose_locks(self, process: int) -> None:
        """Take every lock in PostgreSQL away from a process, as when its connection breaks."""
        engine = create_engine(self.register_url)
        lost = "SELECT pg_terminate_backend(pid) FROM pg_stat_activity WHERE application_name LIKE :name"
        with engine.connect() as connection:
            assert connection.execute(text(lost), {"name": f"%process {process}"}).scalars().all()
        engine.dispose()

    def forget_changes(self, position: str) -> None:
        """Let the index believe that it has not seen the changes after a position."""
        index = self.generations()
        reader = index.reader()
        index.amend({}, (), Follows(reader.revision(), reader.derived_on(), position))

    def happen(self, times: int) -> None:
        """Change rows as an archivist would, and withdraw a record now and then."""
        for _ in range(times):
            with self.engine.begin() as connection:
                self._change(
                    connection, self.chance.choice(("title", "close", "open", "delete", "code", "fonds", "text"))
                )
        if self.chance.random() < 0.5:
            self.register.withdraw(self.chance.choice(self._ids()), reason="x", author="A", now=now())

    def source(self) -> Source:
        """The archive database as the commands open it."""
        return ReferenceSource(self.engine, state_dir=self.folder / "state")

    def waiting(self) -> int:
        """Changes that the index has not seen."""
        log = self.source().changes()
        assert log is not None
        return log.waiting(self.generations().reader().position()).changes

    def rebuilding(self) -> bool:
        """Whether a process rebuilds now."""
        locks = open_locks(self.register_url)
        return bool(locks.holder(Purpose.REBUILDING))

    def close(self) -> None:
        """Let go of both databases."""
        self.engine.dispose()
        self.register.close()

    def _ids(self) -> list[str]:
        return [entry.record.id for entry in self.source().entries() if isinstance(entry, SourceRecord)]

    def _change(self, connection: Connection, what: str) -> None:
        table = "fonds" if what == "fonds" else self.chance.choice(("items", "files"))
        ids = list(connection.execute(text(f"SELECT id FROM {table} ORDER BY id")).scalars())
        number = self.chance.choice(ids)
        title = "subject" if table == "items" else "title"
        code = "arc_doc_code" if table == "items" else "arc_file_code"
        statements = {
            "title": f"UPDATE {table} SET {title} = {title} || ' (sửa)', row_version = row_version + 1 WHERE id = :id",
            "fonds": "UPDATE fonds SET title = title || ' (mới)', row_version = row_version + 1 WHERE id = :id",
            "close": f"UPDATE {table} SET mode = '03', row_version = row_version + 1 WHERE id = :id",
            "open": f"UPDATE {table} SET mode = '01', row_version = row_version + 1 WHERE id = :id",
            "code": f"UPDATE {table} SET {code} = {code} || 'x', row_version = row_version + 1 WHERE id = :id",
            "delete": f"DELETE FROM {table} WHERE id = :id",
            "text": "UPDATE pages SET ocr_text = ocr_text || ' thêm chữ', row_version = row_version + 1 WHERE record_id = :id",
        }
        connection.execute(text(statements[what]), {"id": number})

    def reconciled(self) -> Reconciled:
        """What still differs, without anything being mended."""
        return Reconciler(self.source(), self.register, self.generations(), today()).compare()
