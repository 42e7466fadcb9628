"""Every page of cases and of administration in a real browser: for a blind reader's software, wide and on a telephone.

The pages are seen with what fills them: a case that is proposed, a version of a provision, a withdrawal, a fault.
"""

from collections.abc import Iterator

import pytest
from playwright.sync_api import Page, expect

from portal.requests.provisions.models import Provision
from tests.browser.chromium import OpenPage
from tests.browser.test_journey import assert_accessible
from tests.demonstration import Demonstration
from tests.requests.given_in_browser import ask_for, undigitised_of
from tests.requests.three_sites import ThreeSites, three_sites

READER = "Trần Văn Thử"
WIDTHS = (390, 1280)

_DOUBLED = """() => {
  const seen = [...document.querySelectorAll("[id]")].map((each) => each.id);
  return seen.filter((id, place) => seen.indexOf(id) !== place);
}"""
_TOO_WIDE = "() => document.documentElement.scrollWidth - innerWidth"


@pytest.fixture(scope="module")
def sites(demonstration: Demonstration, tmp_path_factory: pytest.TempPathFactory) -> Iterator[ThreeSites]:
    with three_sites(demonstration, tmp_path_factory.mktemp("three-sites")) as started:
        yield started


def look(page: Page) -> None:
    """No fault for software that reads the page aloud, no name that two things bear, nothing cut off at the side."""
    assert not page.evaluate(_DOUBLED), page.url
    for width in WIDTHS:
        page.set_viewport_size({"width": width, "height": 900})
        assert page.evaluate(_TOO_WIDE) <= 0, f"{page.url} at {width}"
    assert_accessible(page)


@pytest.mark.browser
def test_pages_of_cases_and_of_administration(
    sites: ThreeSites, demonstration: Demonstration, open_page: OpenPage
) -> None:
    reader, head = open_page(), open_page()
    sites.sign_in_reader(reader, READER)
    asked = undigitised_of(demonstration)
    ask_for(sites, reader, READER, asked)
    sites.sign_in_member(head, "hoa")

    look(head)
    head.locator("[data-row]").first.click()
    _press(head, "receive")
    _press(head, "assign")
    look(head)
    _faults(head)
    _propose_and_look(head)
    for pile in ("in-progress", "proposed", "waiting", "overdue", "to-hand-over", "finished"):
        head.goto(f"{sites.desk}/ho-so?pile={pile}")
        assert_accessible(head)
    for address in ("phieu-lay-tai-lieu", "tin-chua-gui-duoc", "khoi-luong", f"tra-tai-lieu?id={asked}", "quy-dinh"):
        head.goto(f"{sites.desk}/{address}")
        look(head)
    _provisions(sites, head)
    _withdrawals(sites, head, asked)


@pytest.mark.browser
def test_pages_of_restricted_use_lists(sites: ThreeSites, open_page: OpenPage) -> None:
    officer = open_page()
    sites.sign_in_member(officer, "minh")
    officer.goto(f"{sites.desk}/danh-muc")
    look(officer)
    officer.locator("main table a").first.click()
    expect(officer.get_by_role("heading", level=1)).to_be_visible()
    look(officer)


def _press(page: Page, step: str) -> None:
    page.locator(f"#{step}").get_by_role("button").first.click()
    expect(page.get_by_role("heading", level=1)).to_be_visible()


def _faults(page: Page) -> None:
    """An empty form is answered with a summary that has the focus and leads to the fields."""
    page.locator("#ask-supplement summary").click()
    page.locator("#ask-supplement").get_by_role("button").click()
    expect(page.locator(".desk-faults")).to_be_focused()
    page.locator(".desk-faults a").first.click()
    expect(page.locator("#words-ask-supplement")).to_be_focused()
    look(page)


def _propose_and_look(page: Page) -> None:
    """Whoever proposed sees why somebody else has to decide, and no form that would be refused."""
    form = page.locator("#propose")
    expect(page.locator("#decide")).to_have_count(0)
    form.locator("select[name='outcome-1']").select_option("refused")
    expect(form.locator("[name='days-1']")).to_be_hidden()
    form.locator("select[name='outcome-1']").select_option("approved")
    expect(form.locator("[name='reason-1']")).to_be_hidden()
    form.get_by_role("button").last.click()
    expect(page.get_by_text("Người đề xuất không tự quyết định")).to_be_visible()
    expect(page.locator("#decide")).to_have_count(0)
    look(page)


def _provisions(sites: ThreeSites, page: Page) -> None:
    for kind in Provision:
        page.goto(f"{sites.desk}/quy-dinh/{kind.value}")
        look(page)
        page.goto(f"{sites.desk}/quy-dinh/{kind.value}/sua")
        look(page)
    page.goto(f"{sites.desk}/quy-dinh/{Provision.DEADLINES.value}/sua")
    page.locator("#valid_from").fill("hôm qua")
    page.get_by_role("button", name="Lưu thành bản mới").click()
    expect(page.locator(".desk-faults")).to_be_focused()
    look(page)


def _withdrawals(sites: ThreeSites, page: Page, record: str) -> None:
    page.goto(f"{sites.desk}/rut-tai-lieu")
    look(page)
    page.locator("#record").fill(record)
    page.locator("#reason").fill("Đang rà soát lại.")
    page.get_by_role("button", name="Xem lại trước khi rút").click()
    look(page)
    page.get_by_role("button", name="Rút ngay").click()
    page.get_by_role("link", name="Cho dùng lại").first.click()
    look(page)
