"""The queries that read the tables of a TT 02/2019 database, one stage a table."""

from collections.abc import Mapping
from typing import Any

from sqlalchemy import FromClause, Select, Subquery, Table, and_, func, select, tuple_

from access_policy.terms import Level
from indexer.sources.legacy_describe import DESCRIBERS
from indexer.sources.legacy_schema import (
    CODES,
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
from indexer.sources.standing import Standing
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

_FONDS, _FILE = ("Identifier", "OrganId"), ("Identifier", "OrganId", "FileCode")
"""The columns that a row shares with its fonds, and with its file."""

_INSIDE: Mapping[Level, Mapping[Level, tuple[str, ...]]] = {
    Level.FONDS: {},
    Level.FILE: {Level.FONDS: _FONDS},
    Level.ITEM: {Level.FILE: _FILE},
    Level.PHOTO: {Level.FONDS: _FONDS},
    Level.FILM: {Level.FONDS: _FONDS},
    Level.AUDIO: {Level.FONDS: _FONDS},
    Level.VIDEO: {Level.FONDS: _FONDS},
}
_OF_THE_FILE = ("FileCode", "FileCatalog", "FileNotation", "Title", "Rights", "RowVersion")
"""What a document needs of its file; read in the same query as `file_…`."""


def stages() -> tuple[Stage, ...]:
    """Every stage of a walk through a TT 02/2019 database."""
    return tuple(_stage(level, table) for level, table in TABLES.items())


def standing_of(level: Level) -> Standing:
    """How the rows of a level name themselves and what they stand in."""
    table = TABLES[level]
    return Standing(
        table=table,
        number="ID",
        version="RowVersion",
        code=CODES[table.name],
        mode=next((name for name in ("Rights", "Mode") if name in table.c), ""),
        inside={above: tuple((name, name) for name in names) for above, names in _INSIDE[level].items()},
    )


def _stage(level: Level, table: Table) -> Stage:
    standing = standing_of(level)
    return Stage(
        level=level,
        table=table.name,
        standing=standing,
        rows=_rows(level, table),
        rows_near=lambda numbers: _rows(level, table, near=numbers),
        repeated=repeated_rows(standing),
        pages=_pages(table),
        objects=_objects(table),
        describe=DESCRIBERS[level],
    )


def _rows(level: Level, table: Table, *, near: Select[Any] | None = None) -> Select[Any]:
    """The things of one level with what stands above them; with `near` only these rows, and only what is above them."""
    found = _fonds_rows(table) if level is Level.FONDS else _rows_in_fonds(level, table, near)
    if near is not None:
        found = found.where(table.c.ID.in_(near))
    return found.order_by(table.c.ID)


def _fonds_rows(table: Table) -> Select[Any]:
    offices = select(archive.c.Identifier, func.min(archive.c.Name).label("Name")).group_by(archive.c.Identifier)
    office = offices.subquery()
    joined = table.outerjoin(office, table.c.Identifier == office.c.Identifier)
    return select(table, office.c.Name.label("archive_name")).select_from(joined)


def _rows_in_fonds(level: Level, table: Table, near: Select[Any] | None) -> Select[Any]:
    fonds = _first(fond, _FONDS, table, near)
    source: FromClause = table.outerjoin(fonds, _same(table, fonds, _FONDS))
    above = [fonds.c.row.label("fonds_row")]
    if level is Level.ITEM:
        files = _first(file, _FILE, table, near)
        source = source.outerjoin(files, _same(table, files, _FILE)).outerjoin(file, files.c.row == file.c.ID)
        above += [files.c.row.label("file_row"), *(file.c[name].label(f"file_{name}") for name in _OF_THE_FILE)]
    return select(table, *above).select_from(source)


def _first(above: Table, code: tuple[str, ...], below: Table, near: Select[Any] | None) -> Subquery:
    """For each code (with `near`: of these rows below) the first row that has it: later ones are refused, so nothing
    stands in them.
    """
    columns = [above.c[name] for name in code]
    first = select(*columns, func.min(above.c.ID).label("row")).group_by(*columns)
    if near is not None:
        held = below.alias()
        first = first.where(tuple_(*columns).in_(select(*(held.c[name] for name in code)).where(held.c.ID.in_(near))))
    return first.subquery()


def _same(left: Table, right: Subquery, code: tuple[str, ...]) -> Any:
    return and_(*(left.c[name] == right.c[name] for name in code))


def _pages(table: Table) -> Select[Any]:
    columns = (page.c.OwnerID, page.c.PageNumber, page.c.Content, page.c.WordBoxes, page.c.RowVersion)
    return select(*columns).where(page.c.OwnerTable == table.name).order_by(page.c.OwnerID, page.c.PageNumber)


def _objects(table: Table) -> Select[Any]:
    held = digital_file.c
    columns = (held.OwnerID, held.Path, held.MediaType, held.Sha256, held.FirstPage, held.PageAmount, held.RowVersion)
    return select(*columns).where(held.OwnerTable == table.name).order_by(held.OwnerID, held.FirstPage, held.ID)
