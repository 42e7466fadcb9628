"""Lines 27 and 28: what opens is there on its day and not before; what closes is gone at once, everywhere."""

from collections.abc import Callable, Iterator
from dataclasses import replace
from datetime import UTC, date, datetime, timedelta, tzinfo
from urllib.parse import quote

import pytest
import tantivy
from flask.testing import FlaskClient

from access_policy.overlay import Overlay
from access_policy.reader import ANONYMOUS
from access_policy.register.entries import ListEntry, ListVersion
from access_policy.register.errors import RegisterUnavailable
from access_policy.register.stamps import archive_day
from indexer.index.port import Search
from indexer.index.query import parse
from indexer.index.tantivy.generations import TantivyGenerations
from indexer.index.tantivy.schema import open_index, pages_schema, records_schema
from indexer.keeping.differing import Beside
from indexer.pipeline import Tally
from indexer.rebuild import rebuild
from indexer.sources.port import BadRow, SourceRecord
from indexer.sweep import sweep
from portal import clock
from portal.register_watch import FRESH_SECONDS, PATIENCE_SECONDS, RegisterReading, RegisterWatch
from tests.indexer.archives import ListedSource
from tests.leaks.archive import AN, BINH, DAY, NOON, TODAY, TOMORROW, ZUMKYRA
from tests.leaks.questions import ABSENT_ID
from tests.leaks.world import World, without_overlay

ID = f"h47.td.{TOMORROW}"
MIDNIGHT = datetime(2026, 11, 21, 17, tzinfo=UTC)
"""The 22nd begins in Viet Nam."""

Asked = Callable[[FlaskClient], bool]


def showing(record_id: str, words: str, number: str, beginning: str) -> dict[str, Asked]:
    """Every channel on which a record can show, and whether it does."""
    address = f"/tai-lieu/{record_id}"
    return {
        "by its words": lambda site: f'"{address}?' in site.get(f"/tim-kiem?q={quote(words)}").text,
        "by its number": lambda site: f'"{address}?' in site.get(f"/tim-kiem?q={quote(number)}").text,
        "in its list": lambda site: f'"{address}"' in site.get("/tim-kiem").text,
        "by its beginning": lambda site: f'"{address}"' in site.get(f"/goi-y?q={quote(beginning)}").text,
        "by itself": lambda site: site.get(address).status_code == 200,
        "in English": lambda site: site.get(f"/en{address}").status_code == 200,
        "its page": lambda site: site.get(f"{address}/trang/1").status_code == 200,
        "its picture": lambda site: site.get(f"{address}/trang/1/thumb.jpg").status_code == 200,
    }


OPENING = showing(ID, ZUMKYRA.text, ZUMKYRA.number, ZUMKYRA.title)
CLOSING = showing("h47.td.16.5", "quyết định giao đất số 5", "65/QĐ-UB", "quyết định giao đất số 5")


def shown(channels: dict[str, Asked], site: FlaskClient) -> set[str]:
    """The channels on which the record shows."""
    return {name for name, asked in channels.items() if asked(site)}


def site_on(world: World, day: date) -> FlaskClient:
    """The site on a day, whatever day the index was made for."""
    return world.app(today=lambda: day).test_client()


def figure_on_the_home_page(site: FlaskClient) -> str:
    return site.get("/").text


def test_27_a_record_is_absent_the_day_before_and_present_on_the_day_on_every_channel(own: World) -> None:
    eve, day = (site_on(own, day) for day in (TODAY, TODAY + DAY))
    assert shown(OPENING, eve) == set()
    counted = figure_on_the_home_page(eve)
    swept = sweep(own.source, own.register, own.generations, clock=lambda: MIDNIGHT - timedelta(seconds=1))
    assert (swept.day, swept.alarms) == (TODAY, ())
    assert shown(OPENING, eve) == set()
    swept = sweep(own.source, own.register, own.generations, clock=lambda: MIDNIGHT)
    assert (swept.day, swept.alarms) == (TODAY + DAY, ())
    assert shown(OPENING, day) == set(OPENING)
    assert figure_on_the_home_page(day) != counted
    assert shown(OPENING, eve) == set(), "whoever's clock is still on the day before sees nothing of it"


def test_27_a_list_of_tomorrow_closes_tomorrow_though_nobody_touches_the_index(own: World) -> None:
    close(own, "h47.td.16.5", since=TODAY + DAY)
    own.update()
    today, tomorrow = (site_on(own, day) for day in (TODAY, TODAY + DAY))
    assert shown(CLOSING, today) == set(CLOSING)
    assert shown(CLOSING, tomorrow) == set()
    assert shown(CLOSING, today) == set(CLOSING)


@pytest.mark.parametrize(
    ("moment", "day"),
    [
        (MIDNIGHT - timedelta(microseconds=1), date(2026, 11, 21)),
        (MIDNIGHT, date(2026, 11, 22)),
        (MIDNIGHT + timedelta(hours=7), date(2026, 11, 22)),
        (datetime(2026, 12, 31, 17, tzinfo=UTC), date(2027, 1, 1)),
    ],
)
def test_27_days_begin_at_midnight_in_viet_nam(monkeypatch: pytest.MonkeyPatch, moment: datetime, day: date) -> None:
    class Moment(datetime):
        @classmethod
        def now(cls, tz: tzinfo | None = None) -> "Moment":
            return cls.fromtimestamp(moment.timestamp(), tz)

    monkeypatch.setattr(clock, "datetime", Moment)
    assert clock.archive_today() == archive_day(moment) == day


def close(world: World, target: str, *, since: date = TODAY, **line: object) -> None:
    """Put a target on a list that begins to bind on a day."""
    entry = ListEntry(target, "đời tư", "thử", **line)  # type: ignore[arg-type]
    world.register.import_version(ListVersion("DM-9", TODAY, "UBND tỉnh", "Luật"), [entry], author=AN, now=NOON)
    world.register.activate("DM-9", effective_from=since, author=BINH, now=NOON)


def withdraw(world: World, target: str, **pages: object) -> None:
    """Withdraw a target."""
    world.register.withdraw(target, reason="thử", author=AN, now=NOON, **pages)  # type: ignore[arg-type]


CLOSINGS: dict[str, Callable[[World], None]] = {
    "withdrawn": lambda world: withdraw(world, "h47.td.16.5"),
    "its file withdrawn": lambda world: withdraw(world, "h47.td.16"),
    "its fonds withdrawn": lambda world: withdraw(world, " H47.TD "),
    "its archive withdrawn": lambda world: withdraw(world, "h47"),
    "one of its pages withdrawn": lambda world: withdraw(world, "h47.td.16.5", pages=(1, 1)),
    "listed": lambda world: close(world, "h47.td.16.5"),
    "listed since long": lambda world: close(world, "h47.td.16.5", since=date(2000, 1, 1)),
    "its file listed, being there shown": lambda world: close(world, "h47.td.16", existence_shown=True),
    "one of its pages listed": lambda world: close(world, "h47.td.16.5", first_page=2),
}


@pytest.mark.parametrize("closing", CLOSINGS.values(), ids=CLOSINGS)
def test_28_what_the_register_closes_is_gone_on_every_channel_at_once(
    own: World, closing: Callable[[World], None]
) -> None:
    assert shown(CLOSING, own.site) == set(CLOSING)
    counted = figure_on_the_home_page(own.site)
    closing(own)
    assert shown(CLOSING, own.site) == set()
    assert figure_on_the_home_page(own.site) != counted


@pytest.mark.parametrize("name", ["withdrawn", "its file withdrawn", "listed"])
def test_28_after_an_update_the_index_itself_holds_nothing_of_it(own: World, name: str) -> None:
    CLOSINGS[name](own)
    own.update()
    assert own.register.overlay(own.index.revision()).withholdings == ()
    assert shown(CLOSING, own.site) == set()
    restarted = TantivyGenerations(own.settings.index_dir).reader()
    anybody = without_overlay(ANONYMOUS)
    assert restarted.records(["h47.td.16.5"], visibility=anybody) == {}
    assert restarted.search(Search(parse("65/QĐ-UB")), visibility=anybody).total == 0
    assert restarted.page_text("h47.td.16.5", 1, visibility=anybody) is None
    assert held(own) & {"h47.td.16.5", "h47.td.anh"} == {"h47.td.anh"}
    inventory = TantivyGenerations(own.settings.index_dir).inventory(today=TODAY, withheld=frozenset())
    beside = Beside(inventory, own.register.restrictions(), today=TODAY)
    assert list(beside.all_of(own.source.entries(), Tally())) == []


def held(world: World) -> set[str]:
    """The ids that documents of the index have, read past every filter, leaving out deleted ones."""
    generation = world.settings.index_dir / "generations" / world.index.generation()
    records = open_index(records_schema(), generation / "records").searcher()
    pages = open_index(pages_schema(), generation / "pages").searcher()
    everything = tantivy.Query.all_query()
    terms = (
        *records.terms_with_prefix("id", "", filter_query=everything),
        *pages.terms_with_prefix("record_id", "", filter_query=everything),
    )
    return {term for term, _ in terms}


class Interrupted(ListedSource):
    """A source during whose reading the register closes something that has been read already."""

    def __init__(self, world: World) -> None:
        super().__init__(world.source.listed)
        self._world = world

    def entries(self, *, after: str = "") -> Iterator[SourceRecord | BadRow]:
        yield from super().entries(after=after)
        withdraw(self._world, "h47.td.16.5")


def test_28_what_is_closed_while_an_index_is_being_built_is_not_forgotten(own: World) -> None:
    rebuild(Interrupted(own), own.register.restrictions(), own.generations, today=TODAY)
    assert own.index.records(["h47.td.16.5"], visibility=without_overlay(ANONYMOUS)), "the index does not know yet"
    assert shown(CLOSING, own.site) == set()


def test_28_a_line_is_felt_within_the_second_that_is_promised(own: World) -> None:
    """By a clock that stands still while nothing moves it, so that a slow machine proves nothing else."""
    now = [100.0]
    site = replace_watch(own, own.register, lambda: now[0])
    assert shown(CLOSING, site) == set(CLOSING)
    withdraw(own, "h47.td.16.5")
    now[0] += 1.0
    assert FRESH_SECONDS < 1.0
    assert shown(CLOSING, site) == set()


class Away:
    """A register that stops answering."""

    def __init__(self, register: RegisterReading) -> None:
        self._register, self.away = register, False

    def _answering(self) -> RegisterReading:
        if self.away:
            raise RegisterUnavailable("away")
        return self._register

    def revision(self) -> int:
        return self._answering().revision()

    def overlay(self, since: int) -> Overlay:
        return self._answering().overlay(since)

    def redactions(self) -> object:
        return self._answering().redactions()


def test_28_when_nobody_can_say_what_was_closed_nothing_is_shown(own: World) -> None:
    now, register = [100.0], Away(own.register)
    site = replace_watch(own, register, lambda: now[0])  # type: ignore[arg-type]
    assert shown(CLOSING, site) == set(CLOSING)
    register.away = True
    now[0] += PATIENCE_SECONDS + 1
    for address in (
        "/",
        "/tim-kiem",
        "/goi-y?q=quy",
        "/tai-lieu/h47.td.16.5",
        "/tai-lieu/h47.td.16.5/trang/1/thumb.jpg",
    ):
        got = site.get(address)
        assert got.status_code == 503
        assert "h47.td.16" not in got.text.replace(address, "")
    assert site.get(f"/tai-lieu/{ABSENT_ID}").status_code == 503


def replace_watch(world: World, register: RegisterReading, time: Callable[[], float]) -> FlaskClient:
    """The site following a register by a clock."""
    world = replace(world, services=replace(world.services, register=RegisterWatch(register, clock=time)))
    return world.app().test_client()
