"""Accounts that the archive issued: a password alone opens nothing; the first time app and password are set up."""

import re

import pyotp
import pytest

from portal.accounts.credentials.events import Owner
from portal.accounts.people.account import Account
from tests.accounts.views.browser import Browser
from tests.accounts.views.site import Site

START = "/dang-nhap/tai-khoan"
OWN = "Mot cau dai 2026!"


@pytest.fixture
def account(site: Site) -> Account:
    return site.accounts.issue(
        name="Jane Doe",
        document="Hộ chiếu X0000001",
        nationality="GBR",
        email="",
        phone="",
        language="en",
        author="archivist",
        now=site.clock(),
    )


@pytest.fixture
def slip(site: Site, account: Account) -> str:
    """The password that staff hand over."""
    return site.services.credentials.issue(
        "jane", owner=Owner.READER, owner_id=account.id, author="archivist", now=site.clock()
    )


def key_on(page: str) -> str:
    found = re.search(r'<b class="code">([A-Z2-7 ]+)</b>', page)
    assert found is not None, page
    return found[1].replace(" ", "")


def current(site: Site, key: str) -> str:
    return pyotp.TOTP(key).at(site.clock())


def set_up(browser: Browser, site: Site, slip: str) -> tuple[str, list[str]]:
    """Through the first sign-in; the key of the app and the recovery codes."""
    assert browser.post(START, login="Jane ", password=slip, next="/phong").location == f"{START}/ung-dung?next=/phong"
    key = key_on(browser.get(f"{START}/ung-dung").text)
    shown = browser.post(f"{START}/ung-dung", code=current(site, key), next="/phong")
    codes = re.findall(r"<li>([0-9a-z]{4}(?:-[0-9a-z]{4}){3})</li>", shown.text)
    assert len(codes) == 10
    assert browser.get(f"{START}/xong?next=/phong").location == f"{START}/mat-khau?next=/phong"
    done = browser.post(f"{START}/mat-khau", password=OWN, again=OWN, next="/phong")
    assert done.location == "/dang-nhap/hoan-tat?next=/phong"
    return key, codes


def test_the_first_time_app_and_password_are_set_up(browser: Browser, site: Site, slip: str) -> None:
    set_up(browser, site, slip)
    browser.complete("jane@example.org", language="en")
    page = browser.get("/tai-khoan").text
    for shown in ("Jane Doe", "Hộ chiếu X0000001", "GBR", "Tên đăng nhập và mật khẩu do lưu trữ cấp"):
        assert shown in page


def test_later_a_password_and_a_code(browser: Browser, site: Site, slip: str) -> None:
    key, codes = set_up(browser, site, slip)
    site.clock.pass_by(minutes=1)
    again = Browser(site)
    assert again.post(START, login="jane", password=OWN).location == f"{START}/ma?next=/"
    assert again.get("/dang-nhap/hoan-tat").location.startswith("/dang-nhap?"), "half a sign-in opens nothing"
    assert again.post(f"{START}/ma", code="000000").status_code == 400
    before = again.cookie
    assert again.post(f"{START}/ma", code=current(site, key)).location.startswith("/dang-nhap/hoan-tat")
    assert again.cookie != before
    other = Browser(site)
    other.post(START, login="jane", password=OWN)
    assert other.post(f"{START}/ma", code=codes[3]).location.startswith("/dang-nhap/hoan-tat")


@pytest.mark.parametrize(
    ("login", "password"), [("jane", "sai"), ("khong-co", "sai"), ("", ""), ("a" * 300, "x" * 5000)]
)
def test_whatever_is_wrong_the_answer_is_the_same(browser: Browser, slip: str, login: str, password: str) -> None:
    answer = browser.post(START, login=login, password=password)
    assert answer.status_code == 400
    assert answer.text.count("Tên đăng nhập hoặc mật khẩu không đúng.") == 2
    assert 'type="password"' in answer.text
    assert password == "" or f'value="{password}"' not in answer.text


@pytest.mark.parametrize("step", ["ma", "mat-khau", "ung-dung", "xong"])
def test_no_step_is_reached_without_the_ones_before(browser: Browser, step: str) -> None:
    assert browser.get(f"{START}/{step}").location == f"{START}?next=/"
    assert browser.get(f"{START}/ung-dung.svg").status_code == 404


def test_the_app_cannot_be_set_up_anew_by_who_only_has_the_password(browser: Browser, site: Site, slip: str) -> None:
    set_up(browser, site, slip)
    thief = Browser(site)
    thief.post(START, login="jane", password=OWN)
    assert thief.get(f"{START}/ung-dung").location == f"{START}/ma?next=/"
    assert thief.get(f"{START}/ung-dung.svg").status_code == 404
    assert thief.post(f"{START}/ung-dung", seen_on=f"{START}/ma", code="123456").location == f"{START}/ma?next=/"


def test_half_a_sign_in_gets_old(browser: Browser, site: Site, slip: str) -> None:
    browser.post(START, login="jane", password=slip)
    site.clock.pass_by(minutes=11)
    assert browser.get(f"{START}/ung-dung").location == f"{START}?next=/"


def test_the_picture_is_of_the_key_and_kept_by_nobody(browser: Browser, slip: str) -> None:
    browser.post(START, login="jane", password=slip)
    key = key_on(browser.get(f"{START}/ung-dung").text)
    picture = browser.get(f"{START}/ung-dung.svg")
    assert picture.mimetype == "image/svg+xml"
    assert picture.headers["Cache-Control"] == "private, no-store"
    assert key not in picture.text
    assert key_on(browser.get(f"{START}/ung-dung").text) == key, "the same until it is confirmed"


@pytest.mark.parametrize(
    ("password", "again", "words"),
    [
        (OWN, OWN + "x", "không giống nhau"),
        ("Ngan1!", "Ngan1!", "còn ngắn"),
        ("matkhaudaidai", "matkhaudaidai", "đủ chữ"),
    ],
)
def test_a_bad_password_is_said(browser: Browser, site: Site, slip: str, password: str, again: str, words: str) -> None:
    browser.post(START, login="jane", password=slip)
    key = key_on(browser.get(f"{START}/ung-dung").text)
    browser.post(f"{START}/ung-dung", code=current(site, key))
    answer = browser.post(f"{START}/mat-khau", password=password, again=again)
    assert answer.status_code == 400
    assert words in answer.text
    assert password not in answer.text


def test_an_account_to_be_deleted_opens_no_more(browser: Browser, site: Site, slip: str, account: Account) -> None:
    key, _codes = set_up(browser, site, slip)
    site.accounts.ask_deletion(account.id, now=site.clock())
    site.clock.pass_by(minutes=1)
    again = Browser(site)
    again.post(START, login="jane", password=OWN)
    assert "why=deletion-asked" in again.post(f"{START}/ma", code=current(site, key)).location
    assert not again.signed_in()
