"""A store and a register with all their tables and nothing in them, migrated once a process and copied for each test."""

from __future__ import annotations

import sqlite3
from collections.abc import Callable
from contextlib import closing
from functools import cache
from pathlib import Path
from tempfile import TemporaryDirectory

from access_policy.register.store import Register, open_register
from portal.store.database import Database
from portal.store.migrating import migrate


def empty_store(file: Path) -> Database:
    """A store in this file, on SQLite."""
    file.write_bytes(_content_of(_migrate_store))
    return Database(f"sqlite:///{file}")


def empty_register(file: Path) -> Register:
    """A register in this file, on SQLite."""
    file.write_bytes(_content_of(_migrate_register))
    return open_register(f"sqlite:///{file}")


@cache
def _content_of(migrated: Callable[[str], None]) -> bytes:
    with TemporaryDirectory() as folder:
        file = Path(folder) / "empty.db"
        migrated(f"sqlite:///{file}")
        with closing(sqlite3.connect(file)) as connection:
            connection.execute("PRAGMA wal_checkpoint(TRUNCATE)")
        return file.read_bytes()


def _migrate_store(url: str) -> None:
    migrate(Database(url))


def _migrate_register(url: str) -> None:
    register = open_register(url)
    register.migrate()
    register.close()
