"""What administrators do with the accounts of others, what auditors see of it, and how readers get accounts."""

import re
from collections.abc import Callable
from html import unescape

import pytest
from flask import Flask

from portal.accounts.credentials.events import Owner
from portal.accounts.staff.roles import Role
from portal.desk.services import DeskServices
from tests.desk.browser import GOOD, Browser
from tests.desk.conftest import Employ

READER = {
    "name": "Élise Martin",
    "kind": "passport",
    "number": "20fv12345",
    "nationality": "FR",
    "email": "elise@example.org",
    "phone": "",
    "language": "en",
}


@pytest.fixture
def colleague(app: Flask, signed_in: Callable[..., Browser], employ: Employ) -> tuple[Browser, Browser]:
    """An administrator, and somebody else who is signed in."""
    administrator = signed_in(Role.ADMINISTRATOR, login="quan.tri")
    other = Browser(app, administrator.clock)
    other.first_sign_in("hanh", employ("hanh"))
    return administrator, other


def test_a_lock_throws_out_and_an_unlock_lets_in_again(colleague: tuple[Browser, Browser]) -> None:
    administrator, other = colleague
    assert administrator.post("/nhan-su/hanh/khoa", form="/nhan-su").location == "/nhan-su"
    assert other.get("/").status_code == 303
    assert other.give_password("hanh", GOOD).status_code == 422
    assert "Đã khóa" in administrator.get("/nhan-su").text
    administrator.post("/nhan-su/hanh/mo-khoa", form="/nhan-su")
    assert other.sign_in("hanh").location == "/"


def test_a_lock_by_failures_is_shown_and_opened(colleague: tuple[Browser, Browser], services: DeskServices) -> None:
    administrator, other = colleague
    other.post("/dang-xuat", form="/")
    for _ in range(5):
        services.credentials.check("hanh", "x", owner=Owner.STAFF, now=administrator.clock())
    assert "Tạm khóa vì sai nhiều lần" in administrator.get("/nhan-su").text
    assert other.give_password("hanh", GOOD).status_code == 422
    administrator.post("/nhan-su/hanh/mo-khoa", form="/nhan-su")
    assert other.sign_in("hanh").location == "/"


def test_a_reset_code_is_set_up_anew(colleague: tuple[Browser, Browser]) -> None:
    administrator, other = colleague
    administrator.post("/nhan-su/hanh/dat-lai-ma", form="/nhan-su")
    assert other.get("/").status_code == 303
    assert other.give_password("hanh", GOOD).location == "/dang-nhap/cai-ma"


def test_a_new_one_time_password_is_shown_once_and_asks_for_the_code_all_the_same(
    colleague: tuple[Browser, Browser],
) -> None:
    administrator, other = colleague
    slip = administrator.post("/nhan-su/hanh/cap-lai-mat-khau", form="/nhan-su").text
    password = unescape(re.findall(r'class="code">\s*(\S+)\s*<', slip)[1])
    assert other.get("/").status_code == 303
    assert other.give_password("hanh", password).location == "/dang-nhap/ma"


@pytest.mark.parametrize("act", ["khoa", "mo-khoa", "dat-lai-ma", "cap-lai-mat-khau"])
def test_nobody_manages_themselves_nor_who_is_not_there(act: str, signed_in: Callable[..., Browser]) -> None:
    administrator = signed_in(Role.ADMINISTRATOR, login="quan.tri")
    for login in ("quan.tri", "nobody"):
        assert administrator.post(f"/nhan-su/{login}/{act}", form="/nhan-su").status_code == 404
    assert administrator.get("/").status_code == 200


def test_the_auditor_sees_who_did_what_to_whom(colleague: tuple[Browser, Browser], app: Flask, employ: Employ) -> None:
    administrator, _other = colleague
    administrator.post("/nhan-su/hanh/khoa", form="/nhan-su")
    auditor = Browser(app, administrator.clock)
    auditor.give_password("không-có-ai", "x")
    auditor.first_sign_in("kiem", employ("kiem", Role.AUDITOR))
    page = re.sub(r"\s+", " ", auditor.get("/su-kien").text)
    assert "<td>hanh</td> <td>Khóa</td> <td>quan.tri</td>" in page
    assert "không-có-ai" not in page, "what was typed may be a password"


def test_events_go_on_backwards(signed_in: Callable[..., Browser], services: DeskServices) -> None:
    auditor = signed_in(Role.AUDITOR)
    for _ in range(120):
        services.credentials.check("nobody", "x", owner=Owner.STAFF, now=auditor.clock())
    page = auditor.get("/su-kien").text
    older = re.search(r'href="(/su-kien\?truoc=\d+)"', page)
    assert older
    assert "Thêm nhân sự" not in page
    assert "Thêm nhân sự" in auditor.get(older[1]).text
    assert auditor.get("/su-kien?truoc=x").status_code == 400


def test_a_reader_gets_an_account_and_a_slip(signed_in: Callable[..., Browser], services: DeskServices) -> None:
    archivist = signed_in(Role.ARCHIVIST)
    slip = archivist.post("/cap-tai-khoan", **READER, sheet="1" * 32).text
    login, password, site = re.findall(r'<dd class="code">\s*(\S+)\s*</dd>', slip)
    password = unescape(password)
    assert site == "http://127.0.0.1:8000"
    checked = services.credentials.check(login, password, owner=Owner.READER, now=archivist.clock())
    assert checked.credential is not None
    assert checked.credential.must_change
    account = services.accounts.by_id(checked.credential.owner_id)
    assert account is not None
    assert account.facts.document == "passport 20FV12345"
    assert (account.name, account.facts.nationality, account.language) == ("Élise Martin", "FR", "en")
    assert account.issued_by == "hanh"


def test_what_a_reader_was_given_opens_nothing_at_the_desk(signed_in: Callable[..., Browser], app: Flask) -> None:
    archivist = signed_in(Role.ARCHIVIST)
    slip = archivist.post("/cap-tai-khoan", **READER, sheet="1" * 32).text
    login, password, _site = re.findall(r'<dd class="code">\s*(\S+)\s*</dd>', slip)
    other = Browser(app, archivist.clock)
    assert other.give_password(login, unescape(password)).status_code == 422


def test_the_same_sheet_is_taken_once(signed_in: Callable[..., Browser]) -> None:
    archivist = signed_in(Role.ARCHIVIST)
    assert archivist.post("/cap-tai-khoan", **READER, sheet="2" * 32).status_code == 200
    again = archivist.post("/cap-tai-khoan", **READER, sheet="2" * 32)
    assert again.status_code == 422
    assert "đã gửi rồi" in again.text


@pytest.mark.parametrize(
    ("wrong", "said"),
    [
        ({"name": " "}, "Ghi họ tên"),
        ({"kind": "x"}, "Chọn loại giấy tờ"),
        ({"number": "<b>"}, "Số giấy tờ chỉ có"),
        ({"nationality": "XX"}, "Chọn quốc tịch"),
        ({"email": "elise"}, "Thư điện tử chưa đúng"),
        ({"phone": "abc"}, "Số điện thoại chưa đúng"),
        ({"language": "fr"}, "Chọn tiếng Việt"),
        ({"email": "", "phone": ""}, "Ghi thư điện tử hoặc số điện thoại"),
    ],
)
def test_what_is_wrong_is_said_and_what_was_typed_stays(
    wrong: dict[str, str], said: str, signed_in: Callable[..., Browser]
) -> None:
    archivist = signed_in(Role.ARCHIVIST)
    given = READER | wrong
    answer = archivist.post("/cap-tai-khoan", **given)
    assert answer.status_code == 422
    assert answer.text.count(said) == 2, "on top and beside the field"
    kept = given["name"] if given["name"].strip() else given["number"]
    assert f'value="{kept}"' in answer.text
