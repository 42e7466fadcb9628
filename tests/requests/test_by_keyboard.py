"""A request from its first page to its acceptance at the desk, with nothing but a keyboard."""

from collections.abc import Iterator

import pytest
from playwright.sync_api import Locator, Page, expect

from tests.browser.chromium import OpenPage
from tests.demonstration import Demonstration
from tests.requests.given_in_browser import undigitised_of
from tests.requests.three_sites import BUTTON, ThreeSites, three_sites

READER = "Trần Văn Thử"
FARTHEST = 80
"""Presses of Tab after which nobody looks any further."""

_MARKED = """element => {
    const style = getComputedStyle(element);
    return style.outlineStyle !== "none" && parseFloat(style.outlineWidth) >= 2;
}"""


@pytest.fixture(scope="module")
def sites(demonstration: Demonstration, tmp_path_factory: pytest.TempPathFactory) -> Iterator[ThreeSites]:
    with three_sites(demonstration, tmp_path_factory.mktemp("three-sites")) as started:
        yield started


def go_to(page: Page, aim: Locator) -> Locator:
    """Press Tab until this has the focus, which can be seen."""
    for _ in range(FARTHEST):
        page.keyboard.press("Tab")
        if aim.evaluate("element => element === document.activeElement"):
            assert aim.evaluate(_MARKED), f"the focus on {aim} cannot be seen"
            return aim
    raise AssertionError(f"Tab does not lead to {aim}")


def press(page: Page, aim: Locator) -> None:
    go_to(page, aim)
    page.keyboard.press("Enter")


def write(page: Page, label: str, words: str) -> None:
    go_to(page, page.get_by_label(label))
    page.keyboard.type(words)


@pytest.mark.browser
def test_asking_and_accepting(sites: ThreeSites, demonstration: Demonstration, open_page: OpenPage) -> None:
    page = open_page()
    sites.sign_in_reader(page, READER)
    page.goto(f"{sites.portal}/tai-lieu/{undigitised_of(demonstration)}")
    press(page, page.get_by_role("link", name="Yêu cầu đọc hoặc sao"))
    press(page, page.get_by_role("button", name=BUTTON))
    press(page, page.get_by_role("button", name=READER))
    press(page, page.get_by_role("button", name="Thêm vào phiếu"))

    expect(page.locator("#phieu")).to_be_visible()
    press(page, page.get_by_role("button", name="Xem lại và gửi"))
    summary = page.get_by_role("alert")
    expect(summary).to_be_focused()
    page.keyboard.press("Tab")
    named = summary.get_by_role("link").first
    expect(named).to_be_focused()
    page.keyboard.press("Enter")
    page.keyboard.press("Shift+Tab")
    page.keyboard.press("Tab")
    page.keyboard.press("Space")
    expect(page.get_by_role("radio", checked=True)).to_have_count(1)
    write(page, "Mục đích cụ thể", "Viết sử xã")
    write(page, "Đề tài hoặc việc cần tài liệu", "Lịch sử xã")
    go_to(page, page.get_by_label("Cho chính tôi"))
    page.keyboard.press("Space")
    go_to(page, page.get_by_label("Đối tượng được giảm hoặc miễn phí"))
    page.keyboard.press("End")
    press(page, page.get_by_role("button", name="Xem lại và gửi"))
    press(page, page.get_by_role("button", name="Gửi phiếu"))
    expect(page.get_by_role("status").last).to_contain_text("Đã gửi phiếu")

    desk = open_page()
    sites.sign_in_member(desk, "lan")
    desk.keyboard.press("j")
    desk.keyboard.press("o")
    expect(desk.get_by_role("heading", level=1)).to_contain_text("-")
    press(desk, desk.get_by_role("button", name="Tiếp nhận", exact=True))
    expect(desk.get_by_role("button", name="Tiếp nhận", exact=True)).to_have_count(0)
