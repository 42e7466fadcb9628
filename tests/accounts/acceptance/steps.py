"""What a reader does, step by step, and what must be seen on the way."""

from __future__ import annotations

import re

from playwright.sync_api import Page, expect

from tests.accounts.acceptance.conftest import PROVIDER_NAME, Stage

_CODE = re.compile(r"\b\d{6}\b")


def heading(page: Page, text: str) -> None:
    """The page that is shown has this title, wholly."""
    expect(page.get_by_role("heading", level=1)).to_have_text(text)


def go_to_provider(page: Page) -> None:
    """From a page that offers to sign in to the provider's."""
    page.get_by_role("button", name=f"Đăng nhập bằng {PROVIDER_NAME}").click()
    heading(page, "Chọn người")


def choose(page: Page, person: str, *, level: str = "") -> None:
    """Be somebody, at the level that the provider proposes or at another."""
    if level:
        page.get_by_label("Mức").select_option(level)
    page.get_by_role("button", name=person, exact=True).click()


def complete(page: Page, stage: Stage, *, email: str) -> None:
    """What is asked once: terms, a contact, the code that was sent there."""
    heading(page, "Hoàn tất tài khoản")
    page.get_by_label("Thư điện tử").fill(email)
    page.get_by_label("Tôi đã đọc và đồng ý").check()
    page.get_by_role("button", name="Gửi mã xác nhận").click()
    heading(page, "Nhập mã xác nhận")
    code = _CODE.search(stage.newest_text())
    assert code is not None
    page.get_by_label("Mã 6 chữ số").fill(code[0])
    page.get_by_role("button", name="Xác nhận").click()


def sign_in(page: Page, stage: Stage, person: str, *, level: str = "", after: str = "/tai-khoan") -> None:
    """Until `after` is shown to this reader, whether or not for the first time."""
    page.goto(f"{stage.site}/dang-nhap?next={after}")
    go_to_provider(page)
    choose(page, person, level=level)
    if "/hoan-tat" in page.url:
        complete(page, stage, email="doc.gia@vi-du.example")
    page.wait_for_url(f"{stage.site}{after}")
    expect(page.locator("header")).to_contain_text(person)


def sign_out(page: Page) -> None:
    """By the button of the masthead; where that leads is for the caller to look at."""
    folded = page.locator("details.menu > summary")
    if folded.is_visible():
        folded.click()
    page.locator(".reader-menu > summary").click()
    page.get_by_role("button", name="Đăng xuất").click()


def signed_out(page: Page, stage: Stage, person: str) -> None:
    """The next thing the reader asks for is answered as to a stranger."""
    page.goto(f"{stage.site}/tai-khoan")
    heading(page, "Đăng nhập")
    expect(page.locator("body")).not_to_contain_text(person)
