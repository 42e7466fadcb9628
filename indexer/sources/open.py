"""Opening an archive database whatever its layout: the tables that are there tell which one it is."""

from pathlib import Path

from sqlalchemy import Engine, create_engine, inspect
from sqlalchemy.exc import ArgumentError, NoSuchModuleError

from indexer.sources.legacy import LegacySource
from indexer.sources.outbox.layout import LEGACY, REFERENCE, Layout
from indexer.sources.port import Source, SourceUnavailable
from indexer.sources.reference import ReferenceSource
from indexer.sources.streams import answering


def open_source(url: str, *, state_dir: Path | None = None) -> Source:
    """The source behind an SQLAlchemy URL. Raises SourceUnavailable: no answer, no such layout, a table missing.

    `state_dir` is a folder of ours in which a database without an outbox is remembered so that its changes can be
    found; without it such a source has no log of changes.
    """
    engine = open_engine(url)
    opened = ReferenceSource if layout_of(engine) is REFERENCE else LegacySource
    return opened(engine, state_dir=state_dir)


def open_engine(url: str) -> Engine:
    """The engine behind an SQLAlchemy URL; it connects later. Raises SourceUnavailable for one it cannot use."""
    try:
        engine = create_engine(url)
    except (ArgumentError, NoSuchModuleError, ImportError):
        raise SourceUnavailable(
            "the address of the archive database is not an SQLAlchemy URL this portal knows"
        ) from None
    if _is_missing_file(engine):
        raise SourceUnavailable(f"archive database {engine.url}: there is no such file")
    return engine


def layout_of(engine: Engine) -> Layout:
    """The layout whose tables are there. Raises SourceUnavailable."""
    with answering(engine):
        present = set(inspect(engine).get_table_names())
    where = engine.url.render_as_string(hide_password=True)
    layout = max((REFERENCE, LEGACY), key=lambda layout: len(present & _names(layout)))
    if present.isdisjoint(_names(layout)):
        raise SourceUnavailable(f"archive database {where}: has the tables of neither TT 05/2025 nor TT 02/2019")
    if missing := sorted(_names(layout) - present):
        raise SourceUnavailable(f"archive database {where}: lacks the tables {', '.join(missing)}")
    return layout


def _is_missing_file(engine: Engine) -> bool:
    """True for an SQLite address that opening would answer with a new, empty file."""
    path = engine.url.database
    is_file = engine.dialect.name == "sqlite" and bool(path) and path != ":memory:" and "uri" not in engine.url.query
    return is_file and not Path(str(path)).exists()


def _names(layout: Layout) -> frozenset[str]:
    return frozenset(table.name for table in layout.tables)
