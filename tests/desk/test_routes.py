"""Every route of the desk declares for whom it is; whatever did not is answered by nobody."""

import re
from collections.abc import Callable

import pytest
from flask import Flask
from werkzeug.routing import Rule

from portal.accounts.staff.roles import Duty, Role
from portal.desk.app import create_desk
from portal.desk.gate import Open
from portal.desk.services import DeskServices
from portal.settings import PortalSettings
from tests.desk.browser import SITE, Browser

ANYONE = {"static", "health.live", "health.ready"}
ANYONE_SIGNING_IN = {
    "sign_in",
    "check_password",
    "code",
    "check_code",
    "first_password",
    "set_first_password",
    "enrol",
    "enrol_picture",
    "confirm_app",
    "go_to_provider",
    "signed_out",
    "back_channel",
}
STAFF = {
    "home",
    "sign_out",
    "account",
    "end_session",
    "end_other_sessions",
    "password",
    "change_password",
    "new_recovery_codes",
}
OF_A_DUTY = {
    Duty.MANAGE_STAFF: {"staff", "lock_staff", "unlock_staff", "reset_totp", "reset_password"},
    Duty.DELETE_READER_ACCOUNTS: {"deletions", "deletion", "delete_account"},
    Duty.SEE_EVENTS: {"events"},
    Duty.ISSUE_READER_ACCOUNTS: {"issue", "issue_account"},
    Duty.HANDLE_CASES: {
        *("queue", "batch", "save_view", "export_queue", "case", "case_file", "add_note", "step", "slips"),
        *("undelivered", "send_again"),
    },
    Duty.EDIT_PROVISIONS: {"provisions", "provision", "compare_provision", "edit_provision", "save_provision"},
    Duty.MANAGE_RESTRICTIONS: {"lists", "list_version", "activate_list", "list_file", "import_list"},
    Duty.WITHDRAW: {"withdrawals", "withdrawal", "withdraw", "lift_withdrawal"},
    Duty.LOOK_UP_HOLDINGS: {"holdings"},
    Duty.SEE_WORKLOAD: {"workload"},
}

PAGES = (
    *("/nhan-su", "/su-kien", "/cap-tai-khoan", "/xoa-tai-khoan"),
    *("/ho-so", "/phieu-lay-tai-lieu", "/tin-chua-gui-duoc", "/quy-dinh", "/danh-muc", "/rut-tai-lieu"),
    *("/tra-tai-lieu", "/khoi-luong"),
)
FROM_THE_QUEUE = {"/phieu-lay-tai-lieu", "/tin-chua-gui-duoc"}
"""Pages of cases to which others lead than the first one."""

CASES = {"/ho-so"} | FROM_THE_QUEUE


def in_both_languages(names: set[str]) -> set[str]:
    return {f"{prefix}desk.{name}" for prefix in ("", "en.") for name in names}


def declared(app: Flask) -> dict[str, Duty | Open]:
    endpoints = {rule.endpoint for rule in app.url_map.iter_rules()}
    return {endpoint: app.view_functions[endpoint].declared_duty for endpoint in endpoints}  # type: ignore[attr-defined]


def test_every_route_declares_for_whom_it_is_and_the_list_is_this_one(app: Flask) -> None:
    expected: dict[str, Duty | Open] = dict.fromkeys(ANYONE | in_both_languages(ANYONE_SIGNING_IN), Open.ANYONE)
    expected |= dict.fromkeys(in_both_languages(STAFF), Open.STAFF)
    for duty, names in OF_A_DUTY.items():
        expected |= dict.fromkeys(in_both_languages(names), duty)
    assert declared(app) == expected


def test_a_route_that_declares_nothing_answers_nobody(settings: PortalSettings, services: DeskServices) -> None:
    app = create_desk(settings, services)
    app.add_url_rule("/quen", "forgotten", lambda: "kín")
    answer = app.test_client().get("/quen")
    assert answer.status_code == 404
    assert "kín" not in answer.text


def address(rule: Rule) -> str:
    return re.sub(r"<[^>]+>", "x", re.sub(r"<int[^>]*>", "1", rule.rule))


def posts(app: Flask) -> list[str]:
    """All but where a provider's server posts a token that is its own proof."""
    sent = {address(rule) for rule in app.url_map.iter_rules() if "POST" in (rule.methods or ())}
    return sorted(sent - {"/dang-nhap/x/ket-thuc", "/en/dang-nhap/x/ket-thuc"})


def test_every_post_without_a_token_is_refused(app: Flask, signed_in: Callable[..., Browser]) -> None:
    browser = signed_in(Role.ADMINISTRATOR, Role.ARCHIVIST)
    assert len(posts(app)) == 50
    for path in posts(app):
        assert browser.send(path, csrf_token="x").status_code == 400, path
        assert browser.send(path).status_code == 400, path


def test_nobody_who_has_not_signed_in_gets_past_the_sign_in(app: Flask, browser: Browser) -> None:
    for rule in app.url_map.iter_rules():
        if app.view_functions[rule.endpoint].declared_duty is Open.ANYONE:  # type: ignore[attr-defined]
            continue
        answer = browser.get(address(rule)) if "GET" in rule.methods else browser.post(address(rule), form="/dang-nhap")  # type: ignore[operator]
        assert answer.status_code == 303, rule.rule
        assert answer.location.startswith(("/dang-nhap", "/en/dang-nhap")), rule.rule


@pytest.mark.parametrize("role", list(Role))
def test_a_role_opens_the_pages_of_its_duties_and_no_others(role: Role, signed_in: Callable[..., Browser]) -> None:
    browser = signed_in(role)
    opened = {path for path in PAGES if browser.get(path).status_code == 200}
    assert (
        opened
        == {
            Role.ARCHIVIST: {"/cap-tai-khoan", "/rut-tai-lieu", "/tra-tai-lieu"} | CASES,
            Role.HEAD: {"/quy-dinh", "/rut-tai-lieu", "/tra-tai-lieu", "/khoi-luong"} | CASES,
            Role.POLICY_OFFICER: {"/quy-dinh", "/danh-muc", "/rut-tai-lieu", "/tra-tai-lieu"},
            Role.AUDITOR: {"/su-kien"},
            Role.ADMINISTRATOR: {"/nhan-su", "/xoa-tai-khoan"},
        }[role]
    )
    home = browser.get("/").text
    assert {path for path in PAGES if f'href="{path}"' in home} == opened - FROM_THE_QUEUE


def test_the_cookie_is_for_this_host_and_no_script(browser: Browser) -> None:
    cookie = browser.get("/dang-nhap").headers["Set-Cookie"]
    assert cookie.startswith("__Host-desk=")
    assert {part.strip() for part in cookie.split(";")[1:]} == {"Secure", "HttpOnly", "Path=/", "SameSite=Lax"}


def test_answers_are_kept_by_nobody_and_framed_by_nobody(browser: Browser) -> None:
    headers = browser.get("/dang-nhap").headers
    assert headers["Cache-Control"] == "private, no-store"
    assert "frame-ancestors 'none'" in headers["Content-Security-Policy"]
    assert "data:" not in headers["Content-Security-Policy"]
    assert headers["Strict-Transport-Security"]


def test_what_is_not_there_is_said_in_both_languages(browser: Browser) -> None:
    for path in ("/khong-co", "/en/khong-co"):
        answer = browser.get(path)
        assert answer.status_code == 404
        assert "desk" in answer.text


def test_every_page_is_there_in_english(signed_in: Callable[..., Browser]) -> None:
    browser = signed_in(Role.ADMINISTRATOR, Role.ARCHIVIST)
    for path in ("/en/", "/en/tai-khoan", "/en/tai-khoan/mat-khau", "/en/nhan-su", "/en/xoa-tai-khoan"):
        page = browser.get(path)
        assert page.status_code == 200, path
        assert '<html lang="en">' in page.text
        assert f'href="{path.removeprefix("/en")}"' in page.text


def test_a_foreign_host_is_refused(app: Flask) -> None:
    assert app.test_client().get("/dang-nhap", headers={"Host": "elsewhere.example"}).status_code == 400


def test_health_is_told_without_the_store_and_readiness_with_it(browser: Browser) -> None:
    assert browser.get("/healthz").json == {"status": "ok"}
    assert browser.get("/readyz").json == {"status": "ok"}


def test_too_many_sign_ins_from_one_address_are_held_back(settings: PortalSettings, services: DeskServices) -> None:
    narrow = settings.model_copy(update={"limit_sign_in": "3/minute"})
    client = create_desk(narrow, services).test_client()
    answers = [client.post("/dang-nhap", base_url=SITE).status_code for _ in range(5)]
    assert answers[-1] in (400, 429)
    asked = [client.get("/dang-nhap/tinh", base_url=SITE).status_code for _ in range(5)]
    assert asked[-1] == 429
