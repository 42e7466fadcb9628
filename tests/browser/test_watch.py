"""The watch notes what a page does wrong, and nothing else."""

from __future__ import annotations

from collections.abc import Iterator

import pytest
from playwright.sync_api import Page

from tests.browser.chromium import OpenPage
from tests.browser.watch import SiteWatch, leaves_the_site
from tests.servers.portal import PortalServer

ELSEWHERE = "http://elsewhere.example/picture.png"


@pytest.fixture(scope="module")
def site() -> Iterator[str]:
    with PortalServer({}, application="tests.servers.echo:create()") as server:
        yield server.url


def show(page: Page, site: str, html: str) -> None:
    """Shows `html` as a page of `site` and waits until everything it refers to was tried."""
    page.goto(f"{site}/blank")
    page.set_content(html, wait_until="networkidle")


@pytest.mark.parametrize(
    ("url", "expected"),
    [
        ("http://127.0.0.1:8000/", False),
        ("https://localhost/a", False),
        ("ws://[::1]:1/", False),
        ("data:image/png;base64,", False),
        ("about:blank", False),
        ("https://127.0.0.1.example/", True),
        ("https://example/?127.0.0.1", True),
        ("ftp://127.0.0.1/", True),
    ],
)
def test_what_leaves_the_site(url: str, expected: bool) -> None:
    assert leaves_the_site(url) is expected


def test_a_page_that_minds_its_own_business(page: Page, site: str, site_watch: SiteWatch) -> None:
    show(page, site, "<p>Sổ đinh làng Đông</p><script>console.log('quiet')</script>")
    assert page.inner_text("p") == "Sổ đinh làng Đông"
    assert site_watch.faults == []


def test_scripts_run_only_where_they_should(page: Page, page_without_javascript: Page, site: str) -> None:
    html = "<p>before</p><script>document.querySelector('p').textContent = 'after'</script>"
    for each in (page, page_without_javascript):
        show(each, site, html)
    assert page.inner_text("p") == "after"
    assert page_without_javascript.inner_text("p") == "before"


def test_pages_share_nothing(open_page: OpenPage, site: str) -> None:
    first, second = open_page(), open_page(width=390, height=844)
    first.goto(f"{site}/blank")
    second.goto(f"{site}/blank")
    first.evaluate("localStorage.setItem('seen', 'yes')")
    assert second.evaluate("localStorage.getItem('seen')") is None
    assert second.evaluate("innerWidth") == 390


def test_the_page_s_own_error_status_is_no_fault(page: Page, site: str, site_watch: SiteWatch) -> None:
    answer = page.goto(f"{site}/status/404")
    assert answer is not None
    assert answer.status == 404
    assert site_watch.faults == []


@pytest.mark.parametrize(
    ("html", "fault"),
    [
        (f"<img src='{ELSEWHERE}'>", f"left the site: {ELSEWHERE}"),
        ("<script>console.error('loud')</script>", "console: loud"),
        ("<script>throw new Error('slipped')</script>", "slipped"),
        ("<img src='/status/404'>", "answered 404: "),
        ("<script>new WebSocket('ws://elsewhere.example/')</script>", "left the site: ws://elsewhere.example/"),
    ],
)
def test_faults_are_noted(page: Page, site: str, site_watch: SiteWatch, html: str, fault: str) -> None:
    for fragment in (fault, "elsewhere.example"):
        if fragment in html or fragment == fault:
            site_watch.expect(fragment)
    show(page, site, html)
    page.wait_for_timeout(200)
    assert any(fault in noted for noted in site_watch.faults)


def test_the_check_names_what_was_not_expected_and_what_did_not_happen() -> None:
    watch = SiteWatch()
    watch.check()
    watch.faults.append("console: loud")
    with pytest.raises(AssertionError, match="console: loud"):
        watch.check()
    watch.expect("loud")
    watch.check()
    watch.expect("absent")
    with pytest.raises(AssertionError, match="absent"):
        watch.check()
