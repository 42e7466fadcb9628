"""Lists, withdrawals, dates, permits, rebuilds and updates at random: nobody ever learns what may not be known.

Two archives are played at once. They differ only in what records say that never open; whoever asks must not be able
to tell one from the other, neither by hits nor by totals, facets, suggestions, page hits or order.
"""

from collections.abc import Iterable
from datetime import UTC, date, datetime, timedelta
from pathlib import Path
from tempfile import TemporaryDirectory

import pytest
from hypothesis import HealthCheck, settings
from hypothesis import strategies as st
from hypothesis.stateful import Bundle, RuleBasedStateMachine, initialize, invariant, rule, run_state_machine_as_test

from access_policy.decide import decide
from access_policy.permit import Permit
from access_policy.reader import ANONYMOUS, NOBODY, Reader
from access_policy.record import DateSpan, Page, Parent, Record
from access_policy.register.entries import ListEntry, ListVersion
from access_policy.register.store import Register, open_register
from access_policy.rules import conditions_of
from access_policy.terms import Action, Audience, Level
from access_policy.visibility import Visibility, visible_to
from indexer.index.memory.generations import MemoryGenerations
from indexer.index.port import Generations, IndexReader, Search
from indexer.index.query import parse
from indexer.index.schema import Sort
from indexer.index.tantivy.generations import TantivyGenerations
from indexer.rebuild import rebuild
from indexer.sources.port import SourceRecord
from indexer.update import update
from tests.indexer.archives import ListedSource

FIRST_DAY = date(2026, 11, 21)
FONDS = Parent("h38.td", Level.FONDS, "Ty Điền địa", "TĐĐ")
FILE = Parent("h38.td.hs-1", Level.FILE, "Hồ sơ giao đất", "TĐĐ · 1", "01")
READERS = (
    ANONYMOUS,
    NOBODY,
    Reader(frozenset({Audience.EVERYONE, Audience.SIGNED_IN})),
    Reader(frozenset({Audience.EVERYONE, Audience.SIGNED_IN, Audience.READING_ROOM})),
    Reader(frozenset({Audience.STAFF})),
    Reader(
        frozenset({Audience.EVERYONE}),
        (Permit("G-1", "h38.td.hs-1.2", frozenset({Action.READ}), FIRST_DAY, date(2030, 1, 1)),),
    ),
)
QUESTIONS = ("", "giao đất", "giao dat", "thuy loi", '"đất xã"', "zumkyra", "vrenlok", "-giao")
NEVER_OPEN = ("03", "??", None)


def record(number: int, secret: str) -> Record:
    """A record of the archive; those that never open say `secret`."""
    mode = ("01", "01", "02", "Đọc tại phòng đọc", *NEVER_OPEN)[number % 7]
    never = mode in NEVER_OPEN
    return Record(
        f"h38.td.hs-1.{number}",
        Level.ITEM,
        f"TĐĐ · 1 · {number}",
        "h38",
        "Lưu trữ",
        f"{secret} giao đất xã {number}" if never else f"giao đất thủy lợi xã {number % 3}",
        mode,
        parents=(FONDS, FILE),
        dates=DateSpan(date(1950 + number, 1, 1), date(1950 + number, 2, 1), ""),
        creator=secret if never else f"Ty {number % 2}",
        page_count=3,
    )


def archive(secret: str) -> list[SourceRecord]:
    """A fonds, a file, and what is in it."""
    top = Record(FONDS.id, Level.FONDS, "TĐĐ", "h38", "Lưu trữ", FONDS.title, None)
    file = Record(FILE.id, Level.FILE, "TĐĐ · 1", "h38", "Lưu trữ", FILE.title, "01", parents=(FONDS,))
    items = [record(number, secret) for number in range(14)]
    pages = [
        tuple(Page(page, f"{item.creator} trang {page} giao đất {item.title} riêng{page}") for page in range(1, 4))
        for item in items
    ]
    return [SourceRecord(top), SourceRecord(file), *map(SourceRecord, items, pages)]


TARGETS = ["h38", FONDS.id, FILE.id, *(f"h38.td.hs-1.{number}" for number in range(14)), "h38.td.nowhere"]
PAGES = st.one_of(st.none(), st.tuples(st.integers(1, 2), st.integers(2, 3)))
DAYS = st.integers(-2, 4).map(lambda days: FIRST_DAY + timedelta(days=days))


@st.composite
def entries(draw: st.DrawFn) -> ListEntry:
    """A line of a list."""
    pages = draw(PAGES) or (None, None)
    existence = draw(st.booleans())
    return ListEntry(
        draw(st.sampled_from(TARGETS)),
        "đời tư",
        "thử",
        opens_on=draw(st.one_of(st.none(), DAYS)),
        first_page=pages[0],
        last_page=pages[1],
        existence_shown=existence,
        description_shown=existence and draw(st.booleans()),
        requestable=draw(st.booleans()),
    )


class World:
    """One of the two archives, with its index."""

    def __init__(self, secret: str, generations: Generations) -> None:
        self.rows = archive(secret)
        self.source = ListedSource(self.rows)
        self.generations = generations


class Archive(RuleBasedStateMachine):
    """Whatever staff and time can do, in any order."""

    lists: Bundle[str] = Bundle("lists")
    withdrawals: Bundle[int] = Bundle("withdrawals")
    boxes: Bundle[int] = Bundle("boxes")

    engine = staticmethod(lambda _folder: MemoryGenerations())

    def __init__(self) -> None:
        super().__init__()
        self._folder = TemporaryDirectory()
        folder = Path(self._folder.name)
        self.today, self.moment = FIRST_DAY, datetime(2026, 11, 21, 3, tzinfo=UTC)
        self.register: Register = open_register(f"sqlite:///{folder / 'register.db'}")
        self.register.migrate()
        self.worlds = [World(secret, self.engine(folder / secret)) for secret in ("zumkyra", "vrenlok")]
        self.issued, self.up_to_date = 0, False

    def teardown(self) -> None:
        self._folder.cleanup()

    @initialize()
    def first_build(self) -> None:
        self._rebuild()

    @rule()
    def rebuilds(self) -> None:
        self._rebuild()

    def _rebuild(self) -> None:
        restrictions = self.register.restrictions()
        for world in self.worlds:
            rebuild(world.source, restrictions, world.generations, today=self.today)
        self.up_to_date = True

    @rule()
    def updates(self) -> None:
        for world in self.worlds:
            reader = world.generations.reader()
            restrictions, touched = self.register.stale(
                since=reader.revision(), derived_on=reader.derived_on(), today=self.today
            )
            update(world.source, restrictions, touched, world.generations, today=self.today)
        self.up_to_date = True

    @rule(target=lists, lines=st.lists(entries(), min_size=1, max_size=4), day=DAYS, old=st.none() | lists)
    def issues_a_list(self, lines: list[ListEntry], day: date, old: str | None) -> str:
        self.issued += 1
        number = f"DM-{self.issued}"
        self.register.import_version(
            ListVersion(number, self.today, "UBND", "Luật"), lines, author="A", now=self._now()
        )
        self.register.activate(number, effective_from=day, author="B", now=self._now(), replaces=old)
        self.up_to_date = False
        return number

    @rule(target=withdrawals, record_id=st.sampled_from(TARGETS), pages=PAGES)
    def withdraws(self, record_id: str, pages: tuple[int, int] | None) -> int:
        self.up_to_date = False
        return self.register.withdraw(record_id, reason="x", author="A", now=self._now(), pages=pages)

    @rule(number=withdrawals)
    def lifts(self, number: int) -> None:
        if any(each.id == number and each.lifted_at is None for each in self.register.withdrawals()):
            self.register.lift(number, reason="x", author="B", now=self._now())
            self.up_to_date = False

    @rule(target=boxes, record_id=st.sampled_from(TARGETS[3:]), page=st.integers(1, 3))
    def blacks_out(self, record_id: str, page: int) -> int:
        self.up_to_date = False
        return self.register.redact(record_id, page, (0, 0, 500, 500), reason="x", author="A", now=self._now())

    @rule(days=st.integers(1, 3))
    def days_pass(self, days: int) -> None:
        self.today += timedelta(days=days)
        self.moment += timedelta(days=days)
        self.up_to_date = False

    @invariant()
    def nobody_learns_what_may_not_be_known(self) -> None:
        restrictions = self.register.restrictions()
        for reader in READERS:
            answers = [self._answers(world, reader) for world in self.worlds]
            assert answers[0] == answers[1]
            for world in self.worlds:
                self._check(world, reader, restrictions)

    def _check(self, world: World, reader: Reader, restrictions: object) -> None:
        index, visibility = self._opened(world, reader)
        may: dict[Action, set[str]] = {action: set() for action in (Action.FIND, Action.KNOW)}
        readable: set[tuple[str, int]] = set()
        for row in world.rows:
            conditions = conditions_of(row.record, restrictions.of(row.record))  # type: ignore[attr-defined]
            for action, allowed in may.items():
                if decide(action, conditions, record_id=row.record.id, reader=reader, today=self.today).allowed:
                    allowed.add(row.record.id)
            for page in row.pages:
                if decide(
                    Action.READ, conditions, record_id=row.record.id, reader=reader, today=self.today, page=page.number
                ).allowed:
                    readable.add((row.record.id, page.number))
        found = {hit.id for hit in index.search(Search(limit=100), visibility=visibility).hits}
        assert found <= may[Action.FIND]
        if self.up_to_date:
            assert found == may[Action.FIND]
        assert all(
            row.record.id in may[Action.KNOW]
            for row in world.rows
            if index.acknowledged(row.record.id, visibility=visibility) is not None
        )
        for typed in QUESTIONS:
            hits = index.page_hits(parse(typed), sorted(found), visibility=visibility, limit=9)
            assert {(i, hit.number) for i, pages in hits.items() for hit in pages.hits} <= readable
        assert {
            (row.record.id, page.number)
            for row in world.rows
            for page in row.pages
            if index.page_text(row.record.id, page.number, visibility=visibility) is not None
        } <= readable

    def _answers(self, world: World, reader: Reader) -> list[object]:
        """Everything that can be asked, in a form that can be compared."""
        index, visibility = self._opened(world, reader)
        return list(_asked(index, visibility))

    def _opened(self, world: World, reader: Reader) -> tuple[IndexReader, Visibility]:
        index = world.generations.reader()
        overlay = self.register.overlay(index.revision())
        return index, visible_to(reader=reader, today=self.today, overlay=overlay)

    def _now(self) -> datetime:
        self.moment += timedelta(seconds=1)
        return self.moment


def _asked(index: IndexReader, visibility: Visibility) -> Iterable[object]:
    for typed in QUESTIONS:
        for sort in (Sort.RELEVANCE, Sort.OLDEST, Sort.REFERENCE_CODE):
            result = index.search(Search(parse(typed), sort=sort, limit=100), visibility=visibility)
            yield (typed, sort, result.total, [hit.id for hit in result.hits], result.facets, result.years)
            yield result.hits
        yield index.suggest(typed, visibility=visibility)
        yield index.page_hits(parse(typed), TARGETS, visibility=visibility)
    yield index.records(TARGETS, visibility=visibility)
    yield index.page_total(visibility=visibility)
    for target in TARGETS:
        yield index.children(target, visibility=visibility)
        yield index.acknowledged(target, visibility=visibility)
        yield [index.page_text(target, page, visibility=visibility) for page in range(1, 4)]
        yield [index.page_redactions(target, page, visibility=visibility) for page in range(1, 4)]


class EmbeddedArchive(Archive):
    """The same on the embedded engine."""

    engine = staticmethod(TantivyGenerations)


BOUNDED = settings(
    max_examples=6, stateful_step_count=12, deadline=None, suppress_health_check=list(HealthCheck), derandomize=True
)
LONG = settings(BOUNDED, max_examples=300, stateful_step_count=40, derandomize=False)


def test_nobody_learns_what_may_not_be_known() -> None:
    run_state_machine_as_test(Archive, settings=BOUNDED)


@pytest.mark.long
@pytest.mark.parametrize("machine", [Archive, EmbeddedArchive])
def test_nobody_learns_it_in_long_games_either(machine: type[Archive]) -> None:
    run_state_machine_as_test(machine, settings=LONG if machine is Archive else settings(LONG, max_examples=30))
