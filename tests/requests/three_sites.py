"""Portal, desk and the made-up identity provider as processes, over the demonstration archive."""

import json
import os
import re
import sys
import urllib.request
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from datetime import UTC, datetime
from pathlib import Path
from shutil import copy

import pyotp
from playwright.sync_api import Page, expect

from portal.accounts.credentials.credentials import Credentials
from portal.accounts.credentials.rules import PasswordRules
from portal.accounts.staff.register import StaffRegister
from portal.accounts.staff.roles import Role
from portal.demo_provider.profile import entry
from portal.opening import open_sealing
from portal.settings import PortalSettings
from portal.store.database import Database
from portal.store.migrating import migrate
from tests.demonstration import UNLIMITED, Demonstration
from tests.servers.leash import Leash, new_folder
from tests.servers.portal import ROOT, PortalServer
from tests.servers.ports import free_port
from tests.servers.waiting import wait_until

BUTTON = "Đăng nhập bằng VNeID (thử nghiệm)"
PASSWORD = "Mưa rào 7 ngày liền"


@dataclass(frozen=True)
class ThreeSites:
    """Addresses, a register of their own, and one-time passwords of staff by login."""

    portal: str
    desk: str
    issuer: str
    register_url: str
    passwords: dict[str, str]

    def sign_in_reader(self, page: Page, person: str) -> None:
        """For the first time, wholly; the code is read in the mailbox of the demonstration."""
        page.goto(f"{self.portal}/dang-nhap?next=/tai-khoan")
        page.get_by_role("button", name=BUTTON).click()
        page.get_by_role("button", name=person).click()
        page.get_by_label("Thư điện tử").fill("khach@vi-du.example")
        page.get_by_label("Tôi đã đọc và đồng ý").check()
        page.get_by_role("button", name="Gửi mã xác nhận").click()
        mailbox = page.context.new_page()
        mailbox.goto(f"{self.issuer}/hop-thu")
        code = mailbox.locator(".message-text").first.inner_text().split()[0]
        mailbox.close()
        page.get_by_label("Mã 6 chữ số").fill(code)
        page.get_by_role("button", name="Xác nhận").click()
        expect(page.get_by_role("heading", level=1)).to_have_text("Tài khoản của tôi")

    def be_known_surely(self, page: Page, person: str) -> None:
        """The way from the page that asks for it to where its reader was going."""
        expect(page.get_by_role("heading", level=1)).to_have_text("Xác thực ở mức cao hơn")
        page.get_by_role("button", name=BUTTON).click()
        page.get_by_role("button", name=person).click()

    def sign_in_member(self, page: Page, login: str) -> None:
        """For the first time: one-time password, new password, second factor."""
        page.goto(f"{self.desk}/dang-nhap")
        page.locator("#login").fill(login)
        page.locator("#password").fill(self.passwords[login])
        page.locator("main").get_by_role("button").first.click()
        page.locator("#new").fill(PASSWORD)
        page.locator("#again").fill(PASSWORD)
        page.locator("main").get_by_role("button").first.click()
        key = re.sub(r"\s", "", page.locator(".desk-key").inner_text())
        page.locator("#code").fill(pyotp.TOTP(key).now())
        page.locator("main form").get_by_role("button").first.click()
        page.goto(f"{self.desk}/ho-so")


@contextmanager
def three_sites(archive: Demonstration, folder: Path) -> Iterator[ThreeSites]:
    """Until the end of the block."""
    port, portal_port, desk_port = free_port(), free_port(), free_port()
    issuer, portal_url, desk_url = (f"http://127.0.0.1:{each}" for each in (port, portal_port, desk_port))
    copy(archive.folder / "register.db", folder / "register.db")
    settings = archive.environment | {
        "ARCHIVE_REGISTER_URL": f"sqlite:///{folder / 'register.db'}",
        "ARCHIVE_STORE_URL": f"sqlite:///{folder / 'portal.db'}",
        "ARCHIVE_ACCESS_LOG_DIR": str(folder / "access-log"),
        "ARCHIVE_CACHE_DIR": str(folder / "cache"),
        "ARCHIVE_ATTACHMENTS_DIR": str(folder / "attachments"),
        "ARCHIVE_BASE_URL": portal_url,
        "ARCHIVE_DESK_URL": desk_url,
        "ARCHIVE_LIMIT_SIGN_IN": UNLIMITED,
        "ARCHIVE_DEMO": "true",
        "ARCHIVE_DEMO_MAIL_DIR": str(folder / "mail"),
        "ARCHIVE_IDENTITY_PROVIDERS": json.dumps([entry(issuer)]),
    }
    passwords = _employ(settings)
    provider = _provider(settings, port, portal_url)
    with (
        PortalServer(settings | {"ARCHIVE_BIND": f"127.0.0.1:{portal_port}"}),
        PortalServer(settings | {"ARCHIVE_BIND": f"127.0.0.1:{desk_port}"}, application="portal.desk.wsgi:create()"),
    ):
        try:
            wait_until(lambda: _answers(issuer), leash=provider, what="the demonstration provider")
            yield ThreeSites(portal_url, desk_url, issuer, settings["ARCHIVE_REGISTER_URL"], passwords)
        finally:
            provider.end()


def _employ(settings: dict[str, str]) -> dict[str, str]:
    """An archivist, a head and a policy officer; their one-time passwords by login."""
    database = Database(settings["ARCHIVE_STORE_URL"])
    migrate(database)
    given = PortalSettings(secret_key=settings["ARCHIVE_SECRET_KEY"])  # type: ignore[arg-type]
    staff = StaffRegister(database, Credentials(database, open_sealing(given), PasswordRules()))
    people = {
        "lan": ("Phạm Ngọc Lan", Role.ARCHIVIST),
        "hoa": ("Đỗ Thị Hòa", Role.HEAD),
        "minh": ("Lê Quang Minh", Role.POLICY_OFFICER),
    }
    return {
        login: staff.add(login=login, name=name, roles=[role], author="test", now=datetime.now(UTC))
        for login, (name, role) in people.items()
    }


def _provider(settings: dict[str, str], port: int, portal_url: str) -> Leash:
    command = str(Path(sys.executable).with_name("archive-portal"))
    return Leash(
        [command, "demo-provider", "--port", str(port), "--portal", portal_url],
        folder=new_folder("demo-provider"),
        env={"PATH": os.defpath, "LANG": "C.UTF-8", "ARCHIVE_SETTINGS": os.devnull, **settings},
        cwd=ROOT,
    )


def _answers(issuer: str) -> bool:
    try:
        with urllib.request.urlopen(f"{issuer}/readyz", timeout=5) as response:
            return bool(response.status == 200)
    except OSError:
        return False
