"""Pages of administration answer those whose duty they are, and nobody else, in both languages."""

import pytest

from access_policy.register.store import Register
from portal.accounts.staff.roles import Role
from tests.desk.administration.given import JUNK
from tests.desk.browser import Browser, token_of
from tests.requests.world import World

PROVISIONS = {
    "/quy-dinh",
    "/quy-dinh/deadlines",
    "/quy-dinh/calendar",
    "/quy-dinh/letters/sua",
    "/quy-dinh/fees/so-sanh?tu=0&den=0",
}
CASES = {"/ho-so/xuat.xlsx", "/phieu-lay-tai-lieu"}
LISTS = {"/danh-muc", "/danh-muc/nhap"}
PAGES = PROVISIONS | CASES | LISTS | {"/rut-tai-lieu", "/tra-tai-lieu?id=qn.td", "/khoi-luong"}

OPENED = {
    Role.ARCHIVIST: CASES | {"/rut-tai-lieu", "/tra-tai-lieu?id=qn.td"},
    Role.HEAD: PAGES - LISTS,
    Role.POLICY_OFFICER: PAGES - CASES - {"/khoi-luong"},
    Role.AUDITOR: set(),
    Role.ADMINISTRATOR: set(),
}
POSTS = {
    "/quy-dinh/fees/sua": {Role.HEAD, Role.POLICY_OFFICER},
    "/danh-muc/cho-hieu-luc": {Role.POLICY_OFFICER},
    "/danh-muc/nhap": {Role.POLICY_OFFICER},
    "/rut-tai-lieu": {Role.HEAD, Role.POLICY_OFFICER, Role.ARCHIVIST},
    "/rut-tai-lieu/1": {Role.HEAD, Role.POLICY_OFFICER, Role.ARCHIVIST},
}


@pytest.mark.parametrize("role", list(Role))
def test_a_role_opens_what_its_duties_say_in_both_languages(role: Role, world: World) -> None:
    browser = world.member("giang", role)
    for prefix, lang in (("", "vi"), ("/en", "en")):
        answers = {page: browser.get(f"{prefix}{page}") for page in PAGES}
        assert {page for page, answer in answers.items() if answer.status_code == 200} == OPENED[role]
        assert {answer.status_code for answer in answers.values()} <= {200, 404}
        for page in OPENED[role] - {"/ho-so/xuat.xlsx"}:
            assert f'<html lang="{lang}">' in answers[page].text


@pytest.mark.parametrize("role", list(Role))
def test_a_form_is_taken_from_those_whose_duty_it_is_with_a_token(role: Role, world: World, register: Register) -> None:
    assert register.withdraw("qn.x", reason="r", author="a", now=world.desk_clock()) == 1
    browser = world.member("giang", role)
    token = token_of(browser.get("/").text)
    for path, roles in POSTS.items():
        assert browser.send(path).status_code == 400, path
        taken = browser.send(path, csrf_token=token)
        if role not in roles:
            assert taken.status_code == 404, path
        elif path != "/danh-muc/cho-hieu-luc":
            assert taken.status_code == 422, path


def test_nobody_is_let_in_without_signing_in(world: World) -> None:
    client = Browser(world.desk, world.desk_clock)
    for page in PAGES:
        assert client.get(page).status_code == 303


@pytest.mark.parametrize("junk", JUNK)
def test_junk_in_an_address_gets_a_page_and_no_fault_of_ours(junk: str, world: World) -> None:
    browser = world.member("giang", Role.POLICY_OFFICER, Role.HEAD)
    junk = junk[:300]
    asked = (
        ("/quy-dinh/fees", {"ban": junk}),
        ("/quy-dinh/fees/so-sanh", {"tu": junk, "den": junk}),
        ("/danh-muc/xem", {"so": junk, "part": junk, "tu_ngay": junk, "thay": junk}),
        ("/rut-tai-lieu", {"record": junk, "pages": junk, "reason": junk}),
        ("/tra-tai-lieu", {"id": junk}),
        ("/tra-tai-lieu", {"tim": junk}),
        ("/tra-tai-lieu", {"tim": "đất", "trang": junk, "trang_ma": junk}),
        ("/phieu-lay-tai-lieu", {"assigned_to": junk}),
        ("/phieu-lay-tai-lieu", {"part": junk}),
        ("/ho-so/xuat.xlsx", {"code": junk}),
        ("/ho-so/xuat.xlsx", {"pile": junk}),
    )
    for path, query in asked:
        assert browser.get(path, query_string=query).status_code < 500, (path, query)
    for path in ("/quy-dinh/khong-co", "/quy-dinh/khong-co/sua", "/rut-tai-lieu/99999999999999", "/rut-tai-lieu/7"):
        assert browser.get(path).status_code == 404
