"""Administrators delete the accounts of readers who have asked for it, in time, and no others."""

import re
from collections.abc import Callable
from datetime import UTC, datetime, timedelta

import pytest

from portal.accounts.people.account import Account
from portal.accounts.staff.roles import Role
from portal.desk.deletions import days_left
from portal.desk.services import DeskServices
from portal.sessions.store import Stored
from tests.accounts.people.given import AN, BINH
from tests.desk.browser import Browser
from tests.desk.clock import Clock

LIST = "/xoa-tai-khoan"


@pytest.fixture
def administrator(signed_in: Callable[..., Browser]) -> Browser:
    return signed_in(Role.ADMINISTRATOR, login="quan.tri")


@pytest.fixture
def asked(services: DeskServices, clock: Clock) -> Account:
    account = services.accounts.signed_in(AN, language="vi", now=clock())
    services.accounts.ask_deletion(account.id, now=clock())
    return account


def test_who_asked_is_listed_with_the_days_that_are_left_and_no_name(
    administrator: Browser, asked: Account, services: DeskServices, clock: Clock
) -> None:
    services.accounts.signed_in(BINH, language="vi", now=clock())
    page = administrator.get(LIST).text
    assert page.count("Xem và xóa") == 1
    assert f"bạn đọc {asked.id[:8]}" in page
    assert "còn 20 ngày" in page
    assert "21/11/2026" in page
    assert AN.name not in page


@pytest.mark.parametrize(
    ("days", "said", "tone"),
    [(16, "còn 4 ngày", "open"), (17, "còn 3 ngày", "conditional"), (20, "còn 0 ngày", "conditional")],
)
def test_a_request_stands_out_when_time_is_short(
    days: int, said: str, tone: str, asked: Account, administrator: Browser, services: DeskServices, clock: Clock
) -> None:
    clock.on(days=days)
    administrator.sign_in("quan.tri")
    page = administrator.get(LIST).text
    assert re.search(rf'class="status {tone}">\s*{said}', page)


def test_a_promise_that_was_not_kept_is_said(asked: Account, administrator: Browser, clock: Clock) -> None:
    clock.on(days=22)
    administrator.sign_in("quan.tri")
    assert re.search(r'class="status closed">\s*quá hạn 2 ngày', administrator.get(LIST).text)


def test_days_are_those_of_the_archive() -> None:
    asked_at = datetime(2026, 11, 21, 16, 59, tzinfo=UTC)  # 23:59 at the archive
    assert days_left(asked_at, now=asked_at) == 20
    assert days_left(asked_at, now=asked_at + timedelta(minutes=1)) == 19


def test_it_is_asked_once_more_and_then_done(
    administrator: Browser, asked: Account, services: DeskServices, clock: Clock
) -> None:
    stored = Stored(asked.id, {"half": "way"}, clock())
    services.reader_sessions.add("k" * 64, stored)
    page = administrator.get(f"{LIST}/{asked.id}").text
    assert AN.name in page
    assert AN.citizen_number not in page
    unsure = administrator.post(f"{LIST}/{asked.id}")
    assert unsure.status_code == 422
    assert "Xin đánh dấu vào ô này" in unsure.text
    assert services.accounts.of_identity(AN.provider, AN.subject) is not None

    done = administrator.post(f"{LIST}/{asked.id}", sure="yes")
    assert done.location == LIST
    page = administrator.get(LIST).text
    assert f"Đã xóa tài khoản bạn đọc {asked.id[:8]}." in page
    assert "Không có yêu cầu nào đang chờ." in page
    assert services.accounts.of_identity(AN.provider, AN.subject) is None
    assert services.reader_sessions.of_owner(asked.id) == []
    newest = services.events.newest(most=1)[0]
    assert (newest.what, newest.owner_id, newest.author) == ("reader-account-deleted", asked.id, "quan.tri")


def test_who_did_not_ask_or_is_gone_is_not_there(
    administrator: Browser, asked: Account, services: DeskServices, clock: Clock
) -> None:
    other = services.accounts.signed_in(BINH, language="vi", now=clock())
    administrator.post(f"{LIST}/{asked.id}", sure="yes")
    for account_id in (other.id, asked.id, "x"):
        assert administrator.get(f"{LIST}/{account_id}").status_code == 404
        assert administrator.post(f"{LIST}/{account_id}", form=f"{LIST}", sure="yes").status_code == 404
    assert services.accounts.by_id(other.id) == other


@pytest.mark.parametrize("role", [role for role in Role if role is not Role.ADMINISTRATOR])
def test_nobody_else_may(role: Role, signed_in: Callable[..., Browser], asked: Account, services: DeskServices) -> None:
    browser = signed_in(role)
    for path in (LIST, f"{LIST}/{asked.id}"):
        assert browser.get(path).status_code == 404
    assert browser.post(f"{LIST}/{asked.id}", form="/", sure="yes").status_code == 404
    assert services.accounts.of_identity(AN.provider, AN.subject) is not None
