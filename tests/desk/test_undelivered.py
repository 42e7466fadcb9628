"""Staff see which messages nobody took, of which case and why, without what they said; and have them sent again."""

import json

import pytest
from sqlalchemy import insert, select

from portal.accounts.staff.roles import Role
from portal.desk.undelivered import meaning_of
from portal.store.outbox import NoticeState
from portal.store.sealing import Sealing
from portal.store.tables import notices
from tests.desk.browser import Browser
from tests.requests.conftest import requests_site, world
from tests.requests.world import World

__all__ = ["requests_site", "world"]

PAGE = "/tin-chua-gui-duoc"
CASE = "c" * 32


def undelivered(world: World, *, seal: Sealing | None = None, state: NoticeState = NoticeState.DEAD) -> int:
    """A message that was given up; its number."""
    values = {"code": "H00.1-261121-0007", "case_id": CASE, "words": "Bí mật của người đọc"}
    row = {
        "event": f"case {CASE} reply {state.value} {seal is None}",
        "account_id": "a" * 32,
        "template": "reply",
        "sealed": (seal or world.site.seal).seal(json.dumps(values)),
        "created_at": world.desk_clock(),
        "state": state.value,
        "tries": 6,
        "due_at": world.desk_clock(),
        "fault": "mail: SMTPRecipientsRefused",
    }
    with world.site.database.writing() as connection:
        number: int = connection.execute(insert(notices).values(row).returning(notices.c.id)).scalar_one()
    return number


@pytest.fixture
def lan(world: World) -> Browser:
    return world.member("lan", Role.ARCHIVIST)


def test_a_message_is_listed_with_its_case_and_its_fault_and_without_its_words(world: World, lan: Browser) -> None:
    undelivered(world)
    undelivered(world, state=NoticeState.WAITING)
    page = lan.get(PAGE).text
    assert page.count("Gửi lại") == 1
    assert f'href="/ho-so/{CASE}"' in page
    assert "H00.1-261121-0007" in page
    assert "Máy chủ thư không nhận địa chỉ của bạn đọc." in page
    assert "Bí mật" not in page
    assert f'href="{PAGE}"' in lan.get("/ho-so").text


def test_it_is_sent_again_as_if_it_were_new(world: World, lan: Browser) -> None:
    number = undelivered(world)
    assert lan.post(f"{PAGE}/{number}", form=PAGE).location == PAGE
    with world.site.database.reading() as connection:
        row = connection.execute(select(notices)).one()
    assert (row.state, row.tries, row.fault, row.leased_until) == (NoticeState.WAITING.value, 0, None, None)
    assert row.due_at == world.desk_clock()
    page = lan.get(PAGE).text
    assert "Tin sẽ được gửi lại" in page
    assert "Mọi tin đã được gửi" in page
    assert lan.post(f"{PAGE}/{number}", form=PAGE).status_code == 404


def test_what_cannot_be_opened_is_listed_all_the_same(world: World, lan: Browser) -> None:
    undelivered(world, seal=Sealing([b"x" * 32], matching_key=b"m" * 32))
    page = lan.get(PAGE).text
    assert page.count("Gửi lại") == 1
    assert "H00.1" not in page


@pytest.mark.parametrize("role", [Role.AUDITOR, Role.ADMINISTRATOR, Role.POLICY_OFFICER])
def test_nobody_else_may(role: Role, world: World) -> None:
    number = undelivered(world)
    other = world.member("binh", role)
    assert other.get(PAGE).status_code == 404
    assert other.post(f"{PAGE}/{number}", form="/").status_code == 404


def test_the_page_is_there_in_english(world: World, lan: Browser) -> None:
    undelivered(world)
    assert '<html lang="en">' in lan.get(f"/en{PAGE}").text


def test_a_fault_that_has_no_words_is_shown_as_it_is() -> None:
    assert meaning_of("SealBroken") == ""
    assert meaning_of("sms: HTTP 422") == "Tổng đài tin nhắn không nhận tin."
