"""From a word typed without accents to a marked page, as a citizen goes, with and without JavaScript."""

import io
from pathlib import Path

import pytest
from axe_playwright_python.sync_playwright import Axe
from PIL import Image, ImageStat
from playwright.sync_api import Page, expect

from tests.browser.chromium import OpenPage
from tests.browser.watch import SiteWatch
from tests.demonstration import REAL_DOCUMENTS

RULES = {"runOnly": ["wcag2a", "wcag2aa", "wcag21a", "wcag21aa", "best-practice"]}


def photograph(page: Page, folder: Path, name: str) -> None:
    assert page.screenshot(path=folder / f"{name}.png", full_page=True)


def narrow(page: Page, facet: str, *, javascript: bool) -> None:
    """Choose the first value of a facet: applied at once with JavaScript, by the button without."""
    box = page.locator(f"input[name={facet}]").first
    if javascript:
        with page.expect_navigation():
            box.check()
    else:
        box.check()
        page.get_by_role("button", name="Áp dụng").click()
    expect(page.locator(f"input[name={facet}]:checked")).to_have_count(1)


def marked_and_shown(page: Page) -> None:
    """The page's image arrives, and carries a mark: the same page drawn twice is darker than bare paper in its middle."""
    image = page.locator("main img").first
    expect(image).to_be_visible()
    source = image.get_attribute("src") or ""
    answer = page.request.get(page.url.split("/tai-lieu")[0] + source)
    assert answer.headers["cache-control"] == "private, no-store"
    picture = Image.open(io.BytesIO(answer.body())).convert("L")
    assert max(picture.size) in {1500, 2200}
    margin = picture.crop((0, int(picture.height * 0.3), int(picture.width * 0.07), picture.height))
    assert ImageStat.Stat(margin).stddev[0] > 2, "the mark runs over the empty margin"


BROKEN_SCAN = "answered 422"
"""The demonstration has a few broken scans on purpose; their place in a list is taken by a picture that says so."""


@pytest.fixture(autouse=True)
def _broken_scans_are_no_fault(site_watch: SiteWatch) -> None:
    site_watch.tolerate(BROKEN_SCAN)


@pytest.mark.browser
@pytest.mark.parametrize(
    ("width", "javascript"),
    [
        pytest.param(1280, True, id="wide"),
        pytest.param(390, False, id="phone without JavaScript"),
        pytest.param(390, True, id="phone", marks=pytest.mark.long),
        pytest.param(1280, False, id="wide without JavaScript", marks=pytest.mark.long),
    ],
)
def test_search_narrow_open_read(site: str, open_page: OpenPage, tmp_path: Path, javascript: bool, width: int) -> None:
    page = open_page(javascript=javascript, width=width)
    page.goto(site)
    photograph(page, tmp_path, "home")
    page.get_by_role("searchbox").or_(page.get_by_role("combobox")).fill("quyet dinh giao dat")
    page.keyboard.press("Enter")
    expect(page.get_by_role("heading", level=1)).to_contain_text("kết quả")
    expect(page.locator(".hits mark").first).to_be_visible()
    found = page.get_by_role("heading", level=1).inner_text()
    if width < 600:
        page.locator("summary", has_text="Lọc").first.click()
    narrow(page, "fonds", javascript=javascript)
    page.goto(f"{page.url}&tu=1960&den=2000&has_pages=images")
    assert page.get_by_role("heading", level=1).inner_text() != found
    photograph(page, tmp_path, "results")
    page.locator(".hits li.hit", has=page.locator("img")).first.locator("h2 a").click()
    photograph(page, tmp_path, "record")
    page.locator("a[href*='/trang/1']").first.click()
    marked_and_shown(page)
    photograph(page, tmp_path, "page")
    turned = page.locator("a[rel~=next]").first
    if turned.count():
        turned.click()
        assert "/trang/2" in page.url
        marked_and_shown(page)
    assert len(list(tmp_path.glob("*.png"))) == 4


@pytest.mark.browser
def test_pages_turn_with_the_keyboard(site: str, page: Page) -> None:
    page.goto(f"{site}/tim-kiem?q=quyet+dinh&has_pages=images")
    page.locator(".hits li.hit", has=page.locator("img")).first.locator("h2 a").click()
    page.locator("a[href*='/trang/1']").first.click()
    if page.locator("a[rel~=next]").count():
        with page.expect_navigation():
            page.keyboard.press("ArrowRight")
        assert "/trang/2" in page.url
        with page.expect_navigation():
            page.keyboard.press("ArrowLeft")
    assert "/trang/1" in page.url


@pytest.mark.browser
def test_suggestions_appear_while_typing_and_the_keyboard_picks_one(site: str, page: Page) -> None:
    page.goto(site)
    box = page.locator("#q")
    box.press_sequentially("quyet dinh gia")
    options = page.get_by_role("option")
    expect(options.first).to_be_visible()
    title = options.first.inner_text()
    box.press("ArrowDown")
    box.press("Enter")
    expect(page.get_by_role("heading", level=1)).to_contain_text(title[:20])


@pytest.mark.browser
@pytest.mark.parametrize(
    "path",
    ["/", "/tim-kiem?q=quyet+dinh+giao+dat", "/tim-kiem?q=khongcogi", "/phong", "/gioi-thieu", "/tro-giup",
     "/kha-nang-tiep-can", "/quyen-rieng-tu", "/tai-lieu/khong-co", "/en/", "/en/tim-kiem?q=land", "/en/tro-giup"],
)  # fmt: skip
def test_pages_have_no_accessibility_fault(site: str, page: Page, path: str) -> None:
    page.goto(site + path)
    for width in (1280, 390):
        page.set_viewport_size({"width": width, "height": 900})
        assert_accessible(page)


@pytest.mark.browser
@pytest.mark.parametrize("status", ["open", "conditional"])
def test_records_and_their_pages_have_no_accessibility_fault(site: str, page: Page, status: str) -> None:
    page.goto(f"{site}/tim-kiem?q=quyet+dinh&access={status}" + ("&has_pages=images" if status == "open" else ""))
    page.locator(".hits h2 a").first.click()
    assert_accessible(page)
    if status == "open":
        page.locator("a[href*='/trang/1']").first.click()
        assert_accessible(page)


@pytest.mark.browser
@pytest.mark.parametrize("words", ["458/QĐ-TTg", '"số hóa hồ sơ"'])
def test_a_real_document_goes_the_whole_way(site: str, page: Page, words: str) -> None:
    assert REAL_DOCUMENTS.is_dir(), "the two real documents stand beside the project"
    page.goto(f"{site}/tim-kiem?q={words}&has_pages=images")
    page.locator(".hits li.hit", has=page.locator("img")).first.locator("h2 a").click()
    page.locator("a[href*='/trang/1']").first.click()
    marked_and_shown(page)
    expect(page.locator("main")).to_contain_text("lưu trữ")


@pytest.mark.browser
def test_the_first_load_of_a_result_page_is_light(site: str, page: Page) -> None:
    sizes: list[int] = []
    page.on("requestfinished", lambda request: sizes.append(_transferred(request)))
    page.goto(f"{site}/tim-kiem?q=quyet+dinh+giao+dat", wait_until="networkidle")
    assert sum(sizes) <= 100_000


def _transferred(request: object) -> int:
    if request.url.endswith(".jpg"):  # type: ignore[attr-defined]
        return 0
    return int(request.sizes()["responseBodySize"])  # type: ignore[attr-defined]


def assert_accessible(page: Page) -> None:
    found = Axe().run(page, options=RULES)
    assert found.violations_count == 0, found.generate_report()
