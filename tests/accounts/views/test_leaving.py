"""Out by the reader's own word, and by the provider's."""

from dataclasses import replace

import pytest
from werkzeug.test import TestResponse

from tests.accounts.people.given import AN
from tests.accounts.views.browser import Browser, whole
from tests.accounts.views.site import Site


class TestSigningOut:
    """Here at once; at the provider too where it can be asked."""

    def test_the_session_is_over_and_its_id_opens_nothing(self, browser: Browser, site: Site) -> None:
        whole(browser)
        old = browser.cookie
        left = browser.post("/dang-xuat", seen_on="/tai-khoan")
        assert (left.status_code, left.location) == (303, "/dang-xuat/xong")
        assert not browser.signed_in()
        browser.client.set_cookie("__Host-session", old, domain="localhost", secure=True)
        assert not browser.signed_in()
        assert "Đã đăng xuất" in browser.get("/dang-xuat/xong?state=x").text

    def test_the_provider_is_told_where_it_wants_to_be(self, browser: Browser, site: Site) -> None:
        browser.sign_in(site.vneid, replace(AN, id_token="tok.en.hint"))
        left = browser.post("/dang-xuat", seen_on="/dang-nhap/hoan-tat")
        assert left.location == (
            "https://sso.vidu.vn/logout?id_token_hint=tok.en.hint"
            "&post_logout_redirect_uri=https%3A%2F%2Flocalhost%2Fdang-xuat%2Fxong"
        )

    def test_the_token_for_it_is_kept_sealed(self, browser: Browser, site: Site) -> None:
        browser.sign_in(site.vneid, replace(AN, id_token="tok.en.hint", logout_uri="https://sso.vidu.vn/x?t=secret"))
        with site.database.reading() as connection:
            kept = "".join(connection.exec_driver_sql("SELECT content FROM sessions").scalars())
        assert "tok.en.hint" not in kept
        assert "secret" not in kept


class TestBackChannel:
    """A provider's server ends the sessions of one of its own."""

    def ended(self, browser: Browser, token: str, provider: str = "vneid") -> TestResponse:
        """Without cookie and form token, as a server posts it."""
        stranger = browser.app.test_client()
        return stranger.post(
            f"/dang-nhap/{provider}/ket-thuc", base_url="https://localhost", data={"logout_token": token}
        )

    def test_by_session(self, browser: Browser, site: Site) -> None:
        whole(browser)
        answer = self.ended(browser, '{"jti": "1", "sid": "sid-1"}')
        assert (answer.status_code, answer.json) == (200, {"status": "ok"})
        assert "no-store" in answer.headers["Cache-Control"]
        assert not browser.signed_in()

    def test_by_subject(self, browser: Browser) -> None:
        whole(browser)
        assert self.ended(browser, '{"jti": "1", "sub": "tech-1"}').status_code == 200
        assert not browser.signed_in()

    def test_another_session_lives_on(self, browser: Browser) -> None:
        whole(browser)
        assert self.ended(browser, '{"jti": "1", "sid": "sid-9"}').status_code == 200
        assert self.ended(browser, '{"jti": "2", "sid": "sid-1"}', "dvcqg").status_code == 200, "of another issuer"
        assert browser.signed_in()

    def test_a_token_counts_once(self, browser: Browser, site: Site) -> None:
        assert self.ended(browser, '{"jti": "1", "sid": "sid-1"}').status_code == 200
        whole(browser)
        again = self.ended(browser, '{"jti": "1", "sid": "sid-1"}')
        assert (again.status_code, again.json) == (400, {"error": "invalid_request"})
        assert browser.signed_in()

    @pytest.mark.parametrize("token", ["", "no token", "{"])
    def test_what_is_no_token_is_refused(self, browser: Browser, token: str) -> None:
        answer = self.ended(browser, token)
        assert answer.status_code == 400
        assert answer.mimetype == "application/json"
        assert "no-store" in answer.headers["Cache-Control"]

    def test_no_such_provider(self, browser: Browser) -> None:
        assert self.ended(browser, "", "khong-co").status_code == 404
