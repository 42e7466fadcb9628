"""Rows of a TT 02/2019 database, validated as they come in. Field names are the circular's, in snake case."""

from typing import Annotated

from pydantic import BaseModel, ConfigDict, Field
from pydantic.alias_generators import to_pascal

from indexer.sources.fields import Code, Count, Dates, History, Line, Mode, Note, Short, Title, Version


class LegacyRow(BaseModel):
    """What every row has: its number, the codes of its office and its fonds, and its version."""

    model_config = ConfigDict(extra="ignore", frozen=True, alias_generator=to_pascal)

    id: Annotated[int, Field(alias="ID")]
    identifier: Code
    organ_id: Code
    row_version: Version


class LegacyFonds(LegacyRow):
    """Phông."""

    fond_name: Title
    fond_history: History
    archives_time: Dates
    key_groups: Note
    other_types: Note
    language: Short
    lookup_tools: Short
    description: Note
    paper_total: Count
    paper_digital: Count


class LegacyFile(LegacyRow):
    """Hồ sơ."""

    file_code: Code
    file_catalog: Short
    file_notation: Short
    title: Title
    maintenance: Short
    rights: Mode
    language: Short
    start_date: Dates
    end_date: Dates
    description: Note
    infor_sign: Short
    keyword: Line
    format: Short
    total_doc: Count
    sheet_number: Count
    page_number: Count


class LegacyDocument(LegacyRow):
    """Văn bản."""

    doc_code: Code
    file_code: Code
    doc_ordinal: Count
    type_name: Short
    code_number: Short
    code_notation: Short
    issued_date: Dates
    organ_name: Line
    subject: Title
    language: Short
    page_amount: Count
    description: Note
    infor_sign: Short
    keyword: Line
    mode: Mode
    confidence_level: Short
    autograph: Note
    format: Short


class LegacyPicture(LegacyRow):
    """Phim, ảnh."""

    archives_number: Code
    infor_sign: Short
    event_name: Line
    image_title: Title
    description: Note
    photographer: Line
    photo_place: Line
    photo_time: Dates
    colour: Short
    film_size: Short
    doc_attached: Line
    mode: Mode
    format: Short


class LegacyRecording(LegacyRow):
    """Ghi âm, ghi hình."""

    archives_number: Code
    infor_sign: Short
    event_name: Line
    movie_title: Title
    description: Note
    recorder: Line
    record_place: Line
    record_date: Dates
    language: Short
    play_time: Short
    doc_attached: Line
    mode: Mode
    quality: Short
    format: Short
