"""The composition root: the one place that opens an index, a page store, a register, accounts, sessions."""

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
from portal.audit.keys import log_key, reader_id
from portal.audit.log import AccessLog
from portal.clock import Now, Today, archive_today, utc_now
from portal.notices.outlets import Outlets
from portal.opening import open_sealing, open_sessions, outlets_of
from portal.register_watch import RegisterWatch
from portal.sessions.store import SessionStore
from portal.settings import PortalSettings
from portal.store.database import Database
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
        access_log=AccessLog(settings.access_log_dir, _log_key(settings)),
        now=utc_now,
        sessions=open_sessions(settings, database, application="reader", idle=idle, longest=longest),
        askers=Askers(partial(reader_id, _log_key(settings)), register.permits),
        seal=seal,
        accounts=accounts,
        readings=Readings(database),
        credentials=Credentials(database, seal, settings.password_rules, when_locked=told.tell),
        providers=open_providers(readers, base_url=settings.base_url),
        outlets=outlets,
    )


def _log_key(settings: PortalSettings) -> bytes:
    return log_key(settings.access_log_key.get_secret_value(), secret_key=settings.secret_key.get_secret_value())


def _marked_pages(settings: PortalSettings) -> MarkedPages:
    cache_dir: Path = settings.cache_dir
    limits = RenderLimits(seconds=settings.render_seconds, at_once=settings.render_slots, wait_seconds=3)
    return MarkedPages(
        PageStore(settings.pages_dir),
        Renderer(limits, launchers=cache_dir / "launchers"),
        RenderCache(cache_dir / "renders", settings.secret_key.get_secret_value(), settings.cache_bytes),
    )
