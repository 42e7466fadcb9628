"""Small archive databases full of faults, drawn by hypothesis."""

from collections.abc import Mapping, Sequence
from typing import Any

from hypothesis import strategies as st
from sqlalchemy import create_engine

from indexer.sources import legacy_schema, schema
from indexer.sources.legacy import LegacySource
from indexer.sources.port import BadRow, Source, SourceRecord
from indexer.sources.reference import ReferenceSource
from tests.sources.archives import FILE, FONDS, INVENTORY, ITEM, PICTURE, RECORDING, SHA
from tests.sources.test_legacy import ARCHIVE, AUDIO, DOCUMENT, FOND, PHOTO
from tests.sources.test_legacy import FILE as LEGACY_FILE

Rows = Mapping[str, list[dict[str, Any]]]

NUMBERS = st.integers(1, 4)
MODES = st.sampled_from(["01", "02", None])
FILE_CODES = ["H47.STNMT.04.05.1", "h47.stnmt.04.05.1 ", "h47.ubt.01.2", "2", "Đ-2", "05 K/2"]
ITEM_CODES = ["H47.STNMT.04.05.1.7", "h47.stnmt.04.05.1.7", "2.9", "9", "Văn bản 9", "1." * 40]
PLAIN_CODES = ["A.0012", "a.0012", "K.7", "\u212a.7", "ảnh 3", None]


def _rows(plain: Mapping[str, Any], key: str = "id", **drawn: st.SearchStrategy[Any]) -> st.SearchStrategy[list[dict]]:
    """Up to four rows with different numbers; what is drawn stands in the place of what a plain row has."""
    row = st.fixed_dictionaries({key: NUMBERS, **drawn}).map(lambda values: dict(plain) | values)
    return st.lists(row, max_size=4, unique_by=lambda row: row[key])


def _parts(kind: str, kinds: Sequence[str], number: str, page: str) -> st.SearchStrategy[list[dict]]:
    row = st.fixed_dictionaries(
        {kind: st.sampled_from(kinds), number: st.integers(1, 5), page: st.sampled_from([0, 1, 1, 2])}
    )
    return st.lists(row, max_size=6, unique_by=lambda row: frozenset(row.items()))


@st.composite
def reference_rows(draw: st.DrawFn) -> Rows:
    """Rows of a reference database: links that lead nowhere, codes twice, modes that contradict each other, gaps."""
    in_fonds = {"fonds_id": NUMBERS}
    codes = st.sampled_from(PLAIN_CODES)
    titles = st.sampled_from(["Hồ sơ", "Hồ sơ", "Hồ sơ", ""])
    pictures = _rows(PICTURE, archives_number=codes, mode=MODES, **in_fonds)
    recordings = _rows(RECORDING, archives_number=codes, mode=MODES, **in_fonds)
    fonds_codes = st.sampled_from(["STNMT.04", "UBT.01", "ubt.01", "Đ1"])
    codes_of_files = st.sampled_from(FILE_CODES)
    inventories = st.sampled_from([None, 1, 2, 3])
    objects = _parts("record_level", ["file", "item", "fonds"], "record_id", "first_page")
    held = {"path": "a.pdf", "media_type": "application/pdf", "sha256": SHA, "page_count": 1}
    return {
        "archives": [{"code": "H47", "name": "Lưu trữ"}, {"code": "H38", "name": "Lưu trữ cũ"}],
        "fonds": draw(_rows(FONDS, archive_code=st.sampled_from(["H47", "H38", "H99"]), fonds_code=fonds_codes)),
        "inventories": draw(
            _rows(INVENTORY, inventory_code=st.sampled_from(["05", "5", "K"]), title=titles, **in_fonds)
        ),
        "files": draw(
            _rows(FILE, arc_file_code=codes_of_files, title=titles, mode=MODES, inventory_id=inventories, **in_fonds)
        ),
        "items": draw(_rows(ITEM, arc_doc_code=st.sampled_from(ITEM_CODES), mode=MODES, file_id=NUMBERS)),
        "photos": draw(pictures),
        "films": draw(pictures),
        "audio": draw(recordings),
        "pages": draw(_parts("record_level", ["file", "item", "photo", "inventory"], "record_id", "page_number")),
        "digital_objects": [held | row for row in draw(objects)],
    }


@st.composite
def legacy_rows(draw: st.DrawFn) -> Rows:
    """Rows of a TT 02/2019 database, with the same kinds of faults."""
    keys = {"Identifier": st.sampled_from(["H47", "h47", "H38"]), "OrganId": st.sampled_from(["STNMT.04", "stnmt.04 "])}
    files, codes = st.sampled_from(FILE_CODES), st.sampled_from(PLAIN_CODES)
    titles = st.sampled_from(["Hồ sơ", "Hồ sơ", None])
    documents = {"FileCode": files, "DocCode": st.sampled_from(ITEM_CODES), "Mode": MODES}
    return {
        "Archive": [ARCHIVE],
        "Fond": draw(_rows(FOND, "ID", **keys)),
        "File": draw(_rows(LEGACY_FILE, "ID", FileCode=files, Title=titles, Rights=MODES, **keys)),
        "Document": draw(_rows(DOCUMENT, "ID", **documents, **keys)),
        "Photo": draw(_rows(PHOTO, "ID", ArchivesNumber=codes, Mode=MODES, **keys)),
        "Audio": draw(_rows(AUDIO, "ID", ArchivesNumber=codes, **keys)),
        "Page": draw(_parts("OwnerTable", ["File", "Document", "Photo"], "OwnerID", "PageNumber")),
    }


class Reference:
    """A reference database that may be filled again and again."""

    metadata = schema.metadata

    def __init__(self, url: str = "sqlite://") -> None:
        self.engine = create_engine(url)
        self.source: Source = ReferenceSource(self.engine)
        self.metadata.create_all(self.engine)

    def fill(self, rows: Rows) -> None:
        """These rows and no others."""
        with self.engine.begin() as connection:
            for table in self.metadata.tables.values():
                connection.execute(table.delete())
            for name, values in rows.items():
                for row in values:
                    connection.execute(self.metadata.tables[name].insert(), row)


class Legacy(Reference):
    """A TT 02/2019 database, likewise."""

    metadata = legacy_schema.metadata

    def __init__(self, url: str = "sqlite://") -> None:
        super().__init__(url)
        self.source = LegacySource(self.engine)


def key_of(entry: SourceRecord | BadRow) -> str:
    """The key of the row an entry is about."""
    return entry.record.row_key if isinstance(entry, SourceRecord) else entry.key


def is_row(entry: SourceRecord | BadRow) -> bool:
    """False for what is said of pages and objects whose row does not exist."""
    return " of " not in key_of(entry)
