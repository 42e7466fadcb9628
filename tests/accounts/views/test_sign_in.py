"""To a provider and back: one account, a new session, and no way in for anybody else."""

import json

import pytest

from portal.accounts.people.events import Happening
from portal.accounts.providers.attempts import Attempts
from portal.accounts.terms import TERMS_VERSION
from tests.accounts.people.given import AN, COMPANY
from tests.accounts.views.browser import BASE, Browser, stopped, whole
from tests.accounts.views.site import Site


def test_a_first_sign_in_ends_at_the_page_the_reader_came_from(browser: Browser, site: Site) -> None:
    back = browser.sign_in(site.vneid, AN, "/phong?phan=1")
    assert back.status_code == 303
    assert back.location == "/dang-nhap/hoan-tat?next=/phong?phan%3D1"
    done = browser.complete(next="/phong?phan=1")
    assert (done.status_code, done.location) == (303, "/phong?phan=1")
    account = site.accounts.of_identity("vneid", AN.subject)
    assert account is not None
    assert account.complete(TERMS_VERSION)
    assert account.facts.email == "an@vidu.vn"
    page = browser.get("/phong").text
    assert "Nguyễn Văn An" in page
    assert "Đăng xuất" in page


def test_a_second_sign_in_goes_straight_on(browser: Browser, site: Site) -> None:
    whole(browser)
    another = Browser(site)
    assert another.sign_in(site.vneid, AN, "/tro-giup").location == "/tro-giup"
    assert another.signed_in()


def test_looking_at_the_address_of_the_way_back_uses_no_attempt_up(browser: Browser, site: Site) -> None:
    state = browser.start(site.vneid, "/tro-giup")
    looked = browser.client.head(f"/dang-nhap/vneid/tro-ve?code=x&state={state}", base_url=BASE)
    assert (looked.status_code, looked.headers["Allow"]) == (405, "GET")
    assert "Set-Cookie" not in looked.headers
    assert browser.come_back(site.vneid, state, AN).location.startswith("/dang-nhap/hoan-tat")


PRIVATE = (
    "/tai-khoan",
    "/tai-khoan/phien",
    "/tai-khoan/lich-su",
    "/tai-khoan/du-lieu.json",
    "/tai-khoan/xoa",
    "/tai-khoan/lien-lac",
    "/tai-khoan/lien-lac/ma",
    "/tai-khoan/lien-ket",
    "/tai-khoan/lien-ket/xac-nhan",
)


@pytest.mark.parametrize("path", PRIVATE)
def test_who_has_not_signed_in_is_asked_to_and_comes_back(browser: Browser, path: str) -> None:
    answer = browser.get(path)
    assert (answer.status_code, answer.location) == (303, f"/dang-nhap?next={path}")


@pytest.mark.parametrize("path", PRIVATE)
def test_a_half_made_account_sees_nothing(browser: Browser, site: Site, path: str) -> None:
    browser.sign_in(site.vneid, AN)
    answer = browser.get(path)
    assert (answer.status_code, answer.location) == (303, f"/dang-nhap/hoan-tat?next={path}")
    assert "Nguyễn" not in answer.text


def test_a_half_made_account_does_nothing_either(browser: Browser, site: Site) -> None:
    browser.sign_in(site.vneid, AN)
    for path in ("/tai-khoan/ngon-ngu", "/tai-khoan/xoa", "/tai-khoan/phien", "/tai-khoan/lien-ket/xac-nhan"):
        sent = browser.post(path, seen_on="/dang-nhap/hoan-tat", sure="yes", language="en", session="others")
        assert sent.status_code == 303
        assert sent.location.startswith("/dang-nhap/hoan-tat")
    account = site.accounts.of_identity("vneid", AN.subject)
    assert account is not None
    assert account.deletion_asked_at is None


def test_a_half_made_account_is_nobody_to_the_gate_and_may_leave(browser: Browser, site: Site) -> None:
    browser.sign_in(site.vneid, AN)
    with browser.client as client:
        client.get("/phong", base_url="https://localhost")
        assert site.services.askers.now_asking().reader_id == "anonymous"
    browser.post("/dang-xuat", seen_on="/dang-nhap/hoan-tat")
    assert browser.get("/dang-nhap/hoan-tat").location.startswith("/dang-nhap?next=")


def test_agreement_is_never_taken_for_given(browser: Browser, site: Site) -> None:
    browser.sign_in(site.vneid, AN)
    page = browser.get("/dang-nhap/hoan-tat").text
    assert 'name="terms"' in page
    assert "checked" not in page.split('name="terms"')[1].split(">")[0]
    sent = browser.post("/dang-nhap/hoan-tat", email="an@vidu.vn", language="vi")
    assert sent.status_code == 400
    assert 'href="#terms"' in sent.text
    assert 'value="an@vidu.vn"' in sent.text, "nothing that was typed is lost"
    assert not site.outbox.exists()
    for law in ("Thông tư 05/2025/TT-BNV", "91/2025/QH15", "QCVN 12:2026/BCA"):
        assert law in page


def test_new_terms_are_asked_for_again(browser: Browser, site: Site, monkeypatch: pytest.MonkeyPatch) -> None:
    whole(browser)
    for module in ("reception", "beginning", "first_sign_in"):
        monkeypatch.setattr(f"portal.accounts.{module}.TERMS_VERSION", "next")
    another = Browser(site)
    assert another.sign_in(site.vneid, AN, "/tro-giup").location.startswith("/dang-nhap/hoan-tat")


def test_the_session_has_another_id_after_sign_in_and_the_old_one_opens_nothing(browser: Browser, site: Site) -> None:
    state = browser.start(site.vneid)
    planted = browser.cookie
    browser.come_back(site.vneid, state, AN)
    assert planted
    assert browser.cookie not in ("", planted)
    attacker = Browser(site)
    attacker.client.set_cookie("__Host-session", planted, domain="localhost", secure=True)
    assert attacker.get("/dang-nhap/hoan-tat").location.startswith("/dang-nhap?")


def test_an_id_that_was_made_up_is_not_taken(browser: Browser, site: Site) -> None:
    browser.client.set_cookie("__Host-session", "m" * 43, domain="localhost", secure=True)
    browser.sign_in(site.vneid, AN)
    assert browser.cookie != "m" * 43


def test_cookie_flags(browser: Browser, site: Site) -> None:
    state = browser.start(site.vneid)
    [cookie] = browser.come_back(site.vneid, state, AN).headers.getlist("Set-Cookie")
    name, *flags = [part.strip() for part in cookie.split(";")]
    assert name.startswith("__Host-session=")
    assert set(flags) == {"Secure", "HttpOnly", "SameSite=Lax", "Path=/"}


def test_an_account_to_be_deleted_opens_no_more(browser: Browser, site: Site) -> None:
    account = site.accounts.signed_in(AN, language="vi", now=site.clock())
    site.accounts.ask_deletion(account.id, now=site.clock())
    location = stopped(browser.sign_in(site.vneid, AN), "deletion-asked")
    page = browser.get(location)
    assert page.status_code == 403
    assert "đã được yêu cầu xóa" in page.text
    assert not browser.signed_in()
    assert site.accounts.events(account.id, most=1)[0].what == Happening.SIGN_IN_REFUSED


def test_two_tabs_sign_in_at_once(browser: Browser, site: Site) -> None:
    first, second = browser.start(site.vneid, "/phong"), browser.start(site.vneid, "/tro-giup")
    assert "next=/tro-giup" in browser.come_back(site.vneid, second, AN).location
    assert "next=/phong" in browser.come_back(site.vneid, first, AN).location
    account = site.accounts.of_identity("vneid", AN.subject)
    assert account is not None
    assert len(site.services.sessions.of_owner(account.id)) == 1


def test_a_tab_that_comes_too_late_says_that_the_reader_is_signed_in(browser: Browser, site: Site) -> None:
    whole(browser)
    page = browser.get(stopped(browser.get("/dang-nhap/vneid/tro-ve?code=x&state=y"), "not-started-here")).text
    assert "vẫn đang đăng nhập" in page
    assert browser.signed_in()


def test_ten_thousand_abandoned_sign_ins_keep_the_session_small(browser: Browser, site: Site) -> None:
    """Forty through the pages, all of them through what the page calls and keeps."""
    for _ in range(40):
        browser.start(site.vneid)
    attempts = Attempts()
    for _ in range(10_000):
        _address, attempt = site.vneid.begin(next="/", level=0, purpose="sign-in", now=site.clock())
        attempts = attempts.begun(attempt, now=site.clock())
    assert len(json.dumps(attempts.to_json())) < 4000
    with site.database.reading() as connection:
        [size] = connection.exec_driver_sql("SELECT length(content) FROM sessions").scalars()
    assert size < 4000
    assert browser.come_back(site.vneid, site.vneid.attempts[39].state, AN).location.startswith("/dang-nhap/hoan-tat")


def test_an_organisation_names_who_acts_for_it(browser: Browser, site: Site) -> None:
    browser.sign_in(site.dvcqg, COMPANY)
    page = browser.get("/dang-nhap/hoan-tat").text
    assert "Công ty TNHH Ví Dụ" in page
    lacking = browser.post("/dang-nhap/hoan-tat", email="cty@vidu.vn", language="vi", terms="yes")
    assert lacking.status_code == 400
    assert 'href="#name"' in lacking.text
    browser.complete("cty@vidu.vn", name="Lê  Văn Chi")
    profile = browser.get("/tai-khoan").text
    for shown in ("Cơ quan, tổ chức", "Công ty TNHH Ví Dụ", "Lê Văn Chi"):
        assert shown in profile


def test_a_sign_in_begun_in_english_goes_on_in_english(site: Site) -> None:
    browser = Browser(site, "/en")
    back = browser.sign_in(site.vneid, AN, "/en/phong")
    assert back.location.startswith("/en/dang-nhap/hoan-tat")
    account = site.accounts.of_identity("vneid", AN.subject)
    assert account is not None
    assert account.language == "en"
    browser.complete(language="en", next="/en/phong")
    assert browser.get("/en/tai-khoan").status_code == 200
