"""A provider that is away is no fault of the reader: a plain page, and the same button works later."""

from __future__ import annotations

from playwright.sync_api import Page, expect

from tests.accounts.acceptance.conftest import PROVIDER_NAME, Stage
from tests.accounts.acceptance.steps import choose, complete, go_to_provider, heading, sign_in, sign_out, signed_out
from tests.browser.chromium import OpenPage


def test_a_provider_that_comes_back_is_found_by_the_same_button(empty_stage: Stage, page: Page) -> None:
    page.goto(f"{empty_stage.site}/dang-nhap?next=/tai-khoan")
    page.get_by_role("button", name=f"Đăng nhập bằng {PROVIDER_NAME}").click()
    heading(page, "Nơi xác thực chưa trả lời")
    expect(page.locator("main")).to_contain_text("mã này")
    assert "Traceback" not in empty_stage.portal.log()
    page.goto(f"{empty_stage.site}/phong")
    expect(page.locator("main")).to_contain_text("Phông")
    page.go_back()
    empty_stage.start_provider()
    go_to_provider(page)
    choose(page, "Đặng Thị Lan")
    complete(page, empty_stage, email="lan@vi-du.example")
    heading(page, "Tài khoản của tôi")


def test_new_keys_of_the_provider_are_found_without_a_restart(stage: Stage, open_page: OpenPage) -> None:
    sign_in(open_page(), stage, "Ngô Thu Hương")
    stage.provider.stop()
    stage.start_provider()
    sign_in(open_page(), stage, "Ngô Thu Hương")


def test_signing_out_works_here_while_the_provider_is_away(stage: Stage, page: Page) -> None:
    sign_in(page, stage, "Ngô Thu Hương")
    stage.provider.stop()
    try:
        with page.expect_response(f"{stage.site}/dang-xuat"):
            sign_out(page)
        signed_out(page.context.new_page(), stage, "Ngô Thu Hương")
    finally:
        stage.start_provider()
