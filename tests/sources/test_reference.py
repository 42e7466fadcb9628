"""The reference database: row in, Record out, and what is refused."""

from dataclasses import replace
from datetime import date

import pytest

from access_policy.record import DateSpan, DigitalObject, Page, Parent, Place
from access_policy.terms import Level
from indexer.sources.reference import ReferenceSource
from indexer.text.legacy import to_tcvn3
from tests.sources.archives import (
    FILE,
    FONDS,
    INVENTORY,
    ITEM,
    PICTURE,
    RECORDING,
    SHA,
    Statements,
    records,
    reference_archive,
    refused,
)


def _page(record_id: int, number: int, text: str = "chữ", level: str = "item", **more):
    return {"record_level": level, "record_id": record_id, "page_number": number, "ocr_text": text} | more


def _item(number: int, **changes):
    return ITEM | {"id": number, "arc_doc_code": f"H47.STNMT.04.1991.01.0016.{number:07}"} | changes


def test_item_becomes_a_record_that_explains_itself():
    word_boxes = [["Tờ", [100, 90, 130, 110]], ["trình", [140, 90, 190, 110]]]
    held = {"record_level": "item", "record_id": 1, "path": "a/1.pdf", "media_type": "application/pdf", "sha256": SHA}
    source = ReferenceSource(
        reference_archive(
            files=[FILE],
            items=[ITEM],
            pages=[_page(1, 1, "Tờ trình", word_boxes=word_boxes), _page(1, 2, "hết", row_version=7)],
            digital_objects=[held | {"first_page": 1, "page_count": 2, "row_version": 3}],
        )
    )
    entry = records(source)[-1]
    record = entry.record
    assert record.id == "h47.stnmt-04.hs-1991-01-0016.0000003"
    assert record.reference_code == "STNMT.04 · MLHS 05 · hồ sơ 16 · văn bản 3"
    assert (record.level, record.archive_code, record.archive_name) == (
        Level.ITEM,
        "H47",
        "Lưu trữ lịch sử tỉnh Quảng Nam",
    )
    assert record.parents == (
        Parent("h47.stnmt-04", Level.FONDS, "Sở Địa chính tỉnh Quảng Nam", "STNMT.04", None),
        Parent("h47.stnmt-04.ml-05", Level.INVENTORY, "Mục lục 05", "STNMT.04 · MLHS 05", None),
        Parent("h47.stnmt-04.hs-1991-01-0016", Level.FILE, FILE["title"], "STNMT.04 · MLHS 05 · hồ sơ 16", "01"),
    )
    assert (record.title, record.document_type, record.number) == ("Tờ trình về quỹ đất 5%", "Tờ trình", "41/TTr-ĐC")
    assert record.dates == DateSpan(date(1991, 9, 2), date(1991, 9, 2), "02/09/1991")
    assert record.creator_today == "Sở Nông nghiệp và Môi trường thành phố Đà Nẵng"
    assert record.places == (Place("xã Tam Thăng, thị xã Tam Kỳ", "thành phố Đà Nẵng"),)
    assert record.mode == "Công khai"
    assert record.details == (("autograph", "Đồng ý, giao đất theo tờ trình"),)
    assert record.objects == (DigitalObject("a/1.pdf", "application/pdf", SHA, 1, 2),)
    assert record.page_count == 2
    assert record.row_version == 7, "the version of a record grows with its pages too"
    assert entry.pages[0] == Page(1, "Tờ trình", (("Tờ", (100, 90, 130, 110)), ("trình", (140, 90, 190, 110))))


def test_file_becomes_a_record():
    record = records(ReferenceSource(reference_archive(files=[FILE])))[-1].record
    assert record.dates == DateSpan(date(1991, 8, 14), date(1994, 6, 2), "14/08/1991 – 02/06/1994")
    assert record.mode == "01", "the mode is kept as written, only stripped"
    assert record.extent == "9 văn bản, 58 tờ, 112 trang"
    assert (record.retention, record.condition) == ("Vĩnh viễn", "Bình thường")
    assert record.keywords == ("giao đất", "khiếu nại")
    assert record.creator == FONDS["title"], "a file that names no creator has its fonds'"
    assert ("paper_file_code", "H47.K2-G1-H8.16") in record.details


def test_every_level_in_order_parents_before_children():
    source = ReferenceSource(
        reference_archive(
            files=[FILE],
            items=[ITEM],
            photos=[PICTURE],
            films=[PICTURE],
            audio=[RECORDING],
            video=[RECORDING],
            pages=[_page(1, 1, level="file")],
        )
    )
    entries = records(source)
    assert [entry.record.level for entry in entries] == list(Level)
    assert len({entry.record.id for entry in entries}) == len(entries), "the same number in two kinds is two records"
    assert [len(entry.pages) for entry in entries] == [0, 0, 1, 0, 0, 0, 0, 0], "a page belongs to its own level only"
    photo, audio = entries[4].record, entries[6].record
    assert photo.reference_code == "STNMT.04 · ảnh 12"
    assert (photo.creator, photo.dates.end) == ("Lê Văn Thử", date(1975, 3, 31))
    assert (audio.extent, audio.places[0].today) == ("00:41:07", "thành phố Đà Nẵng")
    assert source.count() == len(entries)


def test_merged_archives_may_use_the_same_fonds_code():
    engine = reference_archive(
        archives=[{"code": "H47", "name": "Quảng Nam"}, {"code": "H17", "name": "Đà Nẵng"}],
        fonds=[FONDS, FONDS | {"id": 2, "archive_code": "H17"}],
    )
    assert [entry.record.id for entry in records(ReferenceSource(engine))][:2] == ["h47.stnmt-04", "h17.stnmt-04"]


@pytest.mark.parametrize("mode", [None, "", "   "])
def test_missing_mode_stays_missing(mode):
    record = records(ReferenceSource(reference_archive(files=[FILE | {"mode": mode}])))[-1].record
    assert record.mode is None


def test_legacy_encoding_is_mended_everywhere():
    title = "Quyết định về việc giao đất làm nhà ở"
    engine = reference_archive(files=[FILE | {"title": to_tcvn3(title)}], items=[ITEM | {"subject": "V&#259;n thƣ"}])
    file, item = records(ReferenceSource(engine))[-2:]
    assert file.record.title == title
    assert item.record.title == "Văn thư"
    assert item.record.parents[-1].title == title


def test_words_are_mended_together_with_their_page():
    text = "Quyết định giao đất cho hợp tác xã"
    broken = to_tcvn3(text)
    boxes = [[word, [10 * n, 0, 10 * n + 9, 10]] for n, word in enumerate(broken.split(" "))]
    engine = reference_archive(files=[FILE], items=[ITEM], pages=[_page(1, 1, broken, word_boxes=boxes)])
    page = records(ReferenceSource(engine))[-1].pages[0]
    assert page.text == text
    assert [word for word, _ in page.words] == text.split(" ")
    assert page.words[2][1] == (20, 0, 29, 10)


CANARY = "zqxlạ"


@pytest.mark.parametrize(
    ("rows", "key", "reason"),
    [
        ({"files": [FILE | {"title": "  "}]}, "files 1", "title: missing"),
        ({"files": [FILE | {"title": None}]}, "files 1", "title: missing"),
        ({"files": [FILE | {"title": CANARY * 300}]}, "files 1", "title: longer than 1000 characters"),
        ({"files": [FILE | {"start_date": f"31/02/1991{''}"}]}, "files 1", "start_date: impossible date"),
        ({"files": [FILE | {"end_date": "1990"}]}, "files 1", "end_date: before the beginning"),
        ({"files": [FILE | {"arc_file_code": None}]}, "files 1", "arc_file_code: missing"),
        ({"files": [FILE | {"arc_file_code": f"a\t{CANARY}"}]}, "files 1", "arc_file_code: not valid"),
        ({"files": [FILE | {"arc_file_code": "1." * 60}]}, "files 1", "arc_file_code: longer than 60 characters"),
        ({"files": [FILE | {"fonds_id": 9}]}, "files 1", "its fonds does not exist"),
        ({"files": [FILE | {"inventory_id": 9}]}, "files 1", "its inventory does not exist"),
        ({"files": [FILE | {"number_of_page": -1}]}, "files 1", "number_of_page: below 0"),
        ({"files": [FILE], "items": [ITEM | {"file_id": 9}]}, "items 1", "its file does not exist"),
        ({"files": [FILE], "items": [ITEM | {"file_id": None}]}, "items 1", "file_id: missing"),
        ({"fonds": [FONDS | {"archive_code": "H99"}]}, "fonds 1", "its archive does not exist"),
        ({"files": [FILE], "pages": [_page(1, 0, level="file")]}, "files 1", "page: below 1"),
        (
            {"files": [FILE], "pages": [_page(1, 1, CANARY, level="file", word_boxes=[[CANARY, [0, 0, 2000, 1]]])]},
            "files 1",
            "word_boxes: above 1000",
        ),
    ],
)
def test_bad_rows_are_named_with_a_reason_and_without_their_content(rows, key, reason):
    bad = refused(ReferenceSource(reference_archive(**rows)))
    assert bad[key] == reason
    assert CANARY not in "".join(bad.values())


@pytest.mark.parametrize("path", ["/etc/passwd", "../up.pdf", "a/../../up.pdf", "a\\b.pdf", ""])
def test_object_paths_never_lead_out_of_the_store(path):
    held = {"record_level": "file", "record_id": 1, "media_type": "application/pdf", "sha256": SHA}
    engine = reference_archive(files=[FILE], digital_objects=[held | {"path": path, "first_page": 1, "page_count": 1}])
    assert refused(ReferenceSource(engine)).keys() == {"files 1"}


def test_what_stands_in_a_refused_row_is_refused_too():
    engine = reference_archive(
        inventories=[INVENTORY | {"title": ""}],
        files=[FILE, FILE | {"id": 2, "inventory_id": None, "arc_file_code": "H47.STNMT.04.1991.01.0017"}],
        items=[ITEM, ITEM | {"id": 2, "file_id": 2, "arc_doc_code": "H47.STNMT.04.1991.01.0017.0000001"}],
    )
    source = ReferenceSource(engine)
    assert refused(source) == {
        "inventories 1": "title: missing",
        "files 1": "its inventory was refused",
        "items 1": "its file was refused",
    }
    assert [entry.record.level for entry in records(source)] == [Level.FONDS, Level.FILE, Level.ITEM]
    assert source.count() == 6


def test_second_row_of_a_code_is_refused_with_what_stands_in_it():
    engine = reference_archive(
        files=[FILE, FILE | {"id": 2, "arc_file_code": "h47.stnmt.04.1991.01.0016 "}],
        items=[ITEM, _item(2, file_id=2), _item(5), _item(6, arc_doc_code=_item(5)["arc_doc_code"])],
    )
    assert refused(ReferenceSource(engine)) == {
        "files 2": "another row has the same code",
        "items 2": "its file was refused",
        "items 6": "another row has the same code",
    }


def test_rows_of_one_code_that_contradict_each_other_in_mode_are_all_refused():
    engine = reference_archive(
        files=[FILE | {"mode": "01"}, FILE | {"id": 2, "mode": "02"}],
        items=[ITEM, _item(2, file_id=2)],
    )
    source = ReferenceSource(engine)
    assert refused(source) == {
        "files 1": "another row has the same code",
        "files 2": "another row has the same code",
        "items 1": "its file was refused",
        "items 2": "its file was refused",
    }
    assert not any(entry.record.level is Level.FILE for entry in records(source))


def test_a_file_in_the_inventory_of_another_fonds_is_contradictory():
    engine = reference_archive(
        fonds=[FONDS, FONDS | {"id": 2, "fonds_code": "UBT.01"}],
        inventories=[INVENTORY | {"fonds_id": 2}],
        files=[FILE],
    )
    assert refused(ReferenceSource(engine)) == {"files 1": "its inventory belongs to another fonds"}


def test_pages_and_objects_of_no_row_are_reported_and_counted():
    held = {"record_level": "item", "media_type": "application/pdf", "sha256": SHA, "first_page": 1, "page_count": 1}
    engine = reference_archive(
        files=[FILE],
        items=[_item(2), _item(4)],
        pages=[_page(1, 1), _page(1, 2), _page(2, 1), _page(3, 1), _page(4, 1), _page(9, 1), _page(9, 2)],
        digital_objects=[held | {"record_id": 8, "path": "x.pdf"}],
    )
    source = ReferenceSource(engine)
    assert refused(source) == {
        "pages of items 1": "that row does not exist",
        "pages of items 3": "that row does not exist",
        "pages of items 9": "that row does not exist",
        "digital objects of items 8": "that row does not exist",
    }
    assert len(list(source.entries())) == source.count()
    assert [len(entry.pages) for entry in records(source)[-2:]] == [1, 1]


def test_the_number_of_statements_does_not_grow_with_the_archive():
    counts = []
    for size in (3, 60):
        engine = reference_archive(
            files=[FILE], items=[_item(n) for n in range(1, size)], pages=[_page(n, 1) for n in range(1, size)]
        )
        statements = Statements(engine)
        list(ReferenceSource(engine).entries())
        counts.append(statements.count)
    assert counts[0] == counts[1]


def test_a_change_above_raises_the_version_below():
    low, high = (
        records(ReferenceSource(reference_archive(files=[FILE | {"row_version": version}], items=[ITEM])))[-1].record
        for version in (1, 9)
    )
    assert replace(low, row_version=9) == high
