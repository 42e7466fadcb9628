"""What staff do with their own account."""

from collections.abc import Callable

from flask import Flask

from portal.accounts.credentials.events import Owner
from portal.accounts.staff.roles import Role
from portal.desk.services import DeskServices
from tests.desk.browser import GOOD, Browser, codes_of

OTHER = "Nắng hạn 8 tuần"


def second(browser: Browser, app: Flask) -> Browser:
    """The same person at another browser."""
    other = Browser(app, browser.clock)
    other.secret = browser.secret
    assert other.sign_in("hanh").location == "/"
    return other


def test_sessions_are_listed_and_ended_one_by_one(
    signed_in: Callable[..., Browser], app: Flask, services: DeskServices
) -> None:
    first = signed_in()
    other = second(first, app)
    found = services.sessions.of_owner(services.staff.by_login("hanh").id)  # type: ignore[union-attr]
    assert len(found) == 2
    page = first.get("/tai-khoan").text
    assert all(each.key in page for each in found)
    assert page.count("phiên này") == 1
    newest = max(found, key=lambda each: each.stored.begun_at)
    assert first.post(f"/tai-khoan/phien/{newest.key}/ket-thuc", form="/tai-khoan").status_code == 303
    assert other.get("/").status_code == 303
    assert first.get("/").status_code == 200


def test_all_other_sessions_are_ended_at_once(signed_in: Callable[..., Browser], app: Flask) -> None:
    first = signed_in()
    others = [second(first, app) for _ in range(2)]
    first.post("/tai-khoan/phien/ket-thuc-het", form="/tai-khoan")
    assert [other.get("/").status_code for other in others] == [303, 303]
    assert first.get("/").status_code == 200


def test_a_session_of_somebody_else_is_not_there(
    signed_in: Callable[..., Browser], app: Flask, employ: Callable[..., str], services: DeskServices
) -> None:
    browser = signed_in()
    stranger = Browser(app, browser.clock)
    stranger.first_sign_in("binh", employ("binh", Role.HEAD))
    key = services.sessions.of_owner(services.staff.by_login("binh").id)[0].key  # type: ignore[union-attr]
    assert browser.post(f"/tai-khoan/phien/{key}/ket-thuc", form="/tai-khoan").status_code == 404
    assert stranger.get("/").status_code == 200


def test_changing_the_password_ends_other_sessions_and_changes_the_id(
    signed_in: Callable[..., Browser], app: Flask
) -> None:
    first = signed_in()
    other, before = second(first, app), first.cookie()
    answer = first.post("/tai-khoan/mat-khau", current=GOOD, new=OTHER, again=OTHER)
    assert answer.location == "/tai-khoan"
    assert first.cookie() != before
    assert first.get("/").status_code == 200
    assert other.get("/").status_code == 303
    first.post("/dang-xuat", form="/")
    assert first.sign_in("hanh", OTHER).location == "/"


def test_the_password_is_not_changed_without_the_old_one(
    signed_in: Callable[..., Browser], services: DeskServices
) -> None:
    browser = signed_in()
    answer = browser.post("/tai-khoan/mat-khau", current="x", new=OTHER, again=OTHER)
    assert answer.status_code == 422
    assert "Mật khẩu hiện tại không đúng." in answer.text
    assert services.credentials.check("hanh", GOOD, owner=Owner.STAFF, now=browser.clock()).passed


def test_new_recovery_codes_need_a_code_and_end_the_old_ones(
    browser: Browser, employ: Callable[..., str], services: DeskServices
) -> None:
    old = browser.first_sign_in("hanh", employ("hanh"))
    assert browser.post("/tai-khoan/ma-du-phong", form="/tai-khoan", code="123").status_code == 422
    new = codes_of(browser.post("/tai-khoan/ma-du-phong", form="/tai-khoan", code=browser.code()).text)
    assert len(new) == 10
    assert not set(new) & set(old)
    factors, now = services.credentials.second_factors, browser.clock
    assert not factors.check("hanh", old[0], owner=Owner.STAFF, now=now())
    assert factors.check("hanh", new[0], owner=Owner.STAFF, now=now())
    assert factors.recovery_codes_left("hanh") == 9
