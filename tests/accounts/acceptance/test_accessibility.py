"""Every page on the way in, of the account, and on the way out, wide and narrow."""

from __future__ import annotations

import pytest
from playwright.sync_api import Page

from tests.accounts.acceptance.conftest import Stage
from tests.accounts.acceptance.steps import choose, complete, go_to_provider, heading, sign_out
from tests.browser.chromium import OpenPage
from tests.browser.test_journey import assert_accessible

WIDE, PHONE = (1280, 900), (390, 844)

OWN_PAGES = {
    "/tai-khoan": "Tài khoản của tôi",
    "/tai-khoan/lien-lac": "Đổi cách liên lạc",
    "/tai-khoan/phien": "Các phiên đang đăng nhập",
    "/tai-khoan/lich-su": "",
    "/tai-khoan/xoa": "",
    "/tai-khoan/lien-ket": "Xác thực ở mức cao hơn",
    "/en/tai-khoan": "",
}


def shown(page: Page, title: str = "") -> None:
    """This page, with that title where one is given, has no fault and does not scroll sideways."""
    if title:
        heading(page, title)
    for width, height in (PHONE, WIDE):
        page.set_viewport_size({"width": width, "height": height})
        assert_accessible(page)
        assert page.evaluate("document.documentElement.scrollWidth <= window.innerWidth"), (page.url, width)


def test_the_way_in_the_own_pages_and_the_way_out(empty_stage: Stage, open_page: OpenPage) -> None:
    empty_stage.start_provider()
    page = open_page()
    page.goto(f"{empty_stage.site}/dang-nhap?next=/tai-khoan")
    shown(page, "Đăng nhập")
    go_to_provider(page)
    choose(page, "Ngô Thu Hương")
    shown(page, "Hoàn tất tài khoản")
    page.get_by_role("button", name="Gửi mã xác nhận").click()
    shown(page, "Hoàn tất tài khoản")  # now with its list of what is missing
    page.get_by_label("Thư điện tử").fill("huong@vi-du.example")
    page.get_by_label("Tôi đã đọc và đồng ý").check()
    page.get_by_role("button", name="Gửi mã xác nhận").click()
    shown(page, "Nhập mã xác nhận")
    page.goto(f"{empty_stage.site}/dang-nhap/hoan-tat?next=/tai-khoan")
    complete(page, empty_stage, email="huong@vi-du.example")
    for path, title in OWN_PAGES.items():
        page.goto(empty_stage.site + path)
        shown(page, title)
    page.goto(f"{empty_stage.site}/tai-khoan")
    sign_out(page)
    page.get_by_role("button", name="Đăng xuất").click()
    shown(page, "Đã đăng xuất")


@pytest.mark.parametrize("why", ["cancelled", "expired", "not-started-here", "provider-away", "level-too-low", "other"])
def test_the_pages_that_say_what_went_wrong(stage: Stage, open_page: OpenPage, why: str) -> None:
    page = open_page()
    page.goto(f"{stage.site}/dang-nhap/chua-xong?why={why}&ref=0123abcd&provider=quoc-gia")
    shown(page)
