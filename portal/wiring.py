"""The composition root: the one place that opens an index, a page store, a limiter's storage."""

from dataclasses import dataclass
from pathlib import Path

from indexer.index.readers import Readers, open_readers
from portal.clock import Today, archive_today
from portal.settings import PortalSettings
from portal.viewer.cache import RenderCache
from portal.viewer.pages import MarkedPages
from portal.viewer.render import Renderer, RenderLimits
from portal.viewer.store import PageStore


@dataclass(frozen=True)
class Services:
    """What the public site is made of. Tests put their own in."""

    index: Readers
    pages: MarkedPages
    today: Today


def open_services(settings: PortalSettings) -> Services:
    """The real ones. Nothing is read before the first request."""
    return Services(open_readers(settings.index_dir), _marked_pages(settings), archive_today)


def _marked_pages(settings: PortalSettings) -> MarkedPages:
    cache_dir: Path = settings.cache_dir
    limits = RenderLimits(seconds=settings.render_seconds, at_once=settings.render_slots, wait_seconds=3)
    return MarkedPages(
        PageStore(settings.pages_dir),
        Renderer(limits, launchers=cache_dir / "launchers"),
        RenderCache(cache_dir / "renders", settings.secret_key.get_secret_value(), settings.cache_bytes),
    )
