"""Small archive databases for the tests: one valid row of every table, to which a test adds its own."""

from collections.abc import Mapping
from typing import Any

from sqlalchemy import Connection, Engine, MetaData, create_engine, event, insert

from indexer.sources import legacy_schema as legacy
from indexer.sources import schema
from indexer.sources.port import BadRow, Source, SourceRecord

FONDS = {
    "id": 1,
    "archive_code": "H47",
    "fonds_code": "STNMT.04",
    "title": "Sở Địa chính tỉnh Quảng Nam",
    "archives_time": "1976-2003",
    "language": "01",
    "status": "02",
    "total_doc": 5200,
}
INVENTORY = {"id": 1, "fonds_id": 1, "inventory_code": "05", "title": "Mục lục 05", "start_date": "1991"}
FILE = {
    "id": 1,
    "fonds_id": 1,
    "inventory_id": 1,
    "arc_file_code": "H47.STNMT.04.1991.01.0016",
    "paper_file_code": "H47.K2-G1-H8.16",
    "title": "Hồ sơ giải quyết khiếu nại về giao đất xã Tam Thăng, thị xã Tam Kỳ",
    "mode": " 01 ",
    "start_date": "14/08/1991",
    "end_date": "02/06/1994",
    "total_doc": 9,
    "number_of_paper": 58,
    "number_of_page": 112,
    "maintenance": "01",
    "format": "02",
    "keyword": "giao đất; khiếu nại, giao đất",
}
ITEM = {
    "id": 1,
    "file_id": 1,
    "arc_doc_code": "H47.STNMT.04.1991.01.0016.0000003",
    "subject": "Tờ trình về quỹ đất 5%",
    "type_name": "15",
    "code_number": "41",
    "code_notation": "TTr-ĐC",
    "issued_date": "02/09/1991",
    "organ_name": "Sở Địa chính tỉnh Quảng Nam",
    "place": "xã Tam Thăng, thị xã Tam Kỳ",
    "mode": "Công khai",
    "number_of_page": 2,
    "autograph": "Đồng ý, giao đất theo tờ trình",
}
PICTURE = {
    "id": 1,
    "fonds_id": 1,
    "archives_number": "A.0012",
    "title": "Cầu Trần Thị Lý ngày khánh thành",
    "event_name": "Khánh thành cầu",
    "photographer": "Lê Văn Thử",
    "photo_place": "thành phố Đà Nẵng",
    "photo_time": "03/1975",
    "film_size": "9x12",
    "mode": "01",
}
RECORDING = {
    "id": 1,
    "fonds_id": 1,
    "archives_number": "GA.07",
    "title": "Ghi âm hội nghị đo đạc",
    "recorder": "Đài Phát thanh tỉnh",
    "record_place": "huyện Thăng Bình",
    "record_date": "1982",
    "play_time": "00:41:07",
    "mode": "01",
}
SHA = "ab" * 32


def reference_archive(engine: Engine | None = None, **rows: list[Mapping[str, Any]]) -> Engine:
    """A reference database with these rows; an archive, a fonds and an inventory unless the test gives its own."""
    given = {"archives": [{"code": "H47", "name": "Lưu trữ lịch sử tỉnh Quảng Nam"}], "fonds": [FONDS]}
    return _filled(engine, schema.metadata, given | {"inventories": [INVENTORY]} | rows)


def legacy_archive(engine: Engine | None = None, **rows: list[Mapping[str, Any]]) -> Engine:
    """A TT 02/2019 database with these rows."""
    return _filled(engine, legacy.metadata, rows)


def _filled(engine: Engine | None, metadata: MetaData, rows: Mapping[str, list[Mapping[str, Any]]]) -> Engine:
    engine = engine or create_engine("sqlite://")
    metadata.create_all(engine)
    with engine.begin() as connection:
        for name, values in rows.items():
            for value in values:
                connection.execute(insert(metadata.tables[name]), value)
    return engine


def records(source: Source) -> list[SourceRecord]:
    """The valid rows."""
    return [entry for entry in source.entries() if isinstance(entry, SourceRecord)]


def refused(source: Source) -> dict[str, str]:
    """The refused rows: key -> reason."""
    return {entry.key: entry.reason for entry in source.entries() if isinstance(entry, BadRow)}


class Statements:
    """Counts the statements an engine runs."""

    def __init__(self, engine: Engine) -> None:
        self.count = 0
        event.listen(engine, "before_cursor_execute", self._note)

    def _note(self, connection: Connection, *_: object) -> None:
        self.count += 1
