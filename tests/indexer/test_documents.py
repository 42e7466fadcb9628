"""Row in, document out: no value of a field that may not be known stands anywhere in what goes to an index."""

from dataclasses import asdict, fields, replace
from datetime import date

import pytest

from access_policy.record import DateSpan, DigitalObject, Listing, Page, Parent, Place, Record
from access_policy.terms import Level
from indexer.documents import to_documents
from indexer.index.analysis import analyse
from indexer.index.description import from_json, to_json
from tests.index.corpus import FONDS, TODAY, documents, pages, record

CANARY = "zumkyra"

EVERYTHING = Record(
    id=f"{CANARY}-id",
    level=Level.ITEM,
    reference_code=f"{CANARY} 1",
    archive_code="h38",
    archive_name=f"{CANARY} kho",
    title=f"{CANARY} tên",
    mode="01",
    parents=(FONDS, Parent(f"{CANARY}-p", Level.FILE, f"{CANARY} cha", CANARY, "01")),
    dates=DateSpan(date(1950, 1, 1), date(1951, 1, 1), f"{CANARY} 1950"),
    creator=f"{CANARY} cơ quan",
    creator_today=f"{CANARY} nay",
    document_type=f"{CANARY} loại",
    number=f"1/{CANARY}",
    language=f"{CANARY} tiếng",
    places=(Place(f"{CANARY} xã", f"{CANARY} tỉnh"),),
    scope=f"{CANARY} nội dung",
    keywords=(f"{CANARY} khóa",),
    extent=f"{CANARY} tờ",
    condition=CANARY,
    retention=CANARY,
    signs=CANARY,
    details=(("author", CANARY),),
    page_count=2,
    objects=(DigitalObject(f"{CANARY}.pdf", "application/pdf", "0" * 64, 1, 2),),
)


def test_every_field_of_a_record_is_tried() -> None:
    plain = {"level", "archive_code", "mode", "page_count", "row_key", "row_version", "secrecy_above"}
    assert {f.name for f in fields(Record) if CANARY in repr(getattr(EVERYTHING, f.name))} | plain == {
        f.name for f in fields(Record)
    }


@pytest.mark.parametrize("mode", ["03", "??", "", None, "Riêng tư"])
def test_a_record_that_may_not_be_known_gives_no_document(mode: str | None) -> None:
    assert documents(replace(EVERYTHING, mode=mode), pages(CANARY)) is None


def test_a_listed_record_gives_no_document() -> None:
    assert documents(EVERYTHING, pages(CANARY), Listing("DM", "", "", "", since=TODAY)) is None


def test_a_conditional_record_gives_its_description_but_no_text_and_no_object() -> None:
    one = record(1, "Tên công khai", mode="02", page_count=2, objects=EVERYTHING.objects)
    made = documents(one, pages(f"{CANARY} một", f"{CANARY} hai"))
    assert made is not None
    document, page_documents = made
    assert page_documents == ()
    assert CANARY not in repr((asdict(document), analyse(document, page_documents), to_json(document.description)))
    assert document.facets["has_pages"] == ("none",)


def test_a_restricted_page_of_an_open_record_leaves_no_word_behind() -> None:
    one = record(1, "Tên", page_count=3)
    listing = Listing("DM", "", "", "", since=TODAY, pages=(2, 2))
    made = documents(one, (Page(1, "một"), Page(2, CANARY), Page(3, "ba")), listing)
    assert made is not None
    document, page_documents = made
    assert [page.number for page in page_documents] == [1, 3]
    assert CANARY not in repr((analyse(document, page_documents), to_json(document.description)))


def test_a_description_survives_its_form_on_disk() -> None:
    made = to_documents(EVERYTHING, (), documents(EVERYTHING)[0].description.conditions, today=TODAY)  # type: ignore[index]
    assert made is not None
    assert from_json(to_json(made[0].description)) == made[0].description


def test_years_of_a_whole_century_and_more_are_not_counted() -> None:
    made = documents(record(1, dates=DateSpan(date(1000, 1, 1), date(2000, 1, 1), "")))
    assert made is not None
    assert made[0].years == ()
