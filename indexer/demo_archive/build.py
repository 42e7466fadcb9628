"""Building the demonstration archive."""

from collections.abc import Callable, Iterator
from datetime import date
from itertools import chain
from pathlib import Path

from sqlalchemy import Engine, create_engine, func, make_url, select

from access_policy.register.errors import RegisterUnavailable
from access_policy.register.store import Register, open_register
from indexer.demo_archive.chance_files import chance_files
from indexer.demo_archive.file_writer import FileWriter
from indexer.demo_archive.framework import write_framework
from indexer.demo_archive.landmarks import landmark_files
from indexer.demo_archive.ledger import DemoSummary, Ledger, canary_file, keep_summary
from indexer.demo_archive.lists import write_lists
from indexer.demo_archive.media_writer import write_media
from indexer.demo_archive.plan import FilePlan
from indexer.demo_archive.row_writer import RowWriter
from indexer.demo_archive.studio import Studio
from indexer.demo_archive.worksite import Worksite
from indexer.sources.schema import metadata
from indexer.sources.schema import pages as pages_table

_PAGES_AN_ITEM = 3


class ArchiveNotEmpty(Exception):
    """The database already holds records, or the register lists. Nothing was changed: a demonstration never goes on
    top of an archive.
    """


def build_demo_archive(
    database_url: str,
    pages_root: Path,
    *,
    register_url: str,
    pages: int,
    seed: int,
    today: date,
    progress: Callable[[int], None] | None = None,
    scans: int = 200,
) -> DemoSummary:
    """Fill an empty database, an empty register and a page store with an invented archive of about `pages` pages.

    The same `seed`, `today`, `pages` and `scans` give the same rows and the same files (video files where ffmpeg makes
    them: with the same ffmpeg). `scans` items get scanned pages; with 0 no file is drawn at all. `progress` is told
    the pages written so far. All rows come in one transaction, after the lists: whoever sees the records finds the
    lists that close them. Beside the database a JSON file keeps the summary with its canaries. Memory grows only by
    the canaries, a few hundred bytes for each hidden record. Raises ArchiveNotEmpty, RegisterError.
    """
    engine, register = create_engine(database_url), _register(database_url, register_url)
    try:
        _prepare(engine, register)
        ledger = _fill(
            engine, register, pages_root, pages=pages, seed=seed, today=today, progress=progress, scans=scans
        )
    finally:
        engine.dispose()
        register.close()
    summary = ledger.summary()
    keep_summary(summary, canary_file(database_url, pages_root))
    return summary


def _register(database_url: str, register_url: str) -> Register:
    """The register; in an SQLite file of its own, since it is written while the rows are."""
    database, register = make_url(database_url), open_register(register_url)
    if database.get_backend_name() == "sqlite" and database == make_url(register_url):
        raise RegisterUnavailable("the register of a demonstration needs a file of its own")
    return register


def _prepare(engine: Engine, register: Register) -> None:
    if engine.dialect.name == "sqlite" and engine.url.database:
        Path(engine.url.database).parent.mkdir(parents=True, exist_ok=True)
    metadata.create_all(engine)
    with engine.connect() as connection:
        for table in metadata.sorted_tables:
            if connection.execute(select(func.count()).select_from(select(table).limit(1).subquery())).scalar_one():
                raise ArchiveNotEmpty(f"the table {table.name} already holds rows")
    register.migrate()
    if register.versions():
        raise ArchiveNotEmpty("the register already holds lists")


def _fill(
    engine: Engine,
    register: Register,
    pages_root: Path,
    *,
    pages: int,
    seed: int,
    today: date,
    progress: Callable[[int], None] | None,
    scans: int,
) -> Ledger:
    with engine.begin() as connection:
        rows = RowWriter(connection, pages_table, progress)
        with Studio(pages_root, rows) as studio:
            stride = max(1, pages // _PAGES_AN_ITEM // max(1, scans))
            site = Worksite(seed, today, rows, Ledger(), studio, draws=scans > 0, scans=scans, stride=stride)
            write_framework(site)
            files = FileWriter(site)
            for plan in _plans(site, seed, pages):
                files.write(plan)
            write_media(site)
            studio.finish()
        rows.flush()
        write_lists(register, today, site.entries)
        site.ledger.list_entries = len(site.entries)
    return site.ledger


def _plans(site: Worksite, seed: int, wanted: int) -> Iterator[FilePlan]:
    """All landmarks, then files by chance until there are enough pages."""
    landmarks = list(landmark_files())
    for at, plan in enumerate(chain(landmarks, chance_files(seed))):
        if at >= len(landmarks) and site.ledger.pages >= wanted:
            return
        yield plan
