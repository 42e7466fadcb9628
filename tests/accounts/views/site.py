"""The public site with readers: everything real but the providers and the clock."""

from dataclasses import dataclass, field, replace
from datetime import UTC, datetime, timedelta
from functools import partial
from pathlib import Path
from shutil import rmtree

from flask import Flask
from sqlalchemy import delete

from indexer.index.document import Documents
from indexer.index.memory.generations import MemoryGenerations
from portal.accounts.credentials.credentials import Credentials
from portal.accounts.credentials.hashing import Cost, Hashing
from portal.accounts.credentials.rules import PasswordRules
from portal.accounts.people.accounts import Accounts
from portal.app import create_app
from portal.opening import name_in, open_files, requester_in
from portal.requests.cases import Cases
from portal.sessions.database import DatabaseSessions
from portal.settings import PortalSettings
from portal.store.database import Database
from portal.store.inbox import Inbox
from portal.store.readings import Readings
from portal.store.sealing import Sealing
from portal.store.tables import metadata
from portal.wiring import Services, open_services
from tests.accounts.views.fake_provider import FakeProvider
from tests.index.conftest import filled
from tests.index.corpus import TODAY

CHEAP = Hashing(Cost(passes=1, memory=8, lanes=1))


@dataclass
class Clock:
    """Goes on by a millisecond each time it is read, and further when it is moved."""

    moment: datetime = datetime(2026, 11, 21, 3, 0, tzinfo=UTC)

    def __call__(self) -> datetime:
        self.pass_by(milliseconds=1)
        return self.moment

    def pass_by(self, **amount: float) -> None:
        self.moment += timedelta(**amount)


@dataclass
class Site:
    """A site and what a test may look into or turn."""

    folder: Path
    archive: tuple[Documents, ...] = ()
    clock: Clock = field(default_factory=Clock)
    vneid: FakeProvider = field(default_factory=lambda: FakeProvider("vneid", "sso.vidu.vn", "VNeID"))
    dvcqg: FakeProvider = field(default_factory=lambda: FakeProvider("dvcqg", "dvc.vidu.vn", "Cổng Dịch vụ công"))

    def __post_init__(self) -> None:
        self.outbox = self.folder / "outbox"
        self.settings = settings_in(self.folder)
        self.database = Database(self.settings.store_url)
        self.seal = Sealing([b"s" * 32], matching_key=b"m" * 32)
        self.services = self._services()
        self.app: Flask = create_app(self.settings, self.services)

    def reset(self) -> None:
        """Forget everybody and everything."""
        with self.database.writing() as connection:
            for table in reversed(metadata.sorted_tables):
                connection.execute(delete(table))
        rmtree(self.outbox, ignore_errors=True)
        self.clock.moment = Clock.moment
        for provider in (self.vneid, self.dvcqg):
            provider.reset()

    @property
    def accounts(self) -> Accounts:
        return self.services.accounts

    def _services(self) -> Services:
        generations = MemoryGenerations()
        filled(generations, self.archive)
        idle = timedelta(minutes=self.settings.session_idle_minutes)
        accounts = Accounts(self.database, self.seal)
        return replace(
            open_services(self.settings),
            index=generations.reader,
            today=lambda: TODAY,
            now=self.clock,
            sessions=DatabaseSessions(self.database, application="reader", idle=idle, now=self.clock),
            seal=self.seal,
            accounts=accounts,
            cases=Cases(self.database, self.seal, agency=self.settings.agency_code),
            case_files=open_files(self.settings, self.database, self.seal),
            inbox=Inbox(self.database, self.seal),
            requester_of=partial(requester_in, accounts),
            reader_name=partial(name_in, accounts),
            readings=Readings(self.database),
            credentials=Credentials(self.database, self.seal, PasswordRules(), hashing=CHEAP),
            providers={"vneid": self.vneid, "dvcqg": self.dvcqg},
        )


def settings_in(folder: Path) -> PortalSettings:
    return PortalSettings(
        secret_key="k" * 32,  # type: ignore[arg-type]
        base_url="https://localhost",
        archive_name="Lưu trữ lịch sử tỉnh Ví Dụ",
        index_dir=folder / "index",
        register_url=f"sqlite:///{folder / 'register.db'}",
        pages_dir=folder / "pages",
        access_log_dir=folder / "access-log",
        cache_dir=folder / "cache",
        attachments_dir=folder / "attachments",
        store_url=f"sqlite:///{folder / 'portal.db'}",
        demo=True,
        demo_mail_dir=folder / "outbox",
        limit_search="100000/minute",
        limit_suggest="100000/minute",
        limit_images="100000/minute",
        limit_sign_in="100000/minute",
    )
