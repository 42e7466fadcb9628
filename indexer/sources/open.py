"""Opening an archive database whatever its layout: the tables that are there tell which one it is."""

from pathlib import Path

from sqlalchemy import Engine, Table, create_engine, inspect
from sqlalchemy.exc import ArgumentError, NoSuchModuleError

from indexer.sources import legacy_stages, stages
from indexer.sources.legacy import LegacySource
from indexer.sources.legacy_schema import archive, digital_file, page
from indexer.sources.port import Source, SourceUnavailable
from indexer.sources.reference import ReferenceSource
from indexer.sources.schema import archives, digital_objects, pages
from indexer.sources.streams import answering


def open_source(url: str) -> Source:
    """The source behind an SQLAlchemy URL. Raises SourceUnavailable: no answer, no such layout, a table missing."""
    try:
        engine = create_engine(url)
    except (ArgumentError, NoSuchModuleError, ImportError):
        raise SourceUnavailable(
            "the address of the archive database is not an SQLAlchemy URL this portal knows"
        ) from None
    if _is_missing_file(engine):
        raise SourceUnavailable(f"archive database {engine.url}: there is no such file")
    with answering(engine):
        present = set(inspect(engine).get_table_names())
    where = engine.url.render_as_string(hide_password=True)
    if present.isdisjoint(_REFERENCE) and present.isdisjoint(_LEGACY):
        raise SourceUnavailable(f"archive database {where}: has the tables of neither TT 05/2025 nor TT 02/2019")
    is_reference = len(present & _REFERENCE) >= len(present & _LEGACY)
    if missing := sorted((_REFERENCE if is_reference else _LEGACY) - present):
        raise SourceUnavailable(f"archive database {where}: lacks the tables {', '.join(missing)}")
    return ReferenceSource(engine) if is_reference else LegacySource(engine)


def _is_missing_file(engine: Engine) -> bool:
    """True for an SQLite address that opening would answer with a new, empty file."""
    path = engine.url.database
    is_file = engine.dialect.name == "sqlite" and bool(path) and path != ":memory:" and "uri" not in engine.url.query
    return is_file and not Path(str(path)).exists()


def _names(*tables: Table) -> frozenset[str]:
    return frozenset(table.name for table in tables)


_REFERENCE = _names(archives, *stages.TABLES.values(), pages, digital_objects)
_LEGACY = _names(archive, *legacy_stages.TABLES.values(), page, digital_file)
