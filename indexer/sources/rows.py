"""Rows of the reference archive database, validated as they come in."""

from pydantic import BaseModel, ConfigDict

from indexer.sources.fields import (
    Code,
    Count,
    Dates,
    History,
    Line,
    Mode,
    Note,
    Short,
    Title,
    Version,
)


class Row(BaseModel):
    """What every row of a described thing has: its number in the table, and its version."""

    model_config = ConfigDict(extra="ignore", frozen=True)

    id: int
    row_version: Version


class FondsRow(Row):
    """A fonds (phông)."""

    archive_code: Code
    fonds_code: Code
    title: Title
    organ_name: Line
    status: Short
    history: History
    archives_time: Dates
    total_doc: Count
    key_groups: Note
    language: Short
    description: Note


class InventoryRow(Row):
    """An inventory of a fonds (mục lục hồ sơ)."""

    fonds_id: int
    inventory_code: Code
    title: Title
    start_date: Dates
    end_date: Dates
    description: Note


class FileRow(Row):
    """A file (hồ sơ)."""

    fonds_id: int
    inventory_id: int | None
    arc_file_code: Code
    title: Title
    organ_name: Line
    place: Line
    maintenance: Short
    mode: Mode
    language: Short
    start_date: Dates
    end_date: Dates
    keyword: Line
    total_doc: Count
    number_of_paper: Count
    number_of_page: Count
    format: Short
    paper_file_code: Short
    infor_sign: Short
    confidence_level: Short
    description: Note


class ItemRow(Row):
    """An item (văn bản, tài liệu) in a file."""

    file_id: int
    arc_doc_code: Code
    maintenance: Short
    type_name: Short
    code_number: Short
    code_notation: Short
    issued_date: Dates
    organ_name: Line
    subject: Title
    place: Line
    language: Short
    number_of_page: Count
    infor_sign: Short
    keyword: Line
    mode: Mode
    confidence_level: Short
    autograph: Note
    format: Short
    process: Note
    description: Note


class PictureRow(Row):
    """A photo or a film (ảnh, phim)."""

    fonds_id: int
    archives_number: Code
    infor_sign: Short
    event_name: Line
    title: Title
    description: Note
    photographer: Line
    photo_place: Line
    photo_time: Dates
    colour: Short
    film_size: Short
    doc_attached: Line
    keyword: Line
    mode: Mode
    format: Short


class RecordingRow(Row):
    """A sound or a video recording (ghi âm, ghi hình)."""

    fonds_id: int
    archives_number: Code
    infor_sign: Short
    event_name: Line
    title: Title
    description: Note
    recorder: Line
    record_place: Line
    record_date: Dates
    language: Short
    play_time: Short
    doc_attached: Line
    keyword: Line
    mode: Mode
    quality: Short
    format: Short
