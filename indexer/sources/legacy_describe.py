"""From a row of a TT 02/2019 database to a Record, one function a kind of row."""

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
from indexer.sources.legacy_rows import LegacyDocument, LegacyFile, LegacyFonds, LegacyPicture, LegacyRecording
from indexer.sources.placed import archival_number, placed
from indexer.sources.streams import AnyRow
from indexer.text.repair import repair


def _fonds(row: AnyRow, _: Kinship) -> Record:
    valid = LegacyFonds.model_validate(row._asdict())
    return Record(
        id=fonds_id(valid.identifier, valid.organ_id),
        level=Level.FONDS,
        reference_code=valid.organ_id,
        archive_code=valid.identifier,
        archive_name=repair(row.archive_name or "").strip() or valid.identifier,
        title=valid.fond_name,
        mode=None,
        dates=valid.archives_time,
        creator=valid.fond_name,
        creator_today=creator_today(valid.fond_name),
        language=label(codes.LANGUAGES, valid.language),
        places=all_places("", valid.fond_name),
        scope=valid.description,
        extent=extent([(valid.paper_total, "tài liệu giấy"), (valid.paper_digital, "đã số hóa")]),
        details=details(
            {
                "history": valid.fond_history,
                "key_groups": valid.key_groups,
                "other_types": valid.other_types,
                "lookup_tools": valid.lookup_tools,
            }
        ),
        row_version=valid.row_version,
    )


def _file(row: AnyRow, kinship: Kinship) -> Record:
    valid = LegacyFile.model_validate(row._asdict())
    above = _in_fonds(row, kinship)
    file = _file_parent(
        above,
        code=valid.file_code,
        catalog=valid.file_catalog,
        notation=valid.file_notation,
        title=valid.title,
        mode=valid.rights,
    )
    return placed(
        above,
        id=file.id,
        level=Level.FILE,
        reference_code=file.reference_code,
        title=valid.title,
        mode=valid.rights,
        dates=between(valid.start_date, valid.end_date),
        language=label(codes.LANGUAGES, valid.language),
        places=all_places("", valid.title),
        scope=valid.description,
        keywords=keywords(valid.keyword),
        extent=extent([(valid.total_doc, "văn bản"), (valid.sheet_number, "tờ"), (valid.page_number, "trang")]),
        condition=label(codes.PHYSICAL_CONDITIONS, valid.format),
        retention=label(codes.MAINTENANCE, valid.maintenance),
        signs=valid.infor_sign,
        row_version=valid.row_version,
    )


def _document(row: AnyRow, kinship: Kinship) -> Record:
    valid = LegacyDocument.model_validate(row._asdict())
    above = _in_file(row, kinship)
    file = above.nearest
    ordinal = str(valid.doc_ordinal or short_number(valid.doc_code))
    return placed(
        above,
        id=item_id(file.id, valid.doc_code, given_prefix=valid.file_code),
        level=Level.ITEM,
        reference_code=reference_code(file.reference_code, f"{ITEM_WORD['item']} {ordinal}"),
        title=valid.subject,
        mode=valid.mode,
        dates=valid.issued_date,
        creator=valid.organ_name,
        document_type=label(codes.DOCUMENT_TYPE_NAMES, valid.type_name),
        number=document_number(valid.code_number, valid.code_notation),
        language=label(codes.LANGUAGES, valid.language),
        places=all_places("", valid.subject),
        scope=valid.description,
        keywords=keywords(valid.keyword),
        extent=extent([(valid.page_amount, "trang")]),
        condition=label(codes.PHYSICAL_CONDITIONS, valid.format),
        signs=valid.infor_sign,
        details=details(
            {"autograph": valid.autograph, "confidence": label(codes.CONFIDENCE_LEVELS, valid.confidence_level)}
        ),
        row_version=valid.row_version,
    )


def _picture(level: Level) -> Callable[[AnyRow, Kinship], Record]:
    def describe(row: AnyRow, kinship: Kinship) -> Record:
        valid = LegacyPicture.model_validate(row._asdict())
        above = _in_fonds(row, kinship)
        return placed(
            above,
            **archival_number(level, above, valid.archives_number),
            title=valid.image_title,
            mode=valid.mode,
            dates=valid.photo_time,
            creator=valid.photographer,
            places=all_places(valid.photo_place, valid.image_title),
            scope=valid.description,
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
        valid = LegacyRecording.model_validate(row._asdict())
        above = _in_fonds(row, kinship)
        return placed(
            above,
            **archival_number(level, above, valid.archives_number),
            title=valid.movie_title,
            mode=valid.mode,
            dates=valid.record_date,
            creator=valid.recorder,
            language=label(codes.LANGUAGES, valid.language),
            places=all_places(valid.record_place, valid.movie_title),
            scope=valid.description,
            extent=valid.play_time,
            condition=label(codes.PHYSICAL_CONDITIONS, valid.format),
            signs=valid.infor_sign,
            details=details({"event": valid.event_name, "quality": valid.quality, "attached": valid.doc_attached}),
            row_version=valid.row_version,
        )

    return describe


def _in_fonds(row: AnyRow, kinship: Kinship) -> Ancestry:
    """The ancestry of what stands in the fonds whose row number was read with the row."""
    if row.fonds_row is None:
        raise RowRefused("its fonds does not exist")
    return kinship.ancestry_in(Level.FONDS, row.fonds_row)


def _in_file(row: AnyRow, kinship: Kinship) -> Ancestry:
    """The ancestry of a document, from the columns of its file that were read with it."""
    if row.file_row is None:
        raise RowRefused("its file does not exist")
    kinship.must_be_admitted(Level.FILE, row.file_row)
    above = _in_fonds(row, kinship)
    file = _file_parent(
        above,
        code=row.file_FileCode.strip(" "),
        catalog=repair(row.file_FileCatalog or "").strip(),
        notation=repair(row.file_FileNotation or "").strip(),
        title=repair(row.file_Title).strip(),
        mode=(row.file_Rights or "").strip() or None,
    )
    return above.below(file, row.file_RowVersion, creator="")


def _file_parent(above: Ancestry, *, code: str, catalog: str, notation: str, title: str, mode: str | None) -> Parent:
    fonds = above.nearest
    number = short_number(notation or code)
    return Parent(
        id=id_in_fonds(Level.FILE, fonds.id, code, given_prefix=f"{above.archive_code}.{fonds.reference_code}"),
        level=Level.FILE,
        title=title,
        reference_code=reference_code(fonds.reference_code, _catalog(catalog), f"{ITEM_WORD['file']} {number}"),
        mode=mode,
    )


def _catalog(written: str) -> str:
    """The field FileCatalog in words: some offices kept the number of the inventory there, others the year."""
    if not written:
        return ""
    is_year = written.isdigit() and 1800 <= int(written) <= 2100
    return f"năm {written}" if is_year else f"MLHS {written.zfill(2)}"


DESCRIBERS: Mapping[Level, Callable[[AnyRow, Kinship], Record]] = {
    Level.FONDS: _fonds,
    Level.FILE: _file,
    Level.ITEM: _document,
    Level.PHOTO: _picture(Level.PHOTO),
    Level.FILM: _picture(Level.FILM),
    Level.AUDIO: _recording(Level.AUDIO),
    Level.VIDEO: _recording(Level.VIDEO),
}
"""How a row of each level becomes a record; raises RowRefused, a pydantic ValidationError or CodeTooLong."""
