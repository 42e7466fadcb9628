"""From a row of the reference archive database to a Record, one function a kind of row."""

from collections.abc import Callable, Mapping

from access_policy.record import Parent, Record
from access_policy.terms import Level
from indexer.sources import codes
from indexer.sources.agencies import creator_today
from indexer.sources.codes import label
from indexer.sources.description import (
    ITEM_WORD,
    all_places,
    details,
    document_number,
    extent,
    keywords,
    reference_code,
    short_number,
)
from indexer.sources.fields import RowRefused, between
from indexer.sources.identity import fonds_id, id_in_fonds, item_id
from indexer.sources.kinship import Ancestry, Kinship
from indexer.sources.placed import archival_number, placed
from indexer.sources.rows import FileRow, FondsRow, InventoryRow, ItemRow, PictureRow, RecordingRow
from indexer.sources.streams import AnyRow
from indexer.text.repair import repair


def _fonds(row: AnyRow, _: Kinship) -> Record:
    valid = FondsRow.model_validate(row._asdict())
    if row.archive_name is None:
        raise RowRefused("its archive does not exist")
    creator = valid.organ_name or valid.title
    return Record(
        id=fonds_id(valid.archive_code, valid.fonds_code),
        level=Level.FONDS,
        reference_code=valid.fonds_code,
        archive_code=valid.archive_code,
        archive_name=repair(row.archive_name).strip(),
        title=valid.title,
        mode=None,
        dates=valid.archives_time,
        creator=creator,
        creator_today=creator_today(creator),
        language=label(codes.LANGUAGES, valid.language),
        places=all_places("", valid.title),
        scope=valid.description,
        extent=extent([(valid.total_doc, "tài liệu")]),
        details=details(
            {
                "status": label(codes.FONDS_STATUSES, valid.status),
                "history": valid.history,
                "key_groups": valid.key_groups,
            }
        ),
        row_version=valid.row_version,
    )


def _inventory(row: AnyRow, kinship: Kinship) -> Record:
    valid = InventoryRow.model_validate(row._asdict())
    above = kinship.ancestry_in(Level.FONDS, valid.fonds_id)
    return placed(
        above,
        id=id_in_fonds(Level.INVENTORY, above.nearest.id, valid.inventory_code, given_prefix=""),
        level=Level.INVENTORY,
        reference_code=reference_code(above.nearest.reference_code, f"MLHS {valid.inventory_code}"),
        title=valid.title,
        mode=None,
        dates=between(valid.start_date, valid.end_date),
        places=all_places("", valid.title),
        scope=valid.description,
        row_version=valid.row_version,
    )


def _file(row: AnyRow, kinship: Kinship) -> Record:
    valid = FileRow.model_validate(row._asdict())
    above = _above_file(kinship, valid.fonds_id, valid.inventory_id)
    file = _file_parent(above, valid.arc_file_code, valid.paper_file_code, valid.title, valid.mode)
    counts = [
        (valid.total_doc, "văn bản"),
        (valid.number_of_paper, "tờ"),
        (valid.number_of_page, "trang"),
    ]
    return placed(
        above,
        id=file.id,
        level=Level.FILE,
        reference_code=file.reference_code,
        title=valid.title,
        mode=valid.mode,
        dates=between(valid.start_date, valid.end_date),
        creator=valid.organ_name,
        language=label(codes.LANGUAGES, valid.language),
        places=all_places(valid.place, valid.title),
        scope=valid.description,
        keywords=keywords(valid.keyword),
        extent=extent(counts),
        condition=label(codes.PHYSICAL_CONDITIONS, valid.format),
        retention=label(codes.MAINTENANCE, valid.maintenance),
        signs=valid.infor_sign,
        details=details(
            {
                "paper_file_code": valid.paper_file_code,
                "confidence": label(codes.CONFIDENCE_LEVELS, valid.confidence_level),
            }
        ),
        row_version=valid.row_version,
    )


def _item(row: AnyRow, kinship: Kinship) -> Record:
    valid = ItemRow.model_validate(row._asdict())
    kinship.must_be_admitted(Level.FILE, valid.file_id)
    above = _in_file(row, kinship)
    file = above.nearest
    return placed(
        above,
        id=item_id(file.id, valid.arc_doc_code, given_prefix=row.above_arc_file_code.strip(" ")),
        level=Level.ITEM,
        reference_code=reference_code(file.reference_code, f"{ITEM_WORD['item']} {short_number(valid.arc_doc_code)}"),
        title=valid.subject,
        mode=valid.mode,
        dates=valid.issued_date,
        creator=valid.organ_name,
        document_type=label(codes.DOCUMENT_TYPE_NAMES, valid.type_name),
        number=document_number(valid.code_number, valid.code_notation),
        language=label(codes.LANGUAGES, valid.language),
        places=all_places(valid.place, valid.subject),
        scope=valid.description,
        keywords=keywords(valid.keyword),
        extent=extent([(valid.number_of_page, "trang")]),
        condition=label(codes.PHYSICAL_CONDITIONS, valid.format),
        retention=label(codes.MAINTENANCE, valid.maintenance),
        signs=valid.infor_sign,
        details=details(
            {
                "autograph": valid.autograph,
                "process": valid.process,
                "confidence": label(codes.CONFIDENCE_LEVELS, valid.confidence_level),
            }
        ),
        row_version=valid.row_version,
    )


def _picture(level: Level) -> Callable[[AnyRow, Kinship], Record]:
    def describe(row: AnyRow, kinship: Kinship) -> Record:
        valid = PictureRow.model_validate(row._asdict())
        above = kinship.ancestry_in(Level.FONDS, valid.fonds_id)
        return placed(
            above,
            **archival_number(level, above, valid.archives_number),
            title=valid.title,
            mode=valid.mode,
            dates=valid.photo_time,
            creator=valid.photographer,
            places=all_places(valid.photo_place, valid.title),
            scope=valid.description,
            keywords=keywords(valid.keyword),
            condition=label(codes.PHYSICAL_CONDITIONS, valid.format),
            signs=valid.infor_sign,
            details=details(
                {
                    "event": valid.event_name,
                    "colour": valid.colour,
                    "film_size": valid.film_size,
                    "attached": valid.doc_attached,
                }
            ),
            row_version=valid.row_version,
        )

    return describe


def _recording(level: Level) -> Callable[[AnyRow, Kinship], Record]:
    def describe(row: AnyRow, kinship: Kinship) -> Record:
        valid = RecordingRow.model_validate(row._asdict())
        above = kinship.ancestry_in(Level.FONDS, valid.fonds_id)
        return placed(
            above,
            **archival_number(level, above, valid.archives_number),
            title=valid.title,
            mode=valid.mode,
            dates=valid.record_date,
            creator=valid.recorder,
            language=label(codes.LANGUAGES, valid.language),
            places=all_places(valid.record_place, valid.title),
            scope=valid.description,
            keywords=keywords(valid.keyword),
            extent=valid.play_time,
            condition=label(codes.PHYSICAL_CONDITIONS, valid.format),
            signs=valid.infor_sign,
            details=details(
                {"event": valid.event_name, "quality": valid.quality, "attached": valid.doc_attached},
            ),
            row_version=valid.row_version,
        )

    return describe


def _above_file(kinship: Kinship, fonds: int, inventory: int | None) -> Ancestry:
    in_fonds = kinship.ancestry_in(Level.FONDS, fonds)
    if inventory is None:
        return in_fonds
    above = kinship.ancestry_in(Level.INVENTORY, inventory)
    if above.parents[0].id != in_fonds.nearest.id:
        raise RowRefused("its inventory belongs to another fonds")
    return above


def _in_file(row: AnyRow, kinship: Kinship) -> Ancestry:
    """The ancestry of an item, from the columns of its file that were read with it."""
    if row.above_id is None:
        raise RowRefused("its file does not exist")
    above = _above_file(kinship, row.above_fonds_id, row.above_inventory_id)
    title = repair(row.above_title).strip()
    mode = (row.above_mode or "").strip() or None
    file = _file_parent(
        above, row.above_arc_file_code.strip(" "), (row.above_paper_file_code or "").strip(), title, mode
    )
    return above.below(file, row.above_row_version, creator=repair(row.above_organ_name or "").strip())


def _file_parent(above: Ancestry, code: str, paper_code: str, title: str, mode: str | None) -> Parent:
    fonds = above.parents[0]
    number = short_number(paper_code or code)
    return Parent(
        id=id_in_fonds(Level.FILE, fonds.id, code, given_prefix=f"{above.archive_code}.{fonds.reference_code}"),
        level=Level.FILE,
        title=title,
        reference_code=reference_code(above.nearest.reference_code, f"{ITEM_WORD['file']} {number}"),
        mode=mode,
    )


DESCRIBERS: Mapping[Level, Callable[[AnyRow, Kinship], Record]] = {
    Level.FONDS: _fonds,
    Level.INVENTORY: _inventory,
    Level.FILE: _file,
    Level.ITEM: _item,
    Level.PHOTO: _picture(Level.PHOTO),
    Level.FILM: _picture(Level.FILM),
    Level.AUDIO: _recording(Level.AUDIO),
    Level.VIDEO: _recording(Level.VIDEO),
}
"""How a row of each level becomes a record; raises RowRefused, a pydantic ValidationError or CodeTooLong."""
