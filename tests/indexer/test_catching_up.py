"""The index follows register and archive database, whatever the order in which changes come, and however often."""

from collections.abc import Iterator, Sequence
from pathlib import Path
from tempfile import TemporaryDirectory

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from indexer.index.port import Follows, Unwritten
from indexer.keeping.catching_up import Steps, coalesced
from indexer.keeping.followed_log import RebuildNeeded
from indexer.keeping.locks import LockLost
from indexer.sources.port import BadRow, Change, SourceUnavailable
from tests.indexer.changing import ChangingArchive, item
from tests.indexer.kept import ANYBODY, DAY, FONDS, IDS, Kept, in_memory


@pytest.fixture(params=[Kept, in_memory], ids=["tantivy", "memory"])
def kept(request: pytest.FixtureRequest, tmp_path: Path) -> Kept:
    made: Kept = request.param(tmp_path)
    made.build()
    return made


def rewind(kept: Kept, position: str = "0") -> None:
    """Let the index say that it has seen less than it has."""
    kept.generations.amend({}, (), Follows(kept.reader.revision(), kept.reader.derived_on(), position))


def test_new_changed_and_deleted_rows_are_followed(kept: Kept) -> None:
    kept.source.put(item(4))
    kept.source.change(IDS[0], title="Đo đạc")
    kept.source.delete(IDS[1])
    assert kept.catch_up().changes == 3
    assert kept.found() == [FONDS, IDS[0], IDS[2], "h38.td.01.4"]
    assert kept.found("đo đạc") == [IDS[0]]
    assert kept.found("zumkyra2") == []
    assert kept.differences() == []
    assert kept.catch_up().changes == 0


def test_an_old_change_that_comes_again_brings_nothing_back(kept: Kept) -> None:
    kept.source.change(IDS[0], title="Đo đạc")
    kept.source.change(IDS[0], mode="03")
    kept.source.delete(IDS[1])
    kept.catch_up()
    before = kept.found()
    for batch in (1, 2, 500):
        rewind(kept)
        kept.catch_up(batch=batch)
        assert kept.found() == before == [FONDS, IDS[2]]
        assert kept.differences() == []


def test_a_write_that_is_told_after_the_deletion_does_not_bring_the_row_back(kept: Kept) -> None:
    kept.source.delete(IDS[0])
    kept.source.log.append(Change(IDS[0], kept.source.version - 1))
    for batch in (1, 500):
        rewind(kept, "4")
        kept.catch_up(batch=batch)
        assert kept.found() == [FONDS, *IDS[1:]]
        assert kept.found("zumkyra1") == []


def test_a_row_with_another_code_moves_to_its_new_id(kept: Kept) -> None:
    kept.source.change(IDS[0], id="h38.td.02.1")
    kept.catch_up()
    assert kept.found() == [FONDS, *IDS[1:], "h38.td.02.1"]
    assert kept.found("zumkyra1") == ["h38.td.02.1"]
    assert kept.differences() == []


def test_two_rows_that_change_places_are_both_there(kept: Kept) -> None:
    kept.source.change(IDS[0], id=IDS[1])
    kept.source.change(IDS[1], id=IDS[0])
    kept.catch_up(batch=1)
    assert kept.differences() == []
    assert kept.found("zumkyra1") == [IDS[1]]
    assert kept.found("zumkyra2") == [IDS[0]]


def test_the_new_title_of_a_fonds_stands_above_all_that_is_in_it(kept: Kept) -> None:
    kept.source.rename_parent(FONDS, title="Sở Điền địa")
    assert kept.catch_up().changes == 1
    shown = kept.reader.records(IDS, visibility=ANYBODY)
    assert {shown[each].ancestors[0].title for each in IDS} == {"Sở Điền địa"}
    assert kept.differences() == []


@pytest.mark.parametrize("mode", ["03", "??", None])
def test_a_row_that_is_closed_by_its_mode_leaves_the_index_with_every_word(kept: Kept, mode: str | None) -> None:
    kept.source.change(IDS[0], mode=mode)
    kept.catch_up()
    assert kept.found("zumkyra1") == []
    assert kept.reader.records([IDS[0]], visibility=ANYBODY) == {}
    kept.source.change(IDS[0], mode="01")
    kept.catch_up()
    assert kept.found("zumkyra1") == [IDS[0]]


def test_a_row_that_goes_bad_leaves_the_index_and_is_reported(kept: Kept) -> None:
    refused: list[BadRow] = []
    kept.source.spoil(IDS[0])
    kept.catch_up(steps=Steps(refused=refused.append))
    assert kept.found() == [FONDS, *IDS[1:]]
    assert refused == [BadRow(IDS[0], "missing title")]


def test_withdrawals_do_not_wait_for_the_archive_database(kept: Kept) -> None:
    kept.withdraw(IDS[0])
    kept.source.at_after = lambda: setattr(kept.source, "away", True)
    with pytest.raises(SourceUnavailable):
        kept.catch_up()
    assert kept.found() == [FONDS, *IDS[1:]]
    assert kept.reader.revision() == kept.register.revision()


def test_a_withdrawal_between_two_batches_goes_before_the_second(kept: Kept) -> None:
    for number in (4, 5, 6):
        kept.source.put(item(number))
    shown: list[bool] = []

    def meanwhile() -> None:
        shown.append(IDS[0] in kept.found())
        if len(shown) == 1:
            kept.withdraw(IDS[0])

    kept.source.at_after = meanwhile
    kept.catch_up(batch=1)
    assert shown == [True, False, False]


def test_a_batch_is_told_apart_by_row_and_the_highest_version_wins() -> None:
    changes = [Change("a", 3), Change("b", 1), Change("a", 9), Change("a", 4)]
    assert coalesced(changes) == {"a": 9, "b": 1}


def test_it_ends_although_there_is_always_something_new(kept: Kept) -> None:
    kept.source.at_after = lambda: kept.source.change(IDS[0], title=f"Lần {kept.source.version}")
    for number in range(20):
        kept.source.change(IDS[1], title=f"Lượt {number}")
    assert 20 <= kept.catch_up(batch=3).changes <= 40


@pytest.mark.parametrize("how", ["cut", "gone", "new"])
def test_a_log_that_does_not_reach_back_asks_for_a_rebuild_after_the_withdrawals(kept: Kept, how: str) -> None:
    kept.source.change(IDS[1], title="Đo đạc")
    if how == "cut":
        kept.source.cut = len(kept.source.log)
    elif how == "gone":
        kept.source.logless = True
    else:
        rewind(kept, "")
    kept.withdraw(IDS[0])
    with pytest.raises(RebuildNeeded):
        kept.catch_up()
    assert kept.found() == [FONDS, *IDS[1:]]
    kept.build()
    kept.catch_up()
    assert kept.differences() == []


def test_an_archive_without_a_log_still_follows_the_register(tmp_path: Path) -> None:
    kept = in_memory(tmp_path)
    kept.source.logless = True
    kept.build()
    kept.withdraw(IDS[0])
    assert kept.catch_up().touched == 1
    assert kept.found() == [FONDS, *IDS[1:]]


def test_whoever_has_lost_the_lock_writes_nothing_more(kept: Kept) -> None:
    kept.source.delete(IDS[0])

    def lost() -> None:
        raise LockLost("gone")

    with pytest.raises(LockLost):
        kept.catch_up(steps=Steps(before_writing=lost))
    assert kept.found() == [FONDS, *IDS]
    kept.withdraw(IDS[1])
    with pytest.raises(LockLost):
        kept.catch_up(steps=Steps(before_writing=lost))
    assert kept.found() == [FONDS, *IDS]
    kept.catch_up()
    assert kept.found() == [FONDS, IDS[2]]


def test_when_the_archive_database_goes_away_in_a_batch_nothing_of_the_batch_has_happened(kept: Kept) -> None:
    kept.source.delete(IDS[0])
    kept.source.change(IDS[1], title="Đo đạc")
    position = kept.reader.position()

    def breaking(row_keys: Sequence[str]) -> Iterator[object]:
        yield from ()
        raise SourceUnavailable("the archive database went away")

    whole, kept.source.rows = kept.source.rows, breaking  # type: ignore[method-assign, assignment]
    with pytest.raises(SourceUnavailable):
        kept.catch_up()
    assert (kept.reader.position(), kept.found()) == (position, [FONDS, *IDS])
    kept.source.rows = whole  # type: ignore[method-assign]
    kept.catch_up()
    assert kept.differences() == []


def test_what_the_engine_refuses_is_told_with_its_generation(tmp_path: Path) -> None:
    kept = in_memory(tmp_path)
    kept.build()
    kept.source.change(IDS[0], title="Đo đạc")
    told: list[tuple[str, Sequence[Unwritten]]] = []
    plain = kept.generations.amend

    def refusing(targets: object, made: Iterator[object], follows: Follows) -> Sequence[Unwritten]:
        plain(targets, [each for each in made if each[0].description.id != IDS[0]], follows)  # type: ignore[arg-type, index, attr-defined]
        return [Unwritten(IDS[0], "too long")]

    kept.generations.amend = refusing  # type: ignore[method-assign, assignment]
    done = kept.catch_up(steps=Steps(unwritten=lambda generation, unwritten: told.append((generation, unwritten))))
    assert done.unwritten == 1
    assert told == [("000001", [Unwritten(IDS[0], "too long")])]
    assert kept.reader.position() == str(len(kept.source.log)), "one record does not hold up all others"


KEYS = st.sampled_from(IDS)
CHANGES = st.one_of(
    st.tuples(st.just("put"), st.integers(1, 6)),
    st.tuples(st.just("title"), KEYS),
    st.tuples(st.just("fonds"), st.integers(0, 9)),
    st.tuples(st.just("mode"), KEYS, st.sampled_from(["01", "02", "03", None])),
    st.tuples(st.just("move"), KEYS, st.integers(1, 9)),
    st.tuples(st.just("spoil"), KEYS),
    st.tuples(st.just("delete"), KEYS),
    st.tuples(st.just("withdraw"), KEYS),
    st.tuples(st.just("follow"), st.integers(1, 4)),
)


def happen(kept: Kept, change: tuple[object, ...]) -> None:
    what, *about = change
    archive: ChangingArchive = kept.source
    if what == "put":
        if not any(f"zumkyra{about[0]}" in repr(entry) for entry in archive.kept.values()):
            archive.put(item(int(str(about[0]))), key=f"new {archive.version}")
    elif what == "fonds":
        archive.rename_parent(FONDS, title=f"Ty {about[0]}")
    elif what == "withdraw":
        kept.withdraw(str(about[0]))
    elif what == "follow":
        kept.catch_up(batch=int(str(about[0])))
    elif isinstance(archive.kept.get(str(about[0])), BadRow):
        archive.delete(str(about[0]))
    elif str(about[0]) in archive.kept:
        _happen_to_a_row(archive, str(what), *map(str, about))


def _happen_to_a_row(archive: ChangingArchive, what: str, key: str, *more: str) -> None:
    if what == "title":
        archive.change(key, title=f"Lần {archive.version}")
    elif what == "mode":
        archive.change(key, mode=None if more[0] == "None" else more[0])
    elif what == "move":
        archive.change(key, id=f"h38.td.0{more[0]}.{key[-1]}")
    else:
        getattr(archive, what)(key)


@settings(max_examples=40)
@given(st.lists(CHANGES, max_size=14), st.integers(1, 5))
def test_after_catching_up_the_index_is_what_a_rebuild_would_make(
    changes: list[tuple[object, ...]], batch: int
) -> None:
    with TemporaryDirectory() as folder:
        kept = in_memory(Path(folder))
        kept.build()
        for change in changes:
            happen(kept, change)
        kept.catch_up(batch=batch)
        assert kept.differences() == []
        assert kept.reader.derived_on() == DAY
        kept.register.close()
