"""The queries that read the tables of the reference archive database, one stage a table."""

from collections.abc import Mapping
from typing import Any

from sqlalchemy import Select, Table, select

from access_policy.terms import Level
from indexer.sources.describe import DESCRIBERS
from indexer.sources.repeated import repeated_rows
from indexer.sources.schema import (
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

_CODE_WITHIN: Mapping[Level, tuple[str, str]] = {
    Level.FONDS: ("archive_code", "fonds_code"),
    Level.INVENTORY: ("fonds_id", "inventory_code"),
    Level.FILE: ("fonds_id", "arc_file_code"),
    Level.ITEM: ("file_id", "arc_doc_code"),
    Level.PHOTO: ("fonds_id", "archives_number"),
    Level.FILM: ("fonds_id", "archives_number"),
    Level.AUDIO: ("fonds_id", "archives_number"),
    Level.VIDEO: ("fonds_id", "archives_number"),
}

_OF_THE_FILE = (
    *("id", "fonds_id", "inventory_id", "arc_file_code", "paper_file_code"),
    *("title", "mode", "organ_name", "row_version"),
)
"""What an item needs of its file; read in the same query as `above_…`."""


def stages() -> tuple[Stage, ...]:
    """Every stage of a walk through the reference archive database."""
    return tuple(_stage(level, table) for level, table in TABLES.items())


def _stage(level: Level, table: Table) -> Stage:
    return Stage(
        level=level,
        table=table.name,
        rows=_rows(level, table),
        repeated=repeated_rows(table.c.id, *(table.c[name] for name in _CODE_WITHIN[level]), mode=table.c.get("mode")),
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
