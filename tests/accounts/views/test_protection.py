"""What holds for every page of accounts: forms of ours only, nothing private in logs and addresses, two languages."""

import logging
import re
from collections.abc import Iterator
from dataclasses import replace

import pytest
from werkzeug.test import TestResponse

from portal.sessions.store import SessionsAway
from portal.store.database import StoreUnavailable
from tests.accounts.people.given import AN
from tests.accounts.views.browser import BASE, Browser
from tests.accounts.views.site import Site

SERVER_TO_SERVER = {"accounts.back_channel", "en.accounts.back_channel"}


def posts(site: Site) -> Iterator[tuple[str, str]]:
    """Every address that takes a POST, with its endpoint."""
    for rule in site.app.url_map.iter_rules():
        if "POST" in (rule.methods or ()):
            yield rule.rule.replace("<provider_id>", "vneid"), rule.endpoint


def test_every_post_without_the_token_of_its_session_is_refused(site: Site) -> None:
    browser = Browser(site)
    browser.sign_in(site.vneid, AN)
    browser.complete()
    walked = list(posts(site))
    assert len(walked) >= 28
    for path, endpoint in walked:
        for fields in ({}, {"csrf_token": "made-up"}):
            sent = browser.send(path, **fields)
            if endpoint in SERVER_TO_SERVER:
                assert sent.json == {"error": "invalid_request"}, path
            else:
                assert sent.status_code == 400, path
                assert "trang mở đã lâu" in sent.text or path.startswith("/en/"), path
    assert browser.signed_in()


def test_the_token_of_another_session_is_refused(site: Site) -> None:
    stranger, browser = Browser(site), Browser(site)
    token = re.findall(r'name="csrf_token" value="([^"]+)"', stranger.get("/dang-nhap/tai-khoan").text)[0]
    browser.get("/dang-nhap/tai-khoan")
    assert browser.send("/dang-nhap/vneid", csrf_token=token).status_code == 400


def test_a_form_of_another_site_is_refused(browser: Browser) -> None:
    token = re.findall(r'name="csrf_token" value="([^"]+)"', browser.get("/dang-nhap/tai-khoan").text)[0]
    foreign = {"Referer": "https://evil.example/"}
    sent = browser.client.post("/dang-nhap/vneid", base_url=BASE, data={"csrf_token": token}, headers=foreign)
    assert sent.status_code == 400


def test_a_page_never_begins_a_sign_in_by_being_looked_at(browser: Browser) -> None:
    assert browser.get("/dang-nhap/vneid").status_code == 405


PAGES = (
    "/dang-nhap",
    "/dang-nhap/tai-khoan",
    "/dang-nhap/chua-xong?why=expired",
    "/dang-xuat/xong",
    "/tai-khoan/xoa/xong",
    "/tai-khoan",
    "/tai-khoan/phien",
    "/tai-khoan/lich-su",
    "/tai-khoan/lien-lac",
    "/tai-khoan/lien-lac/ma",
    "/tai-khoan/lien-ket",
    "/tai-khoan/xoa",
)


@pytest.mark.parametrize("prefix", ["", "/en"])
def test_every_page_stands_in_both_languages_and_is_kept_by_nobody(site: Site, prefix: str) -> None:
    stranger, browser = Browser(site, prefix), Browser(site, prefix)
    browser.sign_in(site.vneid, AN)
    assert browser.get(f"{prefix}/dang-nhap/hoan-tat").status_code == 200
    browser.complete()
    for path in PAGES:
        page = (browser if path.startswith("/tai-khoan") else stranger).get(prefix + path)
        assert page.status_code in (200, 400), path
        assert f'<html lang="{prefix[1:] or "vi"}">' in page.text
        assert page.headers["Cache-Control"] == "private, no-store"
        assert "unsafe" not in page.headers["Content-Security-Policy"]
        assert not re.search(r"<script(?![^>]*\bsrc=)|<style|\bstyle=|\bon\w+=\"", page.text), path
        assert page.text.count("<h1>") == 1, path
        for field in re.findall(r'<input[^>]*\bid="([^"]+)"', page.text):
            assert f'for="{field}"' in page.text, (path, field)


PROVIDERS = ["https://dvc.vidu.vn:*", "https://sso.vidu.vn:*"]


def form_targets(page: TestResponse) -> list[str]:
    policy = page.headers["Content-Security-Policy"]
    [targets] = [part.split()[1:] for part in policy.split(";") if part.split()[0] == "form-action"]
    return targets


def test_forms_may_lead_to_the_providers_and_nowhere_else(browser: Browser) -> None:
    assert form_targets(browser.get("/dang-nhap")) == ["'self'", *PROVIDERS]
    assert form_targets(browser.get("/tro-giup")) == ["'self'"]


def test_who_may_sign_out_may_be_led_to_the_provider_from_every_page(browser: Browser, site: Site) -> None:
    browser.sign_in(site.vneid, AN)
    assert form_targets(browser.get("/tro-giup")) == ["'self'", *PROVIDERS]


class Watched:
    """A browser whose every answer is kept."""

    def __init__(self, browser: Browser) -> None:
        self.answers: list[TestResponse] = []
        opened = browser.client.open

        def watch(*args: object, **values: object) -> TestResponse:
            answer = opened(*args, **values)  # type: ignore[arg-type]
            self.answers.append(answer)
            return answer

        browser.client.open = watch  # type: ignore[method-assign]

    def told_outside_pages(self) -> str:
        """Headers, cookies aside, and the addresses inside pages."""
        headers = "\n".join(f"{k}: {v}" for one in self.answers for k, v in one.headers if k != "Set-Cookie")
        links = "\n".join(link for one in self.answers for link in re.findall(r'(?:href|src|action)="[^"]*"', one.text))
        return headers + links


def test_no_log_and_no_address_holds_anything_private(
    browser: Browser, site: Site, caplog: pytest.LogCaptureFixture
) -> None:
    caplog.set_level(logging.DEBUG)
    watched = Watched(browser)
    canary = replace(
        AN,
        subject="subj-canary",
        name="Canary Tên",
        citizen_number="012345000999",
        sid="sid-canary",
        logout_uri="uri-canary",
    )
    state = browser.start(site.vneid, "/phong")
    attempt = site.vneid.attempts[-1]
    browser.get(f"/dang-nhap/vneid/tro-ve?code=code-canary&state={state}")
    state_of_success = browser.start(site.vneid, "/phong")
    success = site.vneid.attempts[-1]
    browser.come_back(site.vneid, state_of_success, canary)
    wrong = browser.post("/dang-nhap/hoan-tat", email="mail-canary@vidu.vn", language="vi", terms="yes")
    digits = browser.code()
    browser.post("/dang-nhap/hoan-tat/ma", code="000001" if digits != "000001" else "000002")
    browser.post("/dang-nhap/hoan-tat/ma", code=digits)
    for path in ("/tai-khoan", "/tai-khoan/phien", "/tai-khoan/lich-su", "/tai-khoan/du-lieu.json"):
        assert browser.get(path).status_code == 200
    browser.post("/tai-khoan/lien-lac", phone="0912000999")
    site.outbox.rename(site.folder / "aside")
    site.outbox.write_text("no folder")
    browser.post("/tai-khoan/lien-lac", email="second-canary@vidu.vn")
    site.outbox.unlink()
    (site.folder / "aside").rename(site.outbox)
    cookie = browser.cookie
    browser.post("/dang-xuat", seen_on="/tai-khoan")
    assert wrong.status_code == 303
    private = [
        *(state, state_of_success, attempt.nonce, attempt.verifier, success.nonce, success.verifier),
        *("code-canary", "subj-canary", "Canary Tên", "012345000999", "sid-canary", "uri-canary", "mail-canary"),
        *("second-canary", "912000999", cookie),
    ]
    logged = "\n".join(record.getMessage() + str(record.exc_text or "") for record in caplog.records)
    outside = watched.told_outside_pages().replace(f"https://sso.vidu.vn/auth?state={state}", "")
    outside = outside.replace(f"https://sso.vidu.vn/auth?state={state_of_success}", "")
    assert "sign-in stopped: provider-refused" in logged
    for value in private:
        assert value not in logged
        assert value not in outside
    assert not re.search(rf"\b{digits}\b", logged + outside)


def test_with_the_store_of_sessions_away_public_pages_go_on_and_private_ones_say_so(
    browser: Browser, site: Site, monkeypatch: pytest.MonkeyPatch
) -> None:
    browser.sign_in(site.vneid, AN)
    browser.complete()

    def away(_key: str) -> None:
        raise SessionsAway("no answer")

    monkeypatch.setattr(site.services.sessions, "load", away)
    assert browser.get("/tro-giup").status_code == 200
    for path in ("/tai-khoan", "/dang-nhap/hoan-tat"):
        page = browser.get(path)
        assert page.status_code == 503
        assert "tạm gián đoạn" in page.text


def test_with_the_store_of_accounts_away_public_pages_go_on_and_private_ones_say_so(
    browser: Browser, site: Site, monkeypatch: pytest.MonkeyPatch
) -> None:
    browser.sign_in(site.vneid, AN)
    browser.complete()

    def away(_account_id: str) -> None:
        raise StoreUnavailable("no answer")

    monkeypatch.setattr(site.services.accounts, "by_id", away)
    page = browser.get("/tro-giup")
    assert page.status_code == 200
    assert "Đăng xuất" in page.text
    assert browser.get("/tai-khoan").status_code == 503
