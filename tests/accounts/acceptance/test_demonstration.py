"""A visitor of the demonstration: signs in as somebody made up, reads the code in the mailbox, and is signed out."""

from __future__ import annotations

import json
import os
import sys
import urllib.request
from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path

import pytest
from playwright.sync_api import Page, expect

from portal.demo_provider.profile import entry
from portal.store.database import Database
from portal.store.migrating import migrate
from tests.accounts.acceptance.steps import heading
from tests.accounts.acceptance.test_accessibility import shown
from tests.browser.chromium import OpenPage
from tests.servers.leash import Leash, new_folder
from tests.servers.portal import ROOT, PortalServer
from tests.servers.ports import free_port
from tests.servers.waiting import wait_until

BUTTON = "Đăng nhập bằng VNeID (thử nghiệm)"


@dataclass(frozen=True)
class Demonstration:
    site: str
    issuer: str


@pytest.fixture(scope="module")
def demonstration(archive: dict[str, str], tmp_path_factory: pytest.TempPathFactory) -> Iterator[Demonstration]:
    """Portal and provider with the same settings, as deploy/bin/demo starts them."""
    folder = tmp_path_factory.mktemp("demonstration")
    port, store = free_port(), f"sqlite:///{folder / 'portal.db'}"
    issuer = f"http://127.0.0.1:{port}"
    migrate(Database(store))
    settings = archive | {
        "ARCHIVE_STORE_URL": store,
        "ARCHIVE_ACCESS_LOG_DIR": str(folder / "access-log"),
        "ARCHIVE_CACHE_DIR": str(folder / "cache"),
        "ARCHIVE_DEMO": "true",
        "ARCHIVE_DEMO_MAIL_DIR": str(folder / "mail"),
        "ARCHIVE_IDENTITY_PROVIDERS": json.dumps([entry(issuer)]),
    }
    with PortalServer(settings, application="tests.accounts.acceptance.served:create()") as portal:
        command = str(Path(sys.executable).with_name("archive-portal"))
        provider = Leash(
            [command, "demo-provider", "--port", str(port), "--portal", portal.url],
            folder=new_folder("demo-provider"),
            env={"PATH": os.defpath, "LANG": "C.UTF-8", "ARCHIVE_SETTINGS": os.devnull, **settings},
            cwd=ROOT,
        )
        try:
            wait_until(lambda: answers(issuer), leash=provider, what="the demonstration provider")
            yield Demonstration(portal.url, issuer)
            assert provider.log() == "", "addresses with tokens in them are not written down"
        finally:
            provider.end()


def answers(issuer: str) -> bool:
    try:
        with urllib.request.urlopen(f"{issuer}/readyz", timeout=5) as response:
            return bool(response.status == 200)
    except OSError:
        return False


def arrive(page: Page, demonstration: Demonstration, person: str) -> None:
    """At the portal as `person`, for the first time."""
    page.goto(f"{demonstration.site}/dang-nhap?next=/tai-khoan")
    page.get_by_role("button", name=BUTTON).click()
    expect(page.get_by_text("TRÌNH DIỄN: không phải VNeID")).to_be_visible()
    page.get_by_role("button", name=person).click()
    heading(page, "Hoàn tất tài khoản")


@pytest.mark.parametrize(
    ("javascript", "person"), [(True, "Nguyễn Thị Mẫu"), (False, "Trần Văn Thử")], ids=["with JavaScript", "without"]
)
def test_a_visitor_finds_the_code_in_the_mailbox_and_an_end_there_ends_here(
    demonstration: Demonstration, open_page: OpenPage, javascript: bool, person: str
) -> None:
    page = open_page(javascript=javascript)
    arrive(page, demonstration, person)
    page.get_by_label("Thư điện tử").fill("khach@vi-du.example")
    page.get_by_label("Tôi đã đọc và đồng ý").check()
    page.get_by_role("button", name="Gửi mã xác nhận").click()
    heading(page, "Nhập mã xác nhận")
    mailbox = page.context.new_page()
    mailbox.goto(f"{demonstration.issuer}/hop-thu")
    code = mailbox.locator(".message-text").first.inner_text().split()[0]
    page.get_by_label("Mã 6 chữ số").fill(code)
    page.get_by_role("button", name="Xác nhận").click()
    heading(page, "Tài khoản của tôi")
    expect(page.locator("main")).to_contain_text(person)
    mailbox.goto(demonstration.issuer)
    mailbox.locator("form", has_text=person).get_by_role("button").click()
    expect(mailbox.get_by_role("status")).to_contain_text("cổng đã được báo")
    page.reload()
    heading(page, "Đăng nhập")


def test_who_refuses_is_back_at_the_portal(demonstration: Demonstration, page: Page) -> None:
    page.goto(f"{demonstration.site}/dang-nhap")
    page.get_by_role("button", name=BUTTON).click()
    page.get_by_role("button", name="Từ chối").click()
    heading(page, "Ông/bà đã dừng đăng nhập")


def test_the_provider_s_pages_have_no_fault(demonstration: Demonstration, open_page: OpenPage) -> None:
    page = open_page()
    arrive(page, demonstration, "Lê Hoàng Ví Dụ")  # so that there is a session to be shown
    for path in ("/", "/hop-thu", "/oauth2/logout", "/nowhere"):
        page.goto(demonstration.issuer + path)
        shown(page)
    page.goto(f"{demonstration.site}/dang-nhap")
    page.context.clear_cookies()
    page.reload()
    page.get_by_role("button", name=BUTTON).click()
    shown(page)
