"""The queries that read the tables of a TT 02/2019 database, one stage a table."""

from collections.abc import Mapping
from typing import Any

from sqlalchemy import FromClause, Select, Subquery, Table, and_, func, select

from access_policy.terms import Level
from indexer.sources.legacy_describe import DESCRIBERS
from indexer.sources.legacy_schema import (
    archive,
    audio,
    digital_file,
    document,
    file,
    film,
    fond,
    page,
    photo,
    video,
)
from indexer.sources.repeated import repeated_rows
from indexer.sources.walk import Stage

TABLES: Mapping[Level, Table] = {
    Level.FONDS: fond,
    Level.FILE: file,
    Level.ITEM: document,
    Level.PHOTO: photo,
    Level.FILM: film,
    Level.AUDIO: audio,
    Level.VIDEO: video,
}
"""The tables of described things, parents before children. This layout describes no inventories."""

_CODE_IN_FONDS: Mapping[Level, tuple[str, ...]] = {
    Level.FONDS: (),
    Level.FILE: ("FileCode",),
    Level.ITEM: ("FileCode", "DocCode"),
    Level.PHOTO: ("ArchivesNumber",),
    Level.FILM: ("ArchivesNumber",),
    Level.AUDIO: ("ArchivesNumber",),
    Level.VIDEO: ("ArchivesNumber",),
}
_OF_THE_FILE = ("FileCode", "FileCatalog", "FileNotation", "Title", "Rights", "RowVersion")
"""What a document needs of its file; read in the same query as `file_…`."""


def stages() -> tuple[Stage, ...]:
    """Every stage of a walk through a TT 02/2019 database."""
    return tuple(_stage(level, table) for level, table in TABLES.items())


def _stage(level: Level, table: Table) -> Stage:
    code = (table.c[name] for name in ("Identifier", "OrganId", *_CODE_IN_FONDS[level]))
    return Stage(
        level=level,
        table=table.name,
        rows=_rows(level, table),
        repeated=repeated_rows(table.c.ID, *code, mode=table.c.get("Rights", table.c.get("Mode"))),
        pages=_pages(table),
        objects=_objects(table),
        describe=DESCRIBERS[level],
    )


def _rows(level: Level, table: Table) -> Select[Any]:
    if level is Level.FONDS:
        offices = select(archive.c.Identifier, func.min(archive.c.Name).label("Name")).group_by(archive.c.Identifier)
        office = offices.subquery()
        joined = table.outerjoin(office, table.c.Identifier == office.c.Identifier)
        return select(table, office.c.Name.label("archive_name")).select_from(joined).order_by(table.c.ID)
    fonds = _first(fond, "Identifier", "OrganId")
    source: FromClause = table.outerjoin(fonds, _same(table, fonds, "Identifier", "OrganId"))
    above = [fonds.c.row.label("fonds_row")]
    if level is Level.ITEM:
        files = _first(file, "Identifier", "OrganId", "FileCode")
        source = source.outerjoin(files, _same(table, files, "Identifier", "OrganId", "FileCode"))
        source = source.outerjoin(file, files.c.row == file.c.ID)
        above += [files.c.row.label("file_row"), *(file.c[name].label(f"file_{name}") for name in _OF_THE_FILE)]
    return select(table, *above).select_from(source).order_by(table.c.ID)


def _first(table: Table, *code: str) -> Subquery:
    """For each code the first row that has it: later ones are refused, so nothing stands in them."""
    columns = [table.c[name] for name in code]
    return select(*columns, func.min(table.c.ID).label("row")).group_by(*columns).subquery()


def _same(left: Table, right: Subquery, *code: str) -> Any:
    return and_(*(left.c[name] == right.c[name] for name in code))


def _pages(table: Table) -> Select[Any]:
    columns = (page.c.OwnerID, page.c.PageNumber, page.c.Content, page.c.WordBoxes, page.c.RowVersion)
    return select(*columns).where(page.c.OwnerTable == table.name).order_by(page.c.OwnerID, page.c.PageNumber)


def _objects(table: Table) -> Select[Any]:
    held = digital_file.c
    columns = (held.OwnerID, held.Path, held.MediaType, held.Sha256, held.FirstPage, held.PageAmount, held.RowVersion)
    return select(*columns).where(held.OwnerTable == table.name).order_by(held.OwnerID, held.FirstPage, held.ID)
