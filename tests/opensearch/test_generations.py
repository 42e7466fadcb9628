"""Generations are begun, gone on with, switched in one step, kept and switched back to."""

import pytest

from access_policy.overlay import NO_OVERLAY
from access_policy.reader import ANONYMOUS
from access_policy.visibility import visible_to
from indexer.index.document import Documents
from indexer.index.opensearch.current import FRESH_SECONDS, CurrentGeneration
from indexer.index.opensearch.generations import OpenSearchGenerations
from indexer.index.opensearch.reader import OpenSearchReader
from indexer.index.port import Follows, Generations, IndexUnavailable, Search
from tests.index.conftest import filled
from tests.index.corpus import TODAY, documents, pages, record

ANYBODY = visible_to(reader=ANONYMOUS, today=TODAY, overlay=NO_OVERLAY)


class Lost(Exception):
    """Stands for whatever ends a rebuild."""


def made(ordinal: int, title: str = "") -> Documents:
    found = documents(record(ordinal, title), pages(f"trang {ordinal}"))
    assert found is not None
    return found


def ids(index: Generations) -> set[str]:
    return {hit.id.rpartition(".")[2] for hit in index.reader().search(Search(), visibility=ANYBODY).hits}


def leave(
    index: Generations, follows: Follows, marked: list[Documents], besides: list[Documents], *, sealed: bool = False
) -> None:
    """Begin a generation and break off: after the mark of some records, and after others."""

    def fill() -> None:
        with index.begin(follows) as writer:
            for each in marked:
                writer.add(*each)
                writer.mark(f"items {each[0].description.id.rpartition('.')[2]}")
            for each in besides:
                writer.add(*each)
            if sealed:
                writer.seal()
            raise Lost

    with pytest.raises(Lost):
        fill()


def test_a_rebuild_that_was_left_is_gone_on_with(generations: OpenSearchGenerations) -> None:
    filled(generations, [made(9)])
    began = Follows(3, TODAY, "12:7")
    leave(generations, began, [made(1)], [made(2, "nửa chừng")])
    assert ids(generations) == {"9"}
    with generations.begin(Follows(8, TODAY, "99:9"), resume=True) as writer:
        assert (writer.follows, writer.done) == (began, "items 1")
        writer.add(*made(2))
        assert list(writer.seal()) == []
        generations.switch(writer)
    reader = generations.reader()
    assert ids(generations) == {"1", "2"}
    assert (reader.revision(), reader.position()) == (3, "12:7")
    assert reader.page_total(visibility=ANYBODY) == 2


def test_one_without_a_mark_leaves_nothing(generations: OpenSearchGenerations) -> None:
    leave(generations, Follows(0, TODAY), [], [made(1)])
    with generations.begin(Follows(5, TODAY), resume=True) as writer:
        assert (writer.follows.revision, writer.done) == (5, "")


def test_one_that_was_full_and_found_wrong_is_removed(generations: OpenSearchGenerations) -> None:
    leave(generations, Follows(0, TODAY), [made(1)], [], sealed=True)
    with pytest.raises(IndexUnavailable, match="built yet"):
        generations.reader()
    with pytest.raises(IndexUnavailable, match="kept"):
        generations.previous()


def test_the_one_before_is_kept_amended_and_switched_back_to(generations: OpenSearchGenerations) -> None:
    for ordinal in (1, 2, 3):
        filled(generations, [made(ordinal)])
    assert ids(generations) == {"3"}
    kept = generations.previous()
    assert list(kept.amend({}, [made(5)], Follows(4, TODAY, "1:1"))) == []
    assert ids(generations) == {"3"}
    generations.switch(kept)
    assert ids(generations) == {"2", "5"}
    assert generations.reader().revision() == 4
    assert generations.previous().name > kept.name


def test_a_reader_follows_a_switch_and_an_amendment_within_a_moment(generations: OpenSearchGenerations) -> None:
    now = [0.0]
    filled(generations, [made(1)])
    current = CurrentGeneration(generations._client, generations._prefix, clock=lambda: now[0])
    first = current.reader()
    filled(generations, [made(2)])
    assert current.reader() is first
    assert first.search(Search(), visibility=ANYBODY).total == 1, "the generation before still answers"
    now[0] += FRESH_SECONDS * 1.1
    assert current.reader().generation() != first.generation()


def test_an_index_of_which_one_half_is_named_is_none(generations: OpenSearchGenerations) -> None:
    filled(generations, [made(1)])
    prefix, name = generations._prefix, generations.reader().generation()
    generations._client.alias([{"remove": {"index": f"{prefix}-pages-{name}", "alias": f"{prefix}-pages"}}])
    with pytest.raises(IndexUnavailable):
        generations.reader()


def test_deep_lists_keep_their_order(generations: OpenSearchGenerations) -> None:
    filled(generations, [made(number) for number in range(1, 61)])
    whole = generations.reader()
    shallow = OpenSearchReader(whole._client, whole._names, whole._follows, window=7)
    everything = [hit.id for hit in whole.search(Search(limit=60), visibility=ANYBODY).hits]
    for offset in (0, 5, 6, 7, 30, 59, 60, 90):
        found = shallow.search(Search(offset=offset, limit=6), visibility=ANYBODY)
        assert [hit.id for hit in found.hits] == everything[offset : offset + 6]
        assert found.total == 60
    assert len(shallow.records(everything, visibility=ANYBODY)) == 60


def test_what_was_written_after_the_last_mark_does_not_stay_unless_it_comes_again(
    generations: OpenSearchGenerations,
) -> None:
    leave(generations, Follows(0, TODAY), [made(1)], [made(2), made(3, "đã đóng lại sau đó")])
    with generations.begin(Follows(0, TODAY), resume=True) as writer:
        writer.add(*made(2))
        assert list(writer.seal()) == []
        generations.switch(writer)
    assert ids(generations) == {"1", "2"}
    assert generations.reader().page_total(visibility=ANYBODY) == 2
