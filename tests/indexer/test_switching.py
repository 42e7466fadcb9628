"""A rebuild lives beside changes: it goes on where it stopped, catches up before it serves, and can be taken back."""

from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import replace
from datetime import timedelta
from functools import partial
from pathlib import Path

import pytest

from access_policy.register.entries import ListEntry, ListVersion
from indexer.index.port import Generation, GenerationWriter, IndexUnavailable
from indexer.index.tantivy.generations import TantivyGenerations
from indexer.keeping.catching_up import BATCH, PLAIN, Steps
from indexer.keeping.followed_log import RebuildNeeded
from indexer.keeping.locks import LockLost
from indexer.keeping.place import Place, read_place
from indexer.keeping.switching import ShowsTooMuch, put_into_service
from indexer.pipeline import Tally
from indexer.rebuild import ProbeFailed, Rebuilt, rebuild
from indexer.sources.port import SourceUnavailable
from tests.indexer.changing import ChangingArchive, item
from tests.indexer.kept import ANYBODY, DAY, FONDS, IDS, NOON, Kept, found

MANY = tuple(range(4, 60))


@pytest.fixture
def kept(tmp_path: Path) -> Kept:
    made = Kept(tmp_path)
    made.build()
    return made


def build(kept: Kept, *, steps: Steps = PLAIN, days: int = 0, **more: bool | int) -> Rebuilt:
    """What the command does, on a later day perhaps."""

    def switch(generation: Generation) -> None:
        day = DAY + timedelta(days=days)
        put_into_service(generation, kept.generations, kept.source, kept.register, today=day, steps=steps)

    restrictions = kept.register.restrictions()
    return rebuild(
        kept.source,
        restrictions,
        kept.generations,
        today=DAY,
        put_into_service=switch,
        **more,  # type: ignore[arg-type]
    )


def during(kept: Kept, at: int, *events: object) -> None:
    """Let something happen when the walk of the next rebuild has come to its n-th row."""
    whole = kept.source.entries

    def entries(*, after: str = "") -> Iterator[object]:
        for number, entry in enumerate(whole(after=after)):
            if number == at:
                kept.source.entries = whole  # type: ignore[method-assign]
                for event in events:
                    event()  # type: ignore[operator]
            yield entry

    kept.source.entries = entries  # type: ignore[method-assign, assignment]


def test_what_changes_while_it_runs_is_in_it_when_it_goes_into_service(kept: Kept) -> None:
    during(
        kept,
        3,
        partial(kept.source.change, IDS[0], mode="03"),
        partial(kept.source.delete, IDS[1]),
        partial(kept.source.put, item(9)),
        partial(kept.withdraw, IDS[2]),
    )
    build(kept)
    assert kept.found() == [FONDS, "h38.td.01.9"]
    assert kept.differences() == []


def test_it_is_not_seen_before_it_has_seen_all_that_the_one_in_service_has(kept: Kept) -> None:
    """The follower was quicker: what it took out of the old generation is never shown again by the new one."""

    def followed() -> None:
        for number in range(4, 4 + BATCH):
            kept.source.put(item(number))
        kept.source.change(IDS[0], mode="03")
        kept.catch_up()
        assert IDS[0] not in kept.found()

    during(kept, 3, followed)
    before, positions = kept.reader.generation(), list[int]()

    @contextmanager
    def turn() -> Iterator[None]:
        yield
        positions.append(int(kept.reader.position()))
        assert IDS[0] not in kept.found()

    build(kept, steps=Steps(turn=turn))
    assert kept.reader.generation() != before
    assert positions == sorted(positions)
    assert kept.differences() == []


def test_the_day_may_turn_while_it_runs(kept: Kept) -> None:
    tomorrow = DAY + timedelta(days=1)
    version = ListVersion("DM-1", DAY, "UBND tỉnh", "Luật Lưu trữ")
    lines = [ListEntry(IDS[0], "đời tư", "thử", opens_on=tomorrow), ListEntry(IDS[1], "đời tư", "thử")]
    kept.register.import_version(version, lines, author="A", now=NOON)
    kept.register.activate(version.number, effective_from=DAY, author="B", now=NOON)
    build(kept, days=1)
    assert kept.reader.derived_on() == tomorrow
    assert kept.reader.records(IDS, visibility=replace(ANYBODY, today=tomorrow)).keys() == {IDS[0], IDS[2]}


def test_a_generation_that_shows_too_much_does_not_go_into_service(kept: Kept) -> None:
    kept.withdraw(IDS[0])
    before = kept.reader.generation()

    def blind(generation: Generation) -> None:
        """Claims to have seen the withdrawal."""
        follows = replace(generation.follows, revision=kept.register.revision())  # type: ignore[attr-defined]
        generation.amend({}, (), follows)
        put_into_service(generation, kept.generations, kept.source, kept.register, today=DAY)

    kept_restrictions = type(kept.register.restrictions())({}, 0)
    with pytest.raises(ShowsTooMuch):
        rebuild(kept.source, kept_restrictions, kept.generations, today=DAY, put_into_service=blind)
    assert kept.reader.generation() == before


def test_whoever_has_lost_the_lock_switches_nothing(kept: Kept) -> None:
    def lost() -> None:
        raise LockLost("gone")

    before = kept.reader.generation()
    with pytest.raises(LockLost):
        build(kept, steps=Steps(before_writing=lost))
    assert kept.reader.generation() == before


class _Killed(BaseException):
    """Stands for a process that ends in the middle."""


def killed_at(kept: Kept, row: int, *, marked: int) -> None:
    def kill() -> None:
        raise _Killed

    during(kept, row, kill)
    with pytest.raises(_Killed):
        build(kept, marked=marked)


@pytest.fixture
def larger(tmp_path: Path) -> Kept:
    made = Kept(tmp_path)
    for number in MANY:
        made.source.put(item(number))
    return made


@pytest.mark.parametrize("row", [1, 9, 10, 11, 33, 59])
def test_a_rebuild_goes_on_after_its_last_mark(larger: Kept, row: int) -> None:
    killed_at(larger, row, marked=10)
    read: list[str] = []
    whole = larger.source.entries

    def entries(*, after: str = "") -> Iterator[object]:
        for entry in whole(after=after):
            read.append(entry.record.row_key)  # type: ignore[union-attr]
            yield entry

    larger.source.entries = entries  # type: ignore[method-assign, assignment]
    larger.source.change(IDS[0], title="Đo đạc")
    larger.source.change("h38.td.01.59", mode="03")
    done = build(larger, resume=True, marked=10)
    assert done.resumed == row // 10 * 10
    assert len(read) == done.rows - done.resumed
    assert done.tally.rows == done.rows == 60
    assert larger.found("đo đạc") == [IDS[0]]
    assert larger.differences() == []


def test_without_resume_it_begins_anew_and_what_was_left_goes(larger: Kept) -> None:
    killed_at(larger, 33, marked=10)
    assert build(larger, marked=10).resumed == 0
    assert larger.differences() == []
    assert build(larger, resume=True).resumed == 0, "nothing is left to be gone on with"


def test_a_resumed_rebuild_follows_the_register_from_its_first_beginning(larger: Kept) -> None:
    killed_at(larger, 33, marked=10)
    larger.withdraw(IDS[0])
    larger.withdraw("h38.td.01.50")
    build(larger, resume=True)
    assert {IDS[0], "h38.td.01.50"}.isdisjoint(larger.found())
    assert larger.differences() == []


def test_a_mark_survives_its_form() -> None:
    tally = Tally(5, 6, 4, 1, 3)
    tally.kept_out["withdrawn"] += 2
    tally.refused["missing title"] += 1
    assert read_place(Place("items 7", tally).written()) == Place("items 7", tally)
    assert read_place("") == Place("", Tally())
    for broken in ("items 7", "{}", "[]", '{"row_key": "x", "other": 1}'):
        with pytest.raises(ValueError, match="mark"):
            read_place(broken)


class Forgetful(TantivyGenerations):
    """An engine that loses something of every generation that it is given."""

    lost = "page"

    @contextmanager
    def begin(self, *arguments: object, **more: object) -> Iterator[GenerationWriter]:  # type: ignore[override]
        with super().begin(*arguments, **more) as writer:  # type: ignore[arg-type]
            add = writer.add
            writer.add = (
                lambda record, pages: add(  # type: ignore[method-assign]
                    replace(record, description=replace(record.description, title="khác"))
                    if self.lost == "title"
                    else record,
                    [replace(page, text="khác") if self.lost == "text" else page for page in pages][
                        self.lost == "page" :
                    ],
                )
            )
            yield writer


@pytest.mark.parametrize(("lost", "told"), [("page", "pages"), ("text", "read"), ("title", "read")])
def test_an_engine_that_holds_something_else_than_was_written_is_found_out(
    tmp_path: Path, lost: str, told: str
) -> None:
    generations = Forgetful(tmp_path / "index")
    generations.lost = lost
    kept = Kept(tmp_path, generations)
    with pytest.raises(ProbeFailed, match=told):
        kept.build()
    with pytest.raises(IndexUnavailable):
        kept.generations.reader()


def test_a_rollback_catches_up_first(kept: Kept) -> None:
    first = kept.reader.generation()
    build(kept)
    kept.source.change(IDS[0], mode="03")
    kept.withdraw(IDS[1])
    kept.catch_up()
    before = kept.generations.previous()
    assert found(before.reader()) == [FONDS, *IDS]
    put_into_service(before, kept.generations, kept.source, kept.register, today=DAY)
    assert kept.reader.generation() == first
    assert kept.found() == [FONDS, IDS[2]]
    assert kept.differences() == []


def test_a_rollback_beyond_the_log_is_refused(kept: Kept) -> None:
    build(kept)
    current = kept.reader.generation()
    kept.source.change(IDS[0], mode="03")
    kept.catch_up()
    kept.source.cut = len(kept.source.log)
    with pytest.raises(RebuildNeeded):
        put_into_service(kept.generations.previous(), kept.generations, kept.source, kept.register, today=DAY)
    assert kept.reader.generation() == current


def test_when_the_archive_goes_away_before_the_switch_the_old_one_serves(kept: Kept) -> None:
    before = kept.reader.generation()
    archive: ChangingArchive = kept.source
    archive.at_after = lambda: setattr(archive, "away", True)
    with pytest.raises(SourceUnavailable):
        build(kept)
    assert kept.reader.generation() == before
