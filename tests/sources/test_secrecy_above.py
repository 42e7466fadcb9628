"""A mark of secrecy on a page of a file closes what stands in the file, however its rows are read."""

from datetime import date

from sqlalchemy import update

from access_policy.register.restrictions import Restrictions
from indexer.pipeline import Tally, documents
from indexer.sources import schema
from indexer.sources.port import SourceRecord
from indexer.sources.reference import ReferenceSource
from tests.sources.archives import FILE, ITEM, reference_archive

FILE_ID = "h47.stnmt-04.hs-1991-01-0016"
OTHER = {**FILE, "id": 2, "arc_file_code": "H47.STNMT.04.1991.01.0017"}
OTHERS_ITEM = {**ITEM, "id": 2, "file_id": 2, "arc_doc_code": "H47.STNMT.04.1991.01.0017.0000001"}
MARKED = {
    "record_level": "file",
    "record_id": 1,
    "page_number": 2,
    "ocr_text": "ỦY BAN NHÂN DÂN\nTỈNH QUẢNG NAM\nMẬT\nSố: 12/BC-UB\nBÁO CÁO",
}
EVERY_WAY = {
    "the whole": lambda source: source.entries(),
    "the rest": lambda source: source.entries(after="files 2"),
    "its row": lambda source: source.rows(["items 1"]),
    "the row of its file": lambda source: source.rows(["files 1"]),
    "its id": lambda source: source.below([f"{FILE_ID}.0000003"]),
    "the id of its file": lambda source: source.below([FILE_ID]),
}


def test_every_way_of_reading_sees_it() -> None:
    engine = reference_archive(files=[FILE, OTHER], items=[ITEM, OTHERS_ITEM], pages=[MARKED])
    source = ReferenceSource(engine)
    for way, read in EVERY_WAY.items():
        entries = [entry for entry in read(source) if isinstance(entry, SourceRecord)]
        (item,) = (entry.record for entry in entries if entry.record.row_key == "items 1")
        assert item.secrecy_above, way
        assert not any(entry.record.secrecy_above for entry in entries if entry.record.row_key != "items 1")
        tally = Tally()
        found = documents(entries, Restrictions({}), today=date(2026, 11, 21), tally=tally, refused=lambda _: None)
        assert not {made[0].row_key for made in found} & {"files 1", "items 1"}, way
        assert tally.kept_out["secrecy-mark"] >= 1


def test_without_the_mark_it_is_open_again() -> None:
    engine = reference_archive(files=[FILE], items=[ITEM], pages=[MARKED])
    with engine.begin() as connection:
        connection.execute(update(schema.pages).values(ocr_text="Báo cáo nghề nuôi ong lấy mật"))
    entries = ReferenceSource(engine).rows(["items 1"])
    assert not any(entry.record.secrecy_above for entry in entries if isinstance(entry, SourceRecord))
