"""The desk over a store of its own: everything real, passwords at a low cost, and a clock that a test moves."""

from collections.abc import Callable, Iterator
from dataclasses import replace
from datetime import timedelta
from pathlib import Path

import pytest
from flask import Flask
from sqlalchemy import make_url

from portal.accounts.credentials.credentials import Credentials
from portal.accounts.credentials.hashing import Cost, Hashing
from portal.accounts.credentials.rules import PasswordRules
from portal.accounts.people.accounts import Accounts
from portal.accounts.staff.events import AccountEvents
from portal.accounts.staff.register import StaffRegister
from portal.accounts.staff.roles import Role
from portal.desk.app import create_desk
from portal.desk.opening import open_desk_services
from portal.desk.services import DeskServices
from portal.sessions.database import DatabaseSessions
from portal.settings import PortalSettings
from portal.store.database import Database
from portal.store.sealing import Sealing
from tests.desk.browser import Browser
from tests.desk.clock import Clock
from tests.empty import empty_register, empty_store

CHEAP = Cost(passes=1, memory=64)

Employ = Callable[..., str]
"""Adds somebody with these roles; the one-time password."""


@pytest.fixture
def clock() -> Clock:
    return Clock()


@pytest.fixture
def database(tmp_path: Path) -> Iterator[Database]:
    opened = empty_store(tmp_path / "portal.db")
    yield opened
    opened.close()


@pytest.fixture
def services(database: Database, settings: PortalSettings, clock: Clock) -> DeskServices:
    seal = Sealing([b"k" * 32], matching_key=b"m" * 32)
    credentials = Credentials(database, seal, PasswordRules(), hashing=Hashing(CHEAP))
    empty_register(Path(make_url(settings.register_url).database or ""))
    return replace(
        open_desk_services(settings),
        sessions=DatabaseSessions(database, application="desk", idle=timedelta(minutes=15), now=clock),
        reader_sessions=DatabaseSessions(database, application="reader", idle=timedelta(minutes=30), now=clock),
        staff=StaffRegister(database, credentials),
        credentials=credentials,
        events=AccountEvents(database),
        accounts=Accounts(database, seal),
        providers={},
        seal=seal,
        now=clock,
    )


@pytest.fixture
def settings(tmp_path: Path) -> PortalSettings:
    return PortalSettings(
        secret_key="k" * 32,  # type: ignore[arg-type]
        index_dir=tmp_path / "index",
        register_url=f"sqlite:///{tmp_path / 'register.db'}",
        store_url=f"sqlite:///{tmp_path / 'portal.db'}",
        attachments_dir=tmp_path / "attachments",
        access_log_dir=tmp_path / "access-log",
        limit_sign_in="100000/minute",
    )


@pytest.fixture
def app(settings: PortalSettings, services: DeskServices) -> Flask:
    return create_desk(settings, services)


@pytest.fixture
def browser(app: Flask, clock: Clock) -> Browser:
    return Browser(app, clock)


@pytest.fixture
def employ(services: DeskServices, clock: Clock) -> Employ:
    def add(login: str, *roles: Role, name: str = "Nguyễn Thị Hạnh") -> str:
        return services.staff.add(login=login, name=name, roles=roles or [Role.ARCHIVIST], author="test", now=clock())

    return add


@pytest.fixture
def signed_in(browser: Browser, employ: Employ) -> Callable[..., Browser]:
    """A browser in which somebody with these roles has signed in for the first time."""

    def sign_in(*roles: Role, login: str = "hanh") -> Browser:
        browser.first_sign_in(login, employ(login, *roles))
        return browser

    return sign_in
