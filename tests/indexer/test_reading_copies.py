"""Reading copies follow permits: what they open is there, what they do not open is not, and secrets never are."""

from datetime import UTC, date, datetime, timedelta
from pathlib import Path

import pytest

from access_policy.permit import Permit
from access_policy.record import DigitalObject, Page
from access_policy.register.store import Register, open_register
from access_policy.terms import Action
from indexer.keeping.reading_copies import Brought, bring_reading_copies
from indexer.sources.port import BadRow, SourceRecord
from tests.index.corpus import pages, record
from tests.indexer.archives import ListedSource

DAY = date(2026, 11, 21)
NOON = datetime(2026, 11, 21, 5, tzinfo=UTC)
SCAN = DigitalObject("scans/1.pdf", "application/pdf", "a" * 64, 1, 4)
CLOSED = record(1, "hồ sơ nhân sự", mode="02", page_count=4, objects=(SCAN,))
SECRET = record(2, "hồ sơ mật", mode="03", page_count=1, objects=(SCAN,))
MARKED = record(3, "có dấu mật", mode="02", page_count=1, objects=(SCAN,))
TEXTS = pages("trang một", "trang hai, căn cước 079178000101", "trang ba", "trang bốn")


@pytest.fixture
def register(tmp_path: Path) -> Register:
    made = open_register(f"sqlite:///{tmp_path / 'register.db'}")
    made.migrate()
    return made


def source(texts: tuple[Page, ...] = TEXTS) -> ListedSource:
    return ListedSource(
        (
            SourceRecord(CLOSED, texts),
            SourceRecord(SECRET, pages("zumkyra")),
            SourceRecord(MARKED, pages("MẬT\nQUYẾT ĐỊNH\nzumkyra")),
            BadRow("items 9", "title: empty"),
        )
    )


def permit(register: Register, code: str, record_id: str, *, days: int = 1, of: tuple[int, int] | None = None) -> None:
    granted = Permit(code, record_id, frozenset({Action.READ}), DAY, DAY + timedelta(days=days - 1), of)
    register.grant(granted, reader_id="d-1", author="Lê Văn A", now=NOON)


def bring(register: Register, day: date = DAY, archive: ListedSource | None = None) -> Brought:
    return bring_reading_copies(archive or source(), register, today=day, now=NOON)


def test_without_a_permit_nothing_is_copied(register: Register) -> None:
    assert bring(register) == Brought(0, 0)
    assert register.copied_objects(CLOSED.id) == ()
    assert register.copied_page(CLOSED.id, 1) is None


def test_pages_that_no_permit_opens_are_not_copied(register: Register) -> None:
    permit(register, "G-1", CLOSED.id, of=(2, 3))
    assert bring(register) == Brought(1, 0)
    assert register.copied_objects(CLOSED.id) == (SCAN,)
    kept = {number for number in range(1, 5) if register.copied_page(CLOSED.id, number)}
    assert kept == {2, 3}


def test_personal_numbers_are_hidden_as_everywhere(register: Register) -> None:
    permit(register, "G-1", CLOSED.id)
    bring(register)
    page = register.copied_page(CLOSED.id, 2)
    assert page is not None
    assert page.text.startswith("trang hai")
    assert "079178000101" not in page.text


def test_boxes_that_staff_drew_take_their_words_along(register: Register) -> None:
    permit(register, "G-1", CLOSED.id)
    register.redact(CLOSED.id, 1, (0, 0, 1000, 1000), reason="đời tư", author="Lê Văn A", now=NOON)
    bring(register)
    page = register.copied_page(CLOSED.id, 1)
    assert page is not None
    assert "trang một" not in page.text


@pytest.mark.parametrize("record_id", [SECRET.id, MARKED.id])
def test_of_what_is_or_may_be_secret_there_is_no_copy(register: Register, record_id: str) -> None:
    permit(register, "G-1", record_id)
    assert bring(register).made == 0
    assert register.copied_objects(record_id) == ()
    assert register.copied_page(record_id, 1) is None


def test_the_copy_goes_with_the_last_permit(register: Register) -> None:
    permit(register, "G-1", CLOSED.id)
    permit(register, "G-2", CLOSED.id, of=(1, 1))
    bring(register)
    register.revoke("G-1", author="Lê Văn A", now=NOON)
    assert bring(register) == Brought(1, 0)
    assert register.copied_page(CLOSED.id, 2) is None
    register.revoke("G-2", author="Lê Văn A", now=NOON)
    assert bring(register) == Brought(0, 1)
    assert register.copied_objects(CLOSED.id) == ()
    assert register.copied_page(CLOSED.id, 1) is None


def test_the_copy_goes_when_the_last_day_is_over(register: Register) -> None:
    permit(register, "G-1", CLOSED.id, days=2)
    assert bring(register, DAY + timedelta(days=1)) == Brought(1, 0)
    assert bring(register, DAY + timedelta(days=2)) == Brought(0, 1)


def test_a_second_time_nothing_is_done_and_a_changed_record_is_copied_anew(register: Register) -> None:
    permit(register, "G-1", CLOSED.id)
    assert bring(register) == Brought(1, 0)
    assert bring(register) == Brought(0, 0)
    assert bring(register, archive=source(pages("đã sửa"))) == Brought(1, 0)
    page = register.copied_page(CLOSED.id, 1)
    assert page is not None
    assert page.text == "đã sửa"


def test_a_record_that_becomes_secret_loses_its_copy(register: Register) -> None:
    permit(register, "G-1", CLOSED.id)
    bring(register)
    now_secret = ListedSource((SourceRecord(record(1, "hồ sơ nhân sự", mode="03", page_count=4), TEXTS),))
    bring(register, archive=now_secret)
    assert register.copied_objects(CLOSED.id) == ()
    assert register.copied_page(CLOSED.id, 1) is None
