"""The queries that read the tables of the reference archive database, one stage a table."""

from collections.abc import Mapping
from typing import Any

from sqlalchemy import Select, Table, select

from access_policy.terms import Level
from indexer.sources.describe import DESCRIBERS
from indexer.sources.repeated import repeated_rows
from indexer.sources.schema import (
    CODES,
    archives,
    audio,
    digital_objects,
    files,
    films,
    fonds,
    inventories,
    items,
    pages,
    photos,
    video,
)
from indexer.sources.standing import Standing
from indexer.sources.walk import Stage

TABLES: Mapping[Level, Table] = {
    Level.FONDS: fonds,
    Level.INVENTORY: inventories,
    Level.FILE: files,
    Level.ITEM: items,
    Level.PHOTO: photos,
    Level.FILM: films,
    Level.AUDIO: audio,
    Level.VIDEO: video,
}
"""The tables of described things, parents before children."""

_INSIDE: Mapping[Level, Mapping[Level, str]] = {
    Level.FONDS: {},
    Level.INVENTORY: {Level.FONDS: "fonds_id"},
    Level.FILE: {Level.FONDS: "fonds_id", Level.INVENTORY: "inventory_id"},
    Level.ITEM: {Level.FILE: "file_id"},
    Level.PHOTO: {Level.FONDS: "fonds_id"},
    Level.FILM: {Level.FONDS: "fonds_id"},
    Level.AUDIO: {Level.FONDS: "fonds_id"},
    Level.VIDEO: {Level.FONDS: "fonds_id"},
}

_OF_THE_FILE = (
    *("id", "fonds_id", "inventory_id", "arc_file_code", "paper_file_code"),
    *("title", "mode", "organ_name", "row_version"),
)
"""What an item needs of its file; read in the same query as `above_…`."""


def stages() -> tuple[Stage, ...]:
    """Every stage of a walk through the reference archive database."""
    return tuple(_stage(level, table) for level, table in TABLES.items())


def standing_of(level: Level) -> Standing:
    """How the rows of a level name themselves and what they stand in."""
    table = TABLES[level]
    return Standing(
        table=table,
        number="id",
        version="row_version",
        code=CODES[table.name],
        mode="mode" if "mode" in table.c else "",
        inside={above: ((link, "id"),) for above, link in _INSIDE[level].items()},
    )


def _stage(level: Level, table: Table) -> Stage:
    standing, rows = standing_of(level), _rows(level, table)
    return Stage(
        level=level,
        table=table.name,
        standing=standing,
        rows=rows,
        rows_near=lambda numbers: rows.where(table.c.id.in_(numbers)),
        repeated=repeated_rows(standing),
        pages=pages_of(level),
        objects=objects_of(level),
        describe=DESCRIBERS[level],
    )


def _rows(level: Level, table: Table) -> Select[Any]:
    """The things of one level, each with the columns its description needs of the row above it."""
    if level is Level.FONDS:
        joined = table.outerjoin(archives, table.c.archive_code == archives.c.code)
        return select(table, archives.c.name.label("archive_name")).select_from(joined).order_by(table.c.id)
    if level is Level.ITEM:
        joined = table.outerjoin(files, table.c.file_id == files.c.id)
        above = (files.c[name].label(f"above_{name}") for name in _OF_THE_FILE)
        return select(table, *above).select_from(joined).order_by(table.c.id)
    return select(table).order_by(table.c.id)


def pages_of(level: Level) -> Select[Any]:
    """The pages of one level: record, number, text, word boxes, version."""
    return (
        select(pages.c.record_id, pages.c.page_number, pages.c.ocr_text, pages.c.word_boxes, pages.c.row_version)
        .where(pages.c.record_level == level.value)
        .order_by(pages.c.record_id, pages.c.page_number)
    )


def objects_of(level: Level) -> Select[Any]:
    """The digital objects of one level: record, path, media type, sha256, first page, page count, version."""
    held = digital_objects.c
    return (
        select(
            held.record_id, held.path, held.media_type, held.sha256, held.first_page, held.page_count, held.row_version
        )
        .where(held.record_level == level.value)
        .order_by(held.record_id, held.first_page, held.id)
    )
