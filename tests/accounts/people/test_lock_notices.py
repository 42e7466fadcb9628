"""Readers hear of a lock on their account, once, and whoever types learns nothing from it."""

from __future__ import annotations

import time
from collections.abc import Callable
from dataclasses import replace
from datetime import datetime
from pathlib import Path
from threading import Event

import pytest

from portal.accounts.credentials.credentials import Credentials
from portal.accounts.credentials.events import Owner
from portal.accounts.credentials.locks import Lock
from portal.accounts.credentials.rules import PasswordRules
from portal.accounts.lock_notices import WAITING, LockNotices
from portal.accounts.people.account import Account
from portal.app import create_app
from portal.notices.message import Channel, Message, NoticeFailed
from portal.notices.outlets import Outlets
from portal.notices.spool import Spool, newest
from tests.accounts.views.browser import Browser
from tests.accounts.views.site import CHEAP, Site
from tests.empty import empty_register, empty_store

START = "/dang-nhap/tai-khoan"

NAMES = {"vi": "Lưu trữ Ví Dụ", "en": "Example Archive"}


@pytest.fixture
def site(tmp_path: Path) -> Site:
    empty_store(tmp_path / "portal.db")
    empty_register(tmp_path / "register.db")
    return Site(tmp_path)


class SlowOutlet:
    """Hands messages over late, or not at all."""

    def __init__(self, seconds: float, folder: Path) -> None:
        self.seconds, self.spool, self.begun = seconds, Spool(folder), 0

    def send(self, message: Message, *, now: datetime) -> None:
        self.begun += 1
        time.sleep(self.seconds)
        self.spool.send(message, now=now)


class HeldOutlet:
    """Hands nothing over until it is set free."""

    def __init__(self, folder: Path) -> None:
        self.free, self.spool = Event(), Spool(folder)

    def send(self, message: Message, *, now: datetime) -> None:
        self.free.wait(10)
        self.spool.send(message, now=now)


class DeadOutlet:
    """No mail server answers."""

    def send(self, message: Message, *, now: datetime) -> None:
        raise NoticeFailed("mail: ConnectionRefusedError")


def telling(site: Site, outlets: Outlets | None = None) -> Browser:
    """A browser on the site, which tells of locks."""
    told = LockNotices(site.accounts, outlets or site.services.outlets, archive_names=NAMES)
    rules = PasswordRules()
    credentials = Credentials(site.database, site.seal, rules, hashing=CHEAP, when_locked=told.tell)
    site.services = replace(site.services, credentials=credentials)
    site.app = create_app(site.settings, site.services)
    return Browser(site)


def issued(site: Site, *, language: str = "vi", verified: bool = True, email: str = "jane@example.org") -> Account:
    """A reader whose account the archive issued, who signs in as jane."""
    now = site.clock()
    account = site.accounts.issue(
        name="Jane Doe",
        document="passport X0000001",
        nationality="GB",
        email=email,
        phone="" if email else "+84912345678",
        language=language,
        author="hanh",
        now=now,
    )
    site.services.credentials.issue("jane", owner=Owner.READER, owner_id=account.id, author="hanh", now=now)
    if verified:
        assert account.contact is not None
        code = site.accounts.codes.start(account, *account.contact, now=now)
        site.accounts.codes.answer(account.id, code.digits, now=now)
    return account


def wrong(browser: Browser, times: int = 5, login: str = "jane") -> list[str]:
    """The answers to so many wrong passwords, without what differs from page to page anyway."""
    answers = [browser.post(START, login=login, password="x") for _ in range(times)]
    assert {answer.status_code for answer in answers} == {400}
    assert all("không đúng" in answer.text for answer in answers)
    return [answer.text.split("csrf_token")[0] for answer in answers]


def wait(holds: Callable[[], bool]) -> bool:
    """Whether it holds within five seconds."""
    until = time.monotonic() + 5
    while not holds() and time.monotonic() < until:
        time.sleep(0.01)
    return holds()


def messages(site: Site) -> list[dict[str, str]]:
    return newest(site.outbox, 2 * WAITING)


def test_the_owner_is_told_once_a_lock(site: Site) -> None:
    browser = telling(site)
    issued(site)
    wrong(browser, 4)
    assert not site.outbox.exists()
    wrong(browser, 4)
    assert wait(lambda: len(messages(site)) == 1)
    [said] = messages(site)
    assert (said["channel"], said["to"]) == ("email", "jane@example.org")
    assert NAMES["vi"] in said["subject"]
    assert "tạm khóa tới 22:00, 21/11/2026" in said["text"]
    assert "jane" not in said["text"]
    site.clock.pass_by(hours=13)
    wrong(browser, 6)
    assert wait(lambda: len(messages(site)) == 2), "another lock, another message"
    time.sleep(0.2)
    assert len(messages(site)) == 2


def test_wrong_codes_lock_and_tell_too(site: Site) -> None:
    told: list[Lock] = []
    rules = PasswordRules()
    credentials = Credentials(site.database, site.seal, rules, hashing=CHEAP, when_locked=told.append)
    account = issued(site)
    now = site.clock()
    for _ in range(7):
        assert not credentials.second_factors.check("jane", "000000", owner=Owner.READER, now=now)
    assert told == [Lock(Owner.READER, account.id, now, rules.lock_ends(now))]


def test_in_the_language_of_the_reader_whatever_that_of_the_page(site: Site) -> None:
    browser = telling(site)
    issued(site, language="en", email="")
    wrong(browser)
    assert wait(lambda: len(messages(site)) == 1)
    [said] = messages(site)
    assert (said["channel"], said["to"], said["subject"]) == ("sms", "+84912345678", "")
    assert NAMES["en"] in said["text"]
    assert NAMES["vi"] not in said["text"]


def test_a_contact_that_nobody_has_proved_gets_nothing(site: Site) -> None:
    browser = telling(site)
    issued(site, verified=False)
    wrong(browser)
    other = site.accounts.issue(
        name="An",
        document="",
        nationality="",
        email="an@vidu.vn",
        phone="",
        language="vi",
        author="hanh",
        now=site.clock(),
    )
    site.services.credentials.issue("an-2026", owner=Owner.READER, owner_id=other.id, author="hanh", now=site.clock())
    code = site.accounts.codes.start(other, Channel.EMAIL, "an@vidu.vn", now=site.clock())
    site.accounts.codes.answer(other.id, code.digits, now=site.clock())
    wrong(browser, login="an-2026")
    assert wait(lambda: bool(messages(site)))
    assert [said["to"] for said in messages(site)] == ["an@vidu.vn"], "the one before waited in the same line"


def test_whoever_types_waits_for_no_mail_server(site: Site) -> None:
    slow = SlowOutlet(1.5, site.outbox)
    browser = telling(site, Outlets({Channel.EMAIL: slow}))
    issued(site)
    wrong(browser, 4)
    begun = time.monotonic()
    wrong(browser, 1)
    took = time.monotonic() - begun
    assert wait(lambda: slow.begun == 1)
    assert took < 1, "the answer came before the message was handed over"
    assert wait(lambda: len(messages(site)) == 1)


def test_a_message_that_cannot_be_sent_changes_no_answer(site: Site, caplog: pytest.LogCaptureFixture) -> None:
    browser = telling(site, Outlets({Channel.EMAIL: DeadOutlet()}))
    issued(site)
    answers = wrong(browser, 7)
    assert len(set(answers)) == 1
    assert wait(lambda: "of a lock nobody was told: mail: ConnectionRefusedError" in caplog.text)
    assert "jane@example.org" not in caplog.text


def test_of_staff_nobody_is_told_and_of_too_many_the_log(site: Site, caplog: pytest.LogCaptureFixture) -> None:
    held = HeldOutlet(site.outbox)
    notices = LockNotices(site.accounts, Outlets({Channel.EMAIL: held}), archive_names=NAMES)
    account, now = issued(site), site.clock()
    with site.app.test_request_context("/"):
        notices.tell(Lock(Owner.STAFF, account.id, now, now))
        for _ in range(WAITING + 1):
            notices.tell(Lock(Owner.READER, account.id, now, now))
    held.free.set()
    assert wait(lambda: len(messages(site)) == WAITING), "neither of the staff's lock nor of the last one"
    assert caplog.text.count("of a lock nobody was told: too many at once") == 1
