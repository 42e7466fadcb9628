"""The composition root: the one place that opens an index, a page store, a register, accounts, sessions."""

from dataclasses import dataclass
from datetime import timedelta
from functools import partial
from pathlib import Path

from access_policy.register.store import open_register
from indexer.index.readers import Readers, open_readers
from portal.asking import Askers
from portal.audit.keys import log_key, reader_id
from portal.audit.log import AccessLog
from portal.clock import Now, Today, archive_today, utc_now
from portal.register_watch import RegisterWatch
from portal.sessions.database import DatabaseSessions
from portal.sessions.redis import RedisSessions
from portal.sessions.store import SessionStore
from portal.settings import PortalSettings
from portal.store.database import Database
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


def open_services(settings: PortalSettings) -> Services:
    """The real ones. Nothing is read before the first request."""
    register = RegisterWatch(open_register(settings.register_url))
    database = Database(settings.store_url)
    return Services(
        index=open_readers(settings),
        register=register,
        pages=_marked_pages(settings),
        today=archive_today,
        access_log=AccessLog(settings.access_log_dir, _log_key(settings)),
        now=utc_now,
        sessions=_sessions(settings, database),
        askers=Askers(partial(reader_id, _log_key(settings)), register.permits),
        seal=_sealing(settings),
    )


def _log_key(settings: PortalSettings) -> bytes:
    return log_key(settings.access_log_key.get_secret_value(), secret_key=settings.secret_key.get_secret_value())


def _sealing(settings: PortalSettings) -> Sealing:
    secret = settings.secret_key.get_secret_value()
    keys = [key.get_secret_value() for key in settings.personal_data_keys] or [secret]
    return Sealing(keys, matching_key=settings.matching_key.get_secret_value() or secret)


def _sessions(settings: PortalSettings, database: Database) -> SessionStore:
    idle = timedelta(minutes=settings.session_idle_minutes)
    if not settings.redis_url:
        return DatabaseSessions(database, application="reader", idle=idle, now=utc_now)
    longest = timedelta(hours=settings.session_hours)
    return RedisSessions(settings.redis_url, application="reader", idle=idle, longest=longest, now=utc_now)


def _marked_pages(settings: PortalSettings) -> MarkedPages:
    cache_dir: Path = settings.cache_dir
    limits = RenderLimits(seconds=settings.render_seconds, at_once=settings.render_slots, wait_seconds=3)
    return MarkedPages(
        PageStore(settings.pages_dir),
        Renderer(limits, launchers=cache_dir / "launchers"),
        RenderCache(cache_dir / "renders", settings.secret_key.get_secret_value(), settings.cache_bytes),
    )
