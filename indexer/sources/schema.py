"""The reference archive database: tables after TT 05/2025, for PostgreSQL and SQLite.

Columns carry the standard's English keys in snake case, coded values stay codes (`codes.py`), and dates are text as
the standard writes them: "DD/MM/YYYY", "MM/YYYY" or "YYYY". Links between rows (`fonds_id`, `inventory_id`, `file_id`,
`record_id`) are plain numbers without a foreign key: data brought over from older systems has broken links, and the
reader reports them instead of never seeing them. `row_version` grows with every change of a row; whoever deletes a
page or a digital object raises the version of the record it belonged to.
"""

from collections.abc import Mapping

from sqlalchemy import JSON, BigInteger, Column, Index, Integer, MetaData, String, Table, Text

from indexer.sources.code_index import index_of_code

metadata = MetaData()

RowNumber = BigInteger().with_variant(Integer, "sqlite")


def _row_number() -> Column[int]:
    return Column("id", RowNumber, primary_key=True)


def _link(name: str) -> Column[int]:
    return Column(name, RowNumber, index=True)


def _row_version() -> Column[int]:
    return Column("row_version", BigInteger, nullable=False, server_default="1")


archives = Table(
    "archives",
    metadata,
    Column("code", String(35), primary_key=True),
    Column("name", Text),
    _row_version(),
)

fonds = Table(
    "fonds",
    metadata,
    _row_number(),
    Column("archive_code", String(35)),
    Column("fonds_code", Text),
    Column("title", Text),
    Column("organ_name", Text),
    Column("status", String(20)),
    Column("history", Text),
    Column("archives_time", Text),
    Column("total_doc", Integer),
    Column("key_groups", Text),
    Column("language", Text),
    Column("description", Text),
    _row_version(),
)

inventories = Table(
    "inventories",
    metadata,
    _row_number(),
    _link("fonds_id"),
    Column("inventory_code", Text),
    Column("title", Text),
    Column("start_date", Text),
    Column("end_date", Text),
    Column("description", Text),
    _row_version(),
)

files = Table(
    "files",
    metadata,
    _row_number(),
    _link("fonds_id"),
    _link("inventory_id"),
    Column("arc_file_code", Text),
    Column("title", Text),
    Column("organ_name", Text),
    Column("place", Text),
    Column("maintenance", Text),
    Column("mode", Text),
    Column("language", Text),
    Column("start_date", Text),
    Column("end_date", Text),
    Column("keyword", Text),
    Column("total_doc", Integer),
    Column("number_of_paper", Integer),
    Column("number_of_page", Integer),
    Column("format", Text),
    Column("paper_file_code", Text),
    Column("infor_sign", Text),
    Column("confidence_level", Text),
    Column("risk_recovery", String(2)),
    Column("risk_recovery_status", String(2)),
    Column("description", Text),
    _row_version(),
)

items = Table(
    "items",
    metadata,
    _row_number(),
    _link("file_id"),
    Column("arc_doc_code", Text),
    Column("maintenance", Text),
    Column("type_name", Text),
    Column("code_number", Text),
    Column("code_notation", Text),
    Column("issued_date", Text),
    Column("organ_name", Text),
    Column("subject", Text),
    Column("place", Text),
    Column("language", Text),
    Column("number_of_page", Integer),
    Column("infor_sign", Text),
    Column("keyword", Text),
    Column("mode", Text),
    Column("confidence_level", Text),
    Column("autograph", Text),
    Column("format", Text),
    Column("process", Text),
    Column("risk_recovery", String(2)),
    Column("risk_recovery_status", String(2)),
    Column("description", Text),
    Column("is_can", String(2)),
    _row_version(),
)


def _pictures(name: str) -> Table:
    return Table(
        name,
        metadata,
        _row_number(),
        _link("fonds_id"),
        Column("archives_number", Text),
        Column("infor_sign", Text),
        Column("event_name", Text),
        Column("title", Text),
        Column("description", Text),
        Column("photographer", Text),
        Column("photo_place", Text),
        Column("photo_time", Text),
        Column("colour", Text),
        Column("film_size", Text),
        Column("doc_attached", Text),
        Column("keyword", Text),
        Column("mode", Text),
        Column("format", Text),
        _row_version(),
    )


def _recordings(name: str) -> Table:
    return Table(
        name,
        metadata,
        _row_number(),
        _link("fonds_id"),
        Column("archives_number", Text),
        Column("infor_sign", Text),
        Column("event_name", Text),
        Column("title", Text),
        Column("description", Text),
        Column("recorder", Text),
        Column("record_place", Text),
        Column("record_date", Text),
        Column("language", Text),
        Column("play_time", Text),
        Column("doc_attached", Text),
        Column("keyword", Text),
        Column("mode", Text),
        Column("quality", Text),
        Column("format", Text),
        _row_version(),
    )


photos = _pictures("photos")
films = _pictures("films")
audio = _recordings("audio")
video = _recordings("video")

pages = Table(
    "pages",
    metadata,
    Column("record_level", String(10), primary_key=True),
    Column("record_id", RowNumber, primary_key=True),
    Column("page_number", Integer, primary_key=True),
    Column("ocr_text", Text),
    Column("word_boxes", JSON(none_as_null=True)),
    _row_version(),
    sqlite_with_rowid=False,
)
"""Text by page. `record_level` is a value of access_policy.terms.Level and names the table `record_id` points into.

`word_boxes` is a list of [word, [left, top, right, bottom]] in thousandths of the page, or null.
"""

digital_objects = Table(
    "digital_objects",
    metadata,
    _row_number(),
    Column("record_level", String(10), nullable=False),
    Column("record_id", RowNumber, nullable=False),
    Column("path", Text),
    Column("media_type", Text),
    Column("sha256", String(64)),
    Column("first_page", Integer),
    Column("page_count", Integer),
    _row_version(),
    Index("ix_digital_objects_record", "record_level", "record_id", "first_page", "id"),
)

CODES: Mapping[str, tuple[str, ...]] = {
    "fonds": ("archive_code", "fonds_code"),
    "inventories": ("fonds_id", "inventory_code"),
    "files": ("fonds_id", "arc_file_code"),
    "items": ("file_id", "arc_doc_code"),
    "photos": ("fonds_id", "archives_number"),
    "films": ("fonds_id", "archives_number"),
    "audio": ("fonds_id", "archives_number"),
    "video": ("fonds_id", "archives_number"),
}
"""What identifies a row of each table besides its number; the row's own code last."""

for _name, _code in CODES.items():
    index_of_code(metadata.tables[_name], _code)
