"""The composition root: the one place that opens an index, a page store, a limiter's storage."""

from dataclasses import dataclass
from pathlib import Path

from access_policy.register.store import open_register
from indexer.index.readers import Readers, open_readers
from portal.audit.keys import log_key
from portal.audit.log import AccessLog
from portal.clock import Now, Today, archive_today, utc_now
from portal.register_watch import RegisterWatch
from portal.settings import PortalSettings
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


def open_services(settings: PortalSettings) -> Services:
    """The real ones. Nothing is read before the first request."""
    register = RegisterWatch(open_register(settings.register_url))
    return Services(
        open_readers(settings),
        register,
        _marked_pages(settings),
        archive_today,
        _access_log(settings),
        utc_now,
    )


def _access_log(settings: PortalSettings) -> AccessLog:
    key = log_key(settings.access_log_key.get_secret_value(), secret_key=settings.secret_key.get_secret_value())
    return AccessLog(settings.access_log_dir, key)


def _marked_pages(settings: PortalSettings) -> MarkedPages:
    cache_dir: Path = settings.cache_dir
    limits = RenderLimits(seconds=settings.render_seconds, at_once=settings.render_slots, wait_seconds=3)
    return MarkedPages(
        PageStore(settings.pages_dir),
        Renderer(limits, launchers=cache_dir / "launchers"),
        RenderCache(cache_dir / "renders", settings.secret_key.get_secret_value(), settings.cache_bytes),
    )
