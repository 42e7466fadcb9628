"""The public site and the desk over the same store and register, with a reader and staff at their browsers."""

from dataclasses import dataclass, field, replace
from datetime import timedelta
from functools import partial

from flask import Flask

from access_policy.register.store import open_register
from portal.accounts.staff.register import StaffRegister
from portal.accounts.staff.roles import Role
from portal.audit.keys import reader_id
from portal.desk.app import create_desk
from portal.desk.cases.records import Records
from portal.desk.opening import open_desk_services
from portal.desk.services import DeskServices
from portal.opening import access_log_key
from portal.register_watch import RegisterWatch
from portal.requests.deciding import Deciding
from portal.requests.files import CaseFiles
from portal.requests.handling import Handling
from portal.requests.queue import Queue
from portal.requests.scanning import NoScanner
from portal.sessions.database import DatabaseSessions
from portal.store.undelivered import Undelivered
from tests.accounts.views.browser import Browser as ReaderBrowser
from tests.accounts.views.browser import whole
from tests.accounts.views.site import Site
from tests.desk.browser import Browser as DeskBrowser
from tests.desk.clock import Clock as DeskClock

ASKABLE = "qn.mode-02"
"""A file of four pages that may be asked for."""


@dataclass
class World:
    """Everything real but the providers and the clock; both sites go by the same clock."""

    site: Site
    desk_clock: DeskClock = field(default_factory=DeskClock)

    def __post_init__(self) -> None:
        self.desk_services = self._desk_services()
        self.desk: Flask = create_desk(self.site.settings, self.desk_services)

    def reader(self) -> ReaderBrowser:
        """Signed in, with an account that is whole."""
        return whole(ReaderBrowser(self.site))

    def member(self, login: str, *roles: Role) -> DeskBrowser:
        """Somebody with these roles, signed in at the desk."""
        staff: StaffRegister = self.desk_services.staff
        password = staff.add(login=login, name=login.title(), roles=roles, author="test", now=self.desk_clock())
        browser = DeskBrowser(self.desk, self.desk_clock)
        browser.first_sign_in(login, password)
        return browser

    def pass_by(self, **amount: float) -> None:
        """Let time go by at both sites."""
        self.site.clock.pass_by(**amount)
        self.desk_clock.on(**amount)

    def _desk_services(self) -> DeskServices:
        site, clock = self.site, self.desk_clock
        register = open_register(site.settings.register_url)
        files = CaseFiles(site.database, site.seal, site.settings.attachments_dir, NoScanner(), most_bytes=10_000_000)
        credentials = site.services.credentials
        pseudonym = partial(reader_id, access_log_key(site.settings))
        return replace(
            open_desk_services(site.settings),
            sessions=DatabaseSessions(site.database, application="desk", idle=timedelta(minutes=15), now=clock),
            staff=StaffRegister(site.database, credentials),
            credentials=credentials,
            accounts=site.accounts,
            seal=site.seal,
            queue=Queue(site.database, site.seal),
            handling=Handling(site.database, site.seal),
            deciding=Deciding(site.database, site.seal, register, pseudonym=pseudonym),
            case_files=files,
            records=Records(site.services.index, RegisterWatch(register)),
            undelivered=Undelivered(site.database, site.seal),
            now=clock,
        )
