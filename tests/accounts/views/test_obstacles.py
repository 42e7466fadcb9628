"""What stands in the way of a sign-in is a plain page with a reference that stands in the log."""

import pytest

from tests.accounts.people.given import AN, BINH
from tests.accounts.views.browser import Browser, stopped
from tests.accounts.views.site import Site


class TestObstacles:
    """Each failure is a plain page with a reference that stands in the log, and nobody is signed in."""

    def shown(self, browser: Browser, location: str, caplog: pytest.LogCaptureFixture) -> str:
        page = browser.get(location)
        reference = page.text.split('<b class="code">')[1].split("<")[0]
        assert reference in caplog.text
        assert not browser.signed_in()
        return page.text

    def test_cancelled(self, browser: Browser, site: Site, caplog: pytest.LogCaptureFixture) -> None:
        state = browser.start(site.vneid, "/phong")
        answer = browser.get(f"/dang-nhap/vneid/tro-ve?error=access_denied&state={state}")
        page = self.shown(browser, stopped(answer, "cancelled"), caplog)
        assert "Ông/bà đã dừng đăng nhập" in page
        assert 'name="next" value="/phong"' in page, "trying again leads to the same page"

    def test_begun_in_another_browser(self, browser: Browser, site: Site, caplog: pytest.LogCaptureFixture) -> None:
        state = Browser(site).start(site.vneid)
        page = self.shown(browser, stopped(browser.come_back(site.vneid, state, AN), "not-started-here"), caplog)
        assert "cookie" in page

    def test_cookie_lost(self, browser: Browser, site: Site, caplog: pytest.LogCaptureFixture) -> None:
        state = browser.start(site.vneid)
        browser.client.delete_cookie("__Host-session", domain="localhost")
        self.shown(browser, stopped(browser.come_back(site.vneid, state, AN), "not-started-here"), caplog)

    def test_used_twice(self, browser: Browser, site: Site) -> None:
        state = browser.start(site.vneid)
        browser.come_back(site.vneid, state, AN)
        stopped(browser.come_back(site.vneid, state, BINH), "not-started-here")
        assert site.accounts.of_identity("vneid", BINH.subject) is None

    def test_too_late(self, browser: Browser, site: Site, caplog: pytest.LogCaptureFixture) -> None:
        state = browser.start(site.vneid)
        site.clock.pass_by(minutes=11)
        self.shown(browser, stopped(browser.come_back(site.vneid, state, AN), "expired"), caplog)

    def test_begun_with_another_provider(self, browser: Browser, site: Site) -> None:
        state = browser.start(site.vneid)
        stopped(browser.come_back(site.dvcqg, state, AN), "not-started-here")

    def test_provider_away_at_the_start_and_then_back(
        self, browser: Browser, site: Site, caplog: pytest.LogCaptureFixture
    ) -> None:
        site.vneid.away = True
        sent = browser.post("/dang-nhap/vneid", seen_on="/dang-nhap", next="/phong")
        location = stopped(sent, "provider-away")
        assert browser.get(location).status_code == 503
        self.shown(browser, location, caplog)
        site.vneid.away = False
        again = browser.post("/dang-nhap/vneid", seen_on=location, next="/phong")
        assert again.location.startswith("https://sso.vidu.vn/auth")

    def test_provider_away_at_the_end(self, browser: Browser, site: Site, caplog: pytest.LogCaptureFixture) -> None:
        state = browser.start(site.vneid)
        site.vneid.away = True
        self.shown(browser, stopped(browser.come_back(site.vneid, state, AN), "provider-away"), caplog)

    def test_refused(self, browser: Browser, site: Site, caplog: pytest.LogCaptureFixture) -> None:
        state = browser.start(site.vneid)
        answer = browser.get(f"/dang-nhap/vneid/tro-ve?code=unknown&state={state}")
        self.shown(browser, stopped(answer, "provider-refused"), caplog)

    def test_no_query_at_all(self, browser: Browser) -> None:
        stopped(browser.get("/dang-nhap/vneid/tro-ve"), "not-started-here")

    @pytest.mark.parametrize("path", ["/dang-nhap/khong-co/tro-ve", "/en/dang-nhap/khong-co/tro-ve"])
    def test_a_provider_there_is_none_of(self, browser: Browser, path: str) -> None:
        assert browser.get(path).status_code == 404

    def test_the_page_shows_nothing_that_an_address_makes_up(self, browser: Browser) -> None:
        page = browser.get("/dang-nhap/chua-xong?why=<b>x</b>&ref=<i>&provider=khong&next=//evil.example").text
        assert "<b>x</b>" not in page
        assert "evil.example" not in page.replace("next=//evil.example", "")
        assert "mã dưới đây" in page
