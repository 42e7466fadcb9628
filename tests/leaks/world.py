"""One edition of the archive in service: a real register, the embedded index, real page images, the public site."""

import re
from collections.abc import Callable
from dataclasses import dataclass, replace
from datetime import date
from functools import cached_property
from pathlib import Path

from flask import Flask
from flask.testing import FlaskClient
from PIL import Image, ImageDraw

from access_policy.overlay import NO_OVERLAY
from access_policy.permit import Permit
from access_policy.reader import ANONYMOUS, NOBODY, Reader
from access_policy.register.store import Register, open_register
from access_policy.terms import Action, Audience
from access_policy.visibility import Visibility, visible_to
from indexer.index.port import IndexReader
from indexer.index.tantivy.generations import TantivyGenerations
from indexer.rebuild import rebuild
from indexer.update import update
from portal.app import create_app
from portal.register_watch import RegisterWatch
from portal.settings import PortalSettings
from portal.store.database import Database
from portal.store.migrating import migrate
from portal.wiring import Services, open_services
from tests.indexer.archives import ListedSource
from tests.leaks.archive import BLACKED_OUT, NUMBERED, PAGE_LISTED, PHOTO, TODAY, Words, restrict, rows

PERMIT = Permit("GP-1", f"h47.td.{PAGE_LISTED}", frozenset({Action.READ}), TODAY, TODAY, pages=(2, 2))

READERS: dict[str, Reader] = {
    "anybody": ANONYMOUS,
    "nobody": NOBODY,
    "signed in": Reader(frozenset({Audience.EVERYONE, Audience.SIGNED_IN})),
    "in the reading room": Reader(frozenset({Audience.EVERYONE, Audience.SIGNED_IN, Audience.READING_ROOM})),
    "staff and nothing else": Reader(frozenset({Audience.STAFF})),
    "with a permit for one page": Reader(frozenset({Audience.EVERYONE}), (PERMIT,)),
}
"""Each kind of reader that the index knows; the public site itself knows anybody, in two languages."""

UNLIMITED = "100000000/minute"

_RANDOM_CODE = re.compile(rb'<b class="code">[0-9a-f]{8}</b>')
_OF_THE_MOMENT = {"Date", "X-RateLimit-Reset", "X-RateLimit-Remaining", "Retry-After"}

Answer = tuple[int, tuple[tuple[str, str], ...], bytes]


@dataclass(frozen=True)
class World:
    """An edition and everything that answers for it."""

    words: Words | None
    settings: PortalSettings
    register: Register
    generations: TantivyGenerations
    source: ListedSource
    services: Services

    @property
    def folder(self) -> Path:
        """Where all of it lies."""
        return self.settings.index_dir.parent

    @cached_property
    def site(self) -> FlaskClient:
        """A browser on the public site. The register is asked with every request."""
        return self.app().test_client()

    def app(self, *, today: Callable[[], date] = lambda: TODAY, **settings: object) -> Flask:
        """The public site on a day, with some settings changed."""
        return create_app(self.settings.model_copy(update=settings), replace(self.services, today=today))

    @property
    def index(self) -> IndexReader:
        """The generation in service."""
        return self.generations.reader()

    def seen_by(self, reader: Reader, today: date = TODAY) -> Visibility:
        """The filter of a reader, with whatever the register withholds from the index."""
        return visible_to(reader=reader, today=today, overlay=self.register.overlay(self.index.revision()))

    def update(self, today: date = TODAY) -> None:
        """Bring the index up to the register and the day."""
        reader = self.index
        restrictions, touched = self.register.stale(
            since=reader.revision(), derived_on=reader.derived_on(), today=today
        )
        update(self.source, restrictions, touched, self.generations, today=today)


def build(folder: Path, words: Words | None) -> World:
    """Put an edition into service in a folder."""
    fill_store(folder / "pages", words)
    register = open_register(_settings(folder).register_url)
    register.migrate()
    restrict(register)
    store = Database(_settings(folder).store_url)
    store.make_file()
    migrate(store)
    world = reopen(folder, words)
    rebuild(world.source, register.restrictions(), world.generations, today=TODAY)
    return world


def reopen(folder: Path, words: Words | None) -> World:
    """The edition that was built in a folder, or in another one of which this is a copy."""
    settings = _settings(folder)
    register = open_register(settings.register_url)
    moments = iter(range(1_000_000_000))
    watch = RegisterWatch(register, clock=lambda: float(next(moments)))
    services = replace(open_services(settings), register=watch, today=lambda: TODAY)
    generations = TantivyGenerations(settings.index_dir)
    return World(words, settings, register, generations, ListedSource(rows(words)), services)


def _settings(folder: Path) -> PortalSettings:
    return PortalSettings(
        secret_key="k" * 32,
        index_dir=folder / "index",
        register_url=f"sqlite:///{folder / 'register.db'}",
        store_url=f"sqlite:///{folder / 'portal.db'}",
        pages_dir=folder / "pages",
        access_log_dir=folder / "access-log",
        cache_dir=folder / "cache",
        limit_search=UNLIMITED,
        limit_suggest=UNLIMITED,
        limit_images=UNLIMITED,
    )


def answer(site: FlaskClient, address: str) -> Answer:
    """Everything a reader gets, but what says no more than the moment: status, headers, body."""
    with site.get(address) as got:
        headers = sorted((name, value) for name, value in got.headers if name not in _OF_THE_MOMENT)
        return got.status_code, tuple(headers), _RANDOM_CODE.sub(b"", got.data)


def without_overlay(reader: Reader, today: date = TODAY) -> Visibility:
    """The filter of a reader on an index that has just been built."""
    return visible_to(reader=reader, today=today, overlay=NO_OVERLAY)


def fill_store(root: Path, words: Words | None) -> None:
    """Draw every file: open ones alike in all editions, others with the edition's words on them and in their names."""
    (root / "scans").mkdir(parents=True)
    (root / "photos").mkdir()
    Image.linear_gradient("L").resize((900, 600)).save(root / PHOTO.path)
    _draw(root / "scans" / "mo.pdf", ["trang 1", "trang 2", "trang 3"])
    secret, person, name = (words.text, words.person, words.file) if words else ("", "092170005555", "mo")
    if words:
        _draw(root / "scans" / f"{name}.pdf", [secret, secret])
    _draw(root / "scans" / f"{BLACKED_OUT}-{name}.pdf", [secret])
    _draw(root / "scans" / f"{NUMBERED}-{name}.pdf", [person])


def _draw(file: Path, lines: list[str]) -> None:
    """A scan with one line in the middle of each page."""
    sheets = []
    for line in lines:
        sheet = Image.new("L", (620, 877), 245)
        ImageDraw.Draw(sheet).text((200, 440), line, fill=30)
        sheets.append(sheet)
    sheets[0].save(file, "PDF", resolution=75, save_all=True, append_images=sheets[1:])
