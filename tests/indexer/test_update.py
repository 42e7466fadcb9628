"""The index follows the register and the calendar: what closes leaves it, what opens enters it, nothing else moves."""

from collections.abc import Sequence
from datetime import UTC, date, datetime, timedelta
from pathlib import Path

import pytest

from access_policy.overlay import NO_OVERLAY
from access_policy.reader import ANONYMOUS
from access_policy.register.entries import ListEntry, ListVersion
from access_policy.visibility import Visibility, visible_to
from indexer.index.port import Follows, IndexReader, Search
from indexer.index.query import parse
from indexer.index.tantivy.generations import TantivyGenerations
from indexer.rebuild import rebuild
from indexer.sources.port import SourceRecord, SourceUnavailable
from indexer.sweep import sweep
from indexer.update import update
from tests.empty import empty_register
from tests.index.corpus import documents, pages, record
from tests.indexer.archives import ListedSource

DAY = date(2026, 11, 21)
NOON = datetime(2026, 11, 21, 5, tzinfo=UTC)
IDS = [f"h38.td.01.{number}" for number in (1, 2, 3)]
ROWS = tuple(SourceRecord(record(number, "giao đất", page_count=1), pages(f"zumkyra{number}")) for number in (1, 2, 3))


class Archive:
    """A register, a source and an index that begin in step."""

    def __init__(self, folder: Path) -> None:
        self.register = empty_register(folder / "register.db")
        self.generations = TantivyGenerations(folder / "index")
        self.source = ListedSource(ROWS)
        self.lists = 0

    def build(self, day: date = DAY) -> None:
        rebuild(self.source, self.register.restrictions(), self.generations, today=day)

    def issue(self, *entries: ListEntry, since: date = DAY, replaces: str | None = None) -> str:
        self.lists += 1
        version = ListVersion(f"DM-{self.lists}", DAY, "UBND tỉnh", "Luật Lưu trữ")
        self.register.import_version(version, entries, author="A", now=NOON)
        self.register.activate(version.number, effective_from=since, author="B", now=NOON, replaces=replaces)
        return version.number

    def update(self, day: date = DAY, source: ListedSource | None = None) -> int:
        reader = self.generations.reader()
        restrictions, touched = self.register.stale(since=reader.revision(), derived_on=reader.derived_on(), today=day)
        update(source or self.source, restrictions, touched, self.generations, today=day)
        return len(touched.targets)

    def sweep(self, moment: datetime) -> tuple[str, ...]:
        return sweep(self.source, self.register, self.generations, clock=lambda: moment).alarms

    @property
    def reader(self) -> IndexReader:
        return self.generations.reader()

    def pending(self) -> int:
        return len(self.register.overlay(self.reader.revision()).withholdings)

    def found(self, words: str = "", day: date = DAY) -> list[str]:
        return sorted(hit.id for hit in self.reader.search(Search(parse(words)), visibility=seeing(day)).hits)


def seeing(day: date = DAY) -> Visibility:
    return visible_to(reader=ANONYMOUS, today=day, overlay=NO_OVERLAY)


def line(target: str, opens_on: date | None = None, **shown: bool) -> ListEntry:
    return ListEntry(target, "đời tư", "thử", opens_on=opens_on, **shown)


@pytest.fixture
def archive(tmp_path: Path) -> Archive:
    built = Archive(tmp_path)
    built.build()
    return built


def test_a_withdrawn_record_leaves_the_index_and_the_overlay_forgets_it(archive: Archive) -> None:
    number = archive.register.withdraw(IDS[0], reason="x", author="A", now=NOON)
    assert archive.pending() == 1
    assert archive.update() == 1
    assert archive.pending() == 0
    assert archive.found() == IDS[1:]
    assert archive.found("zumkyra1") == []
    archive.register.lift(number, reason="x", author="A", now=NOON)
    archive.update()
    assert archive.found("zumkyra1") == IDS[:1]


@pytest.mark.parametrize(
    ("shown", "found", "acknowledged"),
    [
        ({}, False, False),
        ({"existence_shown": True}, False, True),
        ({"existence_shown": True, "description_shown": True}, True, False),
    ],
)
def test_a_listed_record_keeps_what_its_line_shows(
    archive: Archive, shown: dict[str, bool], found: bool, acknowledged: bool
) -> None:
    archive.issue(line(IDS[1], **shown))
    archive.update()
    assert (IDS[1] in archive.found()) is found
    assert archive.found("zumkyra2") == []
    assert archive.reader.page_text(IDS[1], 1, visibility=seeing()) is None
    assert (archive.reader.acknowledged(IDS[1], visibility=seeing()) is not None) is acknowledged


def test_a_list_of_next_month_closes_on_its_day_without_an_update(archive: Archive) -> None:
    archive.issue(line("h38.td"), since=DAY + timedelta(days=9))
    archive.update()
    assert archive.pending() == 0
    assert archive.found(day=DAY + timedelta(days=8)) == IDS
    assert archive.found(day=DAY + timedelta(days=9)) == []


def test_what_a_new_list_no_longer_names_opens_again(archive: Archive) -> None:
    old = archive.issue(line(IDS[0]), line(IDS[1]))
    archive.update()
    assert archive.found() == IDS[2:]
    archive.issue(line(IDS[1]), replaces=old)
    archive.update()
    assert archive.found() == [IDS[0], IDS[2]]


def test_an_update_without_changes_only_moves_on(archive: Archive) -> None:
    assert archive.update(DAY + timedelta(days=1)) == 0
    assert archive.reader.derived_on() == DAY + timedelta(days=1)
    assert archive.found() == IDS


def test_when_the_archive_database_goes_away_nothing_has_changed(archive: Archive) -> None:
    archive.issue(line(IDS[1], existence_shown=True, description_shown=True))
    revision = archive.reader.revision()
    with pytest.raises(SourceUnavailable):
        archive.update(source=ListedSource(ROWS, breaks_after=2))
    assert archive.reader.revision() == revision
    assert archive.found() == IDS
    assert archive.pending() == 1
    archive.update()
    assert archive.found("zumkyra2") == []


BEFORE_MIDNIGHT = datetime(2026, 11, 21, 16, 59, 59, tzinfo=UTC)
MIDNIGHT = datetime(2026, 11, 21, 17, tzinfo=UTC)
TOMORROW = DAY + timedelta(days=1)


def test_material_opens_at_midnight_in_viet_nam_and_not_a_second_before(archive: Archive) -> None:
    archive.issue(line(IDS[0], opens_on=TOMORROW))
    archive.update()
    assert archive.sweep(BEFORE_MIDNIGHT) == ()
    assert archive.found() == IDS[1:]
    assert archive.sweep(MIDNIGHT) == ()
    assert archive.found(day=TOMORROW) == IDS
    assert archive.found("zumkyra1", day=TOMORROW) == IDS[:1]


def test_sweeping_again_changes_nothing(archive: Archive) -> None:
    archive.issue(line(IDS[0], opens_on=TOMORROW))
    archive.update()
    for minutes in (1, 2, 900):
        assert archive.sweep(MIDNIGHT + timedelta(minutes=minutes)) == ()
        assert archive.found(day=TOMORROW) == IDS
    assert archive.register.last_sweep() == TOMORROW


@pytest.mark.parametrize("after", [timedelta(minutes=31), timedelta(days=1), timedelta(days=40)])
def test_opening_late_raises_an_alarm(archive: Archive, after: timedelta) -> None:
    archive.issue(line(IDS[0], opens_on=TOMORROW))
    archive.update()
    alarms = archive.sweep(MIDNIGHT + after)
    assert [alarm.partition(":")[0] for alarm in alarms] == ["late"]
    assert archive.sweep(MIDNIGHT + after) == ()


def test_what_shows_before_its_day_raises_an_alarm(archive: Archive) -> None:
    archive.issue(line(IDS[0], opens_on=TOMORROW))
    archive.update()
    open_document = documents(record(1, "giao đất"))
    assert open_document is not None
    follows = Follows(archive.reader.revision(), archive.reader.derived_on())
    archive.generations.amend({}, [open_document], follows)
    assert archive.sweep(NOON) == (f"early: {IDS[0]} shows, though the register hides it today",)


def test_a_clock_that_went_back_raises_an_alarm(archive: Archive) -> None:
    assert archive.sweep(MIDNIGHT) == ()
    alarms = archive.sweep(BEFORE_MIDNIGHT)
    assert [alarm.partition(":")[0] for alarm in alarms] == ["early"]


def test_a_sweep_that_breaks_off_counts_as_none(archive: Archive) -> None:
    archive.issue(line(IDS[0], opens_on=TOMORROW))
    archive.update()
    rows: Sequence[SourceRecord] = ROWS
    archive.source = ListedSource(rows, breaks_after=1)
    with pytest.raises(SourceUnavailable):
        archive.sweep(MIDNIGHT)
    assert archive.register.last_sweep() is None
    archive.source = ListedSource(rows)
    assert archive.sweep(MIDNIGHT) == ()
    assert archive.found(day=TOMORROW) == IDS
