"""Signing in at the desk: two steps, of which one alone gives nothing."""

from collections.abc import Callable

import pytest
from flask import Flask
from hypothesis import given
from hypothesis import strategies as st

from portal.accounts.credentials.events import Owner
from portal.accounts.local_path import local_path
from portal.accounts.staff.roles import Role
from portal.desk.services import DeskServices
from tests.desk.browser import GOOD, Browser, codes_of
from tests.desk.clock import Clock
from tests.desk.conftest import Employ

WRONG = "Tên đăng nhập hoặc mật khẩu không đúng."
OTHER = "Nắng hạn 8 tuần"


def inside(browser: Browser) -> bool:
    return browser.get("/").status_code == 200


def test_the_first_time_a_password_is_chosen_then_an_app_set_up_then_codes_shown(
    browser: Browser, employ: Employ
) -> None:
    password = employ("hanh")
    assert browser.give_password("hanh", password).location == "/dang-nhap/mat-khau-moi"
    assert browser.get("/dang-nhap/cai-ma").location == "/dang-nhap/mat-khau-moi", "no step can be left out"
    assert not inside(browser)
    assert browser.post("/dang-nhap/mat-khau-moi", new=GOOD, again=GOOD).location == "/dang-nhap/cai-ma"
    assert not inside(browser)
    page = browser.enrol()
    assert len(codes_of(page.text)) == 10
    assert inside(browser)
    assert codes_of(browser.get("/tai-khoan").text) == [], "shown once"


def test_the_one_time_password_opens_nothing_after_that(signed_in: Callable[..., Browser], app: Flask) -> None:
    signed_in()
    other = Browser(app, Clock())
    assert WRONG in other.give_password("hanh", "x" * 16).text


def test_a_password_alone_gives_nothing(browser: Browser, signed_in: Callable[..., Browser], app: Flask) -> None:
    signed_in(Role.ADMINISTRATOR)
    other = Browser(app, browser.clock)
    assert other.give_password("hanh", GOOD).location == "/dang-nhap/ma"
    for path in ("/", "/nhan-su", "/tai-khoan", "/tai-khoan/mat-khau"):
        assert other.get(path).location.startswith("/dang-nhap"), path
    assert other.get("/dang-nhap/mat-khau-moi").location == "/dang-nhap/ma"
    assert other.get("/dang-nhap/cai-ma").location == "/dang-nhap/ma", "an app that is set up is not set up anew"
    assert not inside(other)


def test_the_second_time_a_code_is_asked(signed_in: Callable[..., Browser]) -> None:
    browser = signed_in()
    browser.post("/dang-xuat", form="/")
    assert not inside(browser)
    assert browser.sign_in("hanh").location == "/"
    assert inside(browser)


def test_a_code_opens_once(signed_in: Callable[..., Browser]) -> None:
    browser = signed_in()
    browser.post("/dang-xuat", form="/")
    code = browser.code()
    browser.give_password("hanh", GOOD)
    assert browser.post("/dang-nhap/ma", code=code).location == "/"
    browser.post("/dang-xuat", form="/")
    browser.give_password("hanh", GOOD)
    assert browser.post("/dang-nhap/ma", code=code).status_code == 422
    assert not inside(browser)


def test_a_recovery_code_opens_once(browser: Browser, employ: Employ) -> None:
    codes = browser.first_sign_in("hanh", employ("hanh"))
    for expected in ("/", None):
        browser.post("/dang-xuat", form="/")
        browser.give_password("hanh", GOOD)
        assert browser.post("/dang-nhap/ma", code=codes[3].upper().replace("-", " ")).location == expected
    assert not inside(browser)


def test_the_session_has_another_id_after_each_step(browser: Browser, employ: Employ) -> None:
    password = employ("hanh")
    browser.get("/dang-nhap")
    ids = [browser.cookie()]
    browser.give_password("hanh", password)
    ids.append(browser.cookie())
    browser.post("/dang-nhap/mat-khau-moi", new=GOOD, again=GOOD)
    ids.append(browser.cookie())
    browser.enrol()
    ids.append(browser.cookie())
    assert all(ids)
    assert len(set(ids)) == len(ids)


def test_an_id_that_somebody_planted_is_worth_nothing(app: Flask, browser: Browser, employ: Employ) -> None:
    victim, thief = browser, Browser(app, browser.clock)
    thief.get("/dang-nhap")
    victim.client.set_cookie("__Host-desk", thief.cookie(), domain="localhost", secure=True)
    victim.first_sign_in("hanh", employ("hanh"))
    assert inside(victim)
    assert not inside(thief)


def test_a_sign_in_that_takes_too_long_begins_anew(browser: Browser, employ: Employ, clock: Clock) -> None:
    browser.give_password("hanh", employ("hanh"))
    clock.on(minutes=11)
    assert browser.get("/dang-nhap/mat-khau-moi").location == "/dang-nhap"


def test_a_password_that_an_administrator_replaces_meanwhile_leads_no_further(
    browser: Browser, employ: Employ, services: DeskServices, clock: Clock
) -> None:
    browser.give_password("hanh", employ("hanh"))
    services.credentials.reset_password("hanh", owner=Owner.STAFF, author="test", now=clock.on(seconds=1))
    assert browser.get("/dang-nhap/mat-khau-moi").location == "/dang-nhap"


@pytest.mark.parametrize("state", ["unknown", "wrong", "locked by failures", "locked by an administrator", "idle"])
def test_whoever_may_not_hears_the_same(
    state: str, browser: Browser, employ: Employ, services: DeskServices, clock: Clock
) -> None:
    password = employ("hanh")
    if state == "locked by failures":
        for _ in range(5):
            services.credentials.check("hanh", "x", owner=Owner.STAFF, now=clock())
    if state == "locked by an administrator":
        services.staff.lock("hanh", author="test", now=clock())
    if state == "idle":
        clock.on(days=46)
    given = "x" if state == "wrong" else password
    answer = browser.give_password("nobody" if state == "unknown" else "hanh", given)
    assert answer.status_code == 422
    assert WRONG in answer.text
    expected = browser.give_password("no-such-login", "x").text.replace("no-such-login", "hanh")
    shown = answer.text.replace("nobody", "hanh")
    assert without_tokens(shown) == without_tokens(expected)


def without_tokens(page: str) -> list[str]:
    return [line for line in page.splitlines() if "csrf_token" not in line]


def test_a_password_that_has_got_too_old_is_changed_after_the_code(
    signed_in: Callable[..., Browser], clock: Clock
) -> None:
    browser = signed_in(Role.ADMINISTRATOR)
    clock.on(days=30)
    assert browser.sign_in("hanh").location == "/"
    clock.on(days=31)
    browser.give_password("hanh", GOOD)
    assert browser.get("/dang-nhap/mat-khau-moi").location == "/dang-nhap/ma"
    assert browser.post("/dang-nhap/ma", code=browser.code()).location == "/dang-nhap/mat-khau-moi"
    assert not inside(browser)
    assert browser.post("/dang-nhap/mat-khau-moi", new=OTHER, again=OTHER).location == "/"
    assert inside(browser)


def test_the_password_of_an_archivist_does_not_get_too_old(signed_in: Callable[..., Browser], clock: Clock) -> None:
    browser = signed_in(Role.ARCHIVIST)
    for _ in range(2):
        clock.on(days=40)
        browser.get("/")
        assert browser.sign_in("hanh").location == "/"


def test_idleness_locks_and_the_way_leads_back(signed_in: Callable[..., Browser], clock: Clock) -> None:
    browser = signed_in()
    clock.on(minutes=16)
    away = browser.get("/cap-tai-khoan?x=1")
    assert away.location == "/dang-nhap?next=/cap-tai-khoan?x%3D1&het-phien=1"
    assert "Phiên làm việc đã khóa" in browser.get(away.location).text
    browser.give_password("hanh", GOOD, next_address="/cap-tai-khoan?x=1")
    assert browser.post("/dang-nhap/ma", code=browser.code()).location == "/cap-tai-khoan?x=1"


def test_a_session_ends_at_the_latest_after_the_absolute_limit(signed_in: Callable[..., Browser], clock: Clock) -> None:
    browser = signed_in()
    for _ in range(61):
        clock.on(minutes=10)
        last = inside(browser)
    assert not last


@pytest.mark.parametrize(
    "address", ["https://evil.example/", "//evil.example/", "/\\evil.example", "javascript:x", "/%5cevil"]
)
def test_nobody_is_sent_elsewhere_after_signing_in(
    address: str, browser: Browser, signed_in: Callable[..., Browser]
) -> None:
    signed_in()
    browser.post("/dang-xuat", form="/")
    browser.give_password("hanh", GOOD, next_address=address)
    assert browser.post("/dang-nhap/ma", code=browser.code()).location == "/"


@given(st.text(max_size=40).map(lambda rest: "/" + rest))
def test_whatever_is_kept_as_a_way_back_is_a_path_of_this_site(address: str) -> None:
    kept = local_path(address, otherwise="")
    assert not kept.startswith(("//", "/\\"))
    assert not any(letter in kept for letter in "\t\r\n\\")


def test_a_lock_by_an_administrator_is_felt_at_once(
    signed_in: Callable[..., Browser], services: DeskServices, clock: Clock
) -> None:
    browser = signed_in()
    services.staff.lock("hanh", author="test", now=clock())
    assert not inside(browser)
    services.staff.unlock("hanh", author="test", now=clock())
    assert not inside(browser), "the session does not come back"


def test_wrong_codes_lock_and_the_password_does_not_wash_them_off(
    signed_in: Callable[..., Browser], clock: Clock
) -> None:
    browser = signed_in()
    browser.post("/dang-xuat", form="/")
    for _ in range(5):
        assert browser.give_password("hanh", GOOD).location == "/dang-nhap/ma"
        assert browser.post("/dang-nhap/ma", code="000000").status_code == 422
    assert WRONG in browser.give_password("hanh", GOOD).text
    clock.on(hours=12)
    assert browser.sign_in("hanh").location == "/"


def test_the_picture_is_the_key_and_is_kept_by_nobody(browser: Browser, employ: Employ) -> None:
    assert browser.get("/dang-nhap/cai-ma/anh-qr.svg").location == "/dang-nhap"
    browser.give_password("hanh", employ("hanh"))
    browser.post("/dang-nhap/mat-khau-moi", new=GOOD, again=GOOD)
    browser.get("/dang-nhap/cai-ma")
    first, again = (browser.get("/dang-nhap/cai-ma/anh-qr.svg") for _ in range(2))
    assert first.mimetype == "image/svg+xml"
    assert first.text == again.text
    assert first.text.startswith("<svg")
    assert first.headers["Cache-Control"] == "private, no-store"
    browser.enrol()
    assert browser.get("/dang-nhap/cai-ma/anh-qr.svg").location == "/dang-nhap", "never again"


@pytest.mark.parametrize(
    ("new", "again", "said"),
    [
        ("ngắn", "ngắn", "ít nhất 8 ký tự"),
        ("khongcochuhoa1-", "khongcochuhoa1-", "chữ hoa"),
        ("Hanh-2026-abc", "Hanh-2026-abc", "tên đăng nhập"),
        ("Matkhau-123", "Matkhau-123", "dễ bị đoán"),
        (GOOD, GOOD + "x", "không giống nhau"),
    ],
)
def test_a_bad_new_password_is_told_and_nothing_is_lost(
    new: str, again: str, said: str, browser: Browser, employ: Employ
) -> None:
    browser.give_password("hanh", employ("hanh"))
    answer = browser.post("/dang-nhap/mat-khau-moi", new=new, again=again)
    assert answer.status_code == 422
    assert said in answer.text
    assert browser.get("/dang-nhap/mat-khau-moi").status_code == 200
