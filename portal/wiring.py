"""The composition root: the one place that opens an index, a page store, a register, accounts, sessions."""

from collections.abc import Callable
from dataclasses import dataclass
from datetime import timedelta
from functools import partial
from pathlib import Path

from access_policy.register.store import open_register
from indexer.index.readers import Readers, open_readers
from portal.accounts.credentials.credentials import Credentials
from portal.accounts.lock_notices import LockNotices
from portal.accounts.people.accounts import Accounts
from portal.accounts.providers.open import open_providers
from portal.accounts.providers.provider import Providers
from portal.asking import Askers
from portal.audit.keys import reader_id
from portal.audit.log import AccessLog
from portal.clock import Now, Today, archive_today, utc_now
from portal.notices.outlets import Outlets
from portal.opening import (
    access_log_key,
    name_in,
    open_files,
    open_sealing,
    open_sessions,
    outlets_of,
    requester_in,
)
from portal.register_watch import RegisterWatch
from portal.requests.case import Requester
from portal.requests.cases import Cases
from portal.requests.files import CaseFiles
from portal.requests.own_permits import OwnPermits
from portal.requests.provisions.kept import Provisions
from portal.requests.service_figures import Figures
from portal.sessions.store import SessionStore
from portal.settings import PortalSettings
from portal.store.database import Database
from portal.store.inbox import Inbox
from portal.store.permit_quota import PermitQuota
from portal.store.readings import Readings
from portal.store.sealing import Sealing
from portal.viewer.cache import RenderCache
from portal.viewer.pages import MarkedPages
from portal.viewer.render import Renderer, RenderLimits
from portal.viewer.store import PageStore


@dataclass(frozen=True)
class Services:
    """What the public site is made of. Tests put their own in."""

    index: Readers
    register: RegisterWatch
    pages: MarkedPages
    today: Today
    access_log: AccessLog
    now: Now
    sessions: SessionStore
    askers: Askers
    seal: Sealing
    accounts: Accounts
    readings: Readings
    credentials: Credentials
    providers: Providers
    outlets: Outlets
    cases: Cases
    case_files: CaseFiles
    case_permits: OwnPermits
    provisions: Provisions
    service_figures: Figures
    inbox: Inbox
    requester_of: Callable[[str], Requester | None]
    reader_name: Callable[[str], str]
    quota: PermitQuota


def open_services(settings: PortalSettings) -> Services:
    """The real ones. Nothing is read before the first request."""
    register = RegisterWatch(open_register(settings.register_url))
    database, seal = Database(settings.store_url), open_sealing(settings)
    idle, longest = timedelta(minutes=settings.session_idle_minutes), timedelta(hours=settings.session_hours)
    readers = [profile for profile in settings.identity_providers if profile.audience == "readers"]
    accounts, outlets = Accounts(database, seal), outlets_of(settings)
    names = {"vi": settings.archive_name, "en": settings.archive_name_en}
    told = LockNotices(accounts, outlets, archive_names=names)
    return Services(
        index=open_readers(settings),
        register=register,
        pages=_marked_pages(settings),
        today=archive_today,
        access_log=AccessLog(settings.access_log_dir, access_log_key(settings)),
        now=utc_now,
        sessions=open_sessions(settings, database, application="reader", idle=idle, longest=longest),
        askers=Askers(partial(reader_id, access_log_key(settings)), register.permits, settings.reading_room_networks),
        seal=seal,
        accounts=accounts,
        readings=Readings(database),
        credentials=Credentials(database, seal, settings.password_rules, when_locked=told.tell),
        providers=open_providers(readers, base_url=settings.base_url),
        outlets=outlets,
        cases=Cases(database, seal, agency=settings.agency_code),
        case_files=open_files(settings, database, seal),
        case_permits=OwnPermits(database),
        provisions=Provisions(database),
        service_figures=Figures(database),
        inbox=Inbox(database, seal),
        requester_of=partial(requester_in, accounts),
        reader_name=partial(name_in, accounts),
        quota=PermitQuota(database),
    )


def _marked_pages(settings: PortalSettings) -> MarkedPages:
    cache_dir: Path = settings.cache_dir
    limits = RenderLimits(seconds=settings.render_seconds, at_once=settings.render_slots, wait_seconds=3)
    return MarkedPages(
        PageStore(settings.pages_dir),
        Renderer(limits, launchers=cache_dir / "launchers"),
        RenderCache(cache_dir / "renders", settings.secret_key.get_secret_value(), settings.cache_bytes),
    )
