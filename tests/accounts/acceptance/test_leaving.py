"""The end of a session: by the reader's own button, at the provider, and what the browser then still shows."""

from __future__ import annotations

from playwright.sync_api import Page, expect

from tests.accounts.acceptance.conftest import Stage
from tests.accounts.acceptance.steps import heading, sign_in, sign_out, signed_out
from tests.browser.chromium import OpenPage
from tests.deploy.traces import soon

PERSON = "Ngô Thu Hương"


def test_signing_out_ends_the_session_here_and_at_the_provider(stage: Stage, page: Page) -> None:
    sign_in(page, stage, PERSON)
    sign_out(page)
    assert page.url.startswith(stage.provider.issuer)
    heading(page, "Đăng xuất?")
    # Here already, whatever the reader answers there.
    elsewhere = page.context.new_page()
    signed_out(elsewhere, stage, PERSON)
    page.get_by_role("button", name="Đăng xuất").click()
    page.wait_for_url(f"{stage.site}/dang-xuat/xong*")
    heading(page, "Đã đăng xuất")
    page.goto(f"{stage.site}/dang-nhap")
    page.get_by_role("button", name="Đăng nhập bằng").click()
    heading(page, "Chọn người")  # the provider knows nobody any more


def test_the_back_button_shows_nothing_private_after_signing_out(stage: Stage, page: Page) -> None:
    sign_in(page, stage, PERSON)
    page.goto(f"{stage.site}/tai-khoan/phien")
    page.goto(f"{stage.site}/tai-khoan")
    sign_out(page)
    page.get_by_role("button", name="Đăng xuất").click()
    heading(page, "Đã đăng xuất")
    seen = set()
    for _ in range(8):
        page.go_back()
        seen.add(page.url.removeprefix(stage.site).split("?")[0])
        expect(page.locator("body")).not_to_contain_text(PERSON)
        expect(page.locator("body")).not_to_contain_text("Tài khoản của tôi")
        if page.url.startswith(stage.site) and "/dang-nhap" in page.url:
            break
    assert "/dang-nhap" in seen


def test_an_end_at_the_provider_ends_every_session_of_that_sign_in_here(
    stage: Stage, page: Page, open_page: OpenPage
) -> None:
    stays = open_page()
    sign_in(stays, stage, "Vũ Văn Bình")
    sign_in(page, stage, PERSON)
    at_provider = page.context.new_page()
    at_provider.goto(f"{stage.provider.issuer}/session/end")
    at_provider.get_by_role("button", name="Đăng xuất").click()
    heading(at_provider, "Đã đăng xuất ở nhà cung cấp")

    def told() -> bool:
        page.goto(f"{stage.site}/phong")
        return page.locator("header").get_by_role("link", name="Đăng nhập").count() == 1

    assert soon(told)
    signed_out(page, stage, PERSON)
    stays.reload()
    expect(stays.locator("header")).to_contain_text("Vũ Văn Bình")
