"""Personal numbers and what staff has blacked out stand in no document, whatever a record's conditions."""

from datetime import date

import pytest

from access_policy.record import Box, Page, Record
from access_policy.register.restrictions import Restrictions
from indexer.index.analysis import analyse
from indexer.index.description import to_json
from indexer.index.document import Documents
from indexer.pipeline import MARK_OF_SECRECY, UNCOVERED_NUMBER, Notice, Tally, documents
from indexer.protection import protected_page
from indexer.sources.port import SourceRecord
from tests.index.corpus import TODAY, record
from tests.indexer.archives import ListedSource
from tests.portal.archive import SCAN

NUMBER = "049085001234"
WORDS = ("Ông", "Lê", "Lý", "CCCD", NUMBER, "khai")
BOXES: tuple[Box, ...] = tuple((100 * n, 200, 100 * n + 90, 230) for n in range(len(WORDS)))
PAGE = Page(1, " ".join(WORDS), tuple(zip(WORDS, BOXES, strict=True)))


def made(
    one: Record, *own: Page, drawn: dict[tuple[str, int], tuple[Box, ...]] | None = None
) -> tuple[list[Documents], Tally, list[Notice]]:
    tally, notices = Tally(), []
    source = ListedSource((SourceRecord(one, own),))
    restrictions = Restrictions({}, 0, drawn or {})
    found = documents(
        source.entries(), restrictions, today=TODAY, tally=tally, refused=lambda _: None, noticed=notices.append
    )
    return list(found), tally, notices


def everything(documents_made: list[Documents]) -> str:
    return repr([(analyse(one, own), to_json(one.description), own) for one, own in documents_made])


def test_a_personal_number_is_in_no_field_and_its_place_on_the_image_is_covered() -> None:
    one = record(
        1,
        f"Đơn của ông Lê Lý, CCCD {NUMBER}",
        scope=f"số CCCD: {NUMBER}",
        keywords=(f"CCCD {NUMBER}",),
        details=(("autograph", f"CMND số 201234567, CCCD {NUMBER}"),),
        page_count=1,
    )
    found, _, notices = made(one, PAGE)
    assert found
    assert NUMBER not in everything(found)
    assert "201234567" not in everything(found)
    assert found[0][1][0].redactions == (BOXES[4],)
    assert notices == []


def test_a_number_that_cannot_be_found_on_the_image_is_reported() -> None:
    _, tally, notices = made(record(1, page_count=1, objects=(SCAN,)), Page(1, f"CCCD {NUMBER}"))
    assert notices == [Notice("h38.td.01.1", 1, UNCOVERED_NUMBER)]
    assert tally.noticed == {UNCOVERED_NUMBER: 1}


def test_words_under_a_drawn_box_are_in_no_document() -> None:
    found, _, _ = made(record(1, page_count=1), PAGE, drawn={("h38.td.01.1", 1): ((95, 190, 280, 240),)})
    page = found[0][1][0]
    assert "Lê" not in page.text
    assert "Lý" not in page.text
    assert page.text.startswith("Ông ")
    assert page.text.endswith(" khai")
    assert len(page.text) == len(PAGE.text)


@pytest.mark.parametrize(
    "page", [Page(1, PAGE.text), Page(1, "chữ khác hẳn", PAGE.words)], ids=["no word boxes", "words not in the text"]
)
def test_where_it_is_not_known_which_words_a_box_covers_no_text_is_left(page: Page) -> None:
    assert protected_page(page, ((0, 0, 1000, 1000),), today=TODAY).page.text == ""


@pytest.mark.parametrize("mode", ["01", "02", "Đọc tại phòng đọc"])
@pytest.mark.parametrize("mark", ["MẬT", "TỐI MẬT", "TUYỆT MẬT"])
def test_a_mark_of_secrecy_keeps_the_record_out_whatever_its_mode(mark: str, mode: str) -> None:
    page = Page(2, f"ỦY BAN NHÂN DÂN\nTỈNH QUẢNG NAM\n{mark}\nSố: 12/BC-UB\nBÁO CÁO\nzumkyra")
    found, tally, notices = made(record(1, mode=mode, page_count=2), Page(1, "bìa"), page)
    assert found == []
    assert tally.kept_out == {"secrecy-mark": 1}
    assert notices == [Notice("h38.td.01.1", 2, MARK_OF_SECRECY)]


def test_the_word_for_honey_is_no_mark() -> None:
    found, tally, _ = made(record(1, page_count=1), Page(1, "Báo cáo nghề nuôi ong lấy mật năm 1987"))
    assert found
    assert not tally.kept_out


def test_a_birthday_of_long_ago_stays() -> None:
    old = protected_page(Page(1, "sinh ngày 12/3/1890 tại Tam Kỳ"), (), today=date(2026, 11, 21))
    young = protected_page(Page(1, "sinh ngày 12/3/1990 tại Tam Kỳ"), (), today=date(2026, 11, 21))
    assert "12/3/1890" in old.page.text
    assert "12/3" not in young.page.text
    assert "1990" in young.page.text
