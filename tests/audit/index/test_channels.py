"""An index that answers one question too many on one channel is caught on that channel."""

from dataclasses import replace
from datetime import date, timedelta
from typing import Any

import pytest

from access_policy.record import Listing
from access_policy.register.restrictions import Restrictions
from access_policy.visibility import Visibility
from indexer.audit.channels import READERS
from indexer.audit.finding import Kind, Side
from indexer.index.document import Documents
from indexer.index.memory.generations import MemoryGenerations
from indexer.index.port import IndexReader, Search, SearchResult
from indexer.sources.port import SourceRecord
from tests.audit.index.world import (
    CANARY,
    OPEN,
    PAGE_CANARY,
    RESTRICTIONS,
    ROWS,
    STUB,
    TODAY,
    Archive,
    audited,
    held,
    told,
)
from tests.index.corpus import pages, record

CLOSED, CHILD = "h38.td.02", "h38.td.02.1"
CLOSES = date(2026, 11, 20)
ROWS_THAT_CLOSED = (
    *ROWS,
    SourceRecord(
        record(7, "vexoluth ngày hôm qua", id=CLOSED, creator="Ty vexoluth", page_count=1), pages("zumkyra kín")
    ),
)
CLOSED_YESTERDAY = Listing("DM-2", "", "đời tư", "", since=CLOSES)
BEFORE = TODAY - timedelta(days=2)


class Leaky:
    """A reader that on one channel asks for a day before the records were closed."""

    def __init__(self, index: IndexReader, channel: str) -> None:
        self._index, self._channel = index, channel

    def __getattr__(self, name: str) -> Any:
        ask = getattr(self._index, name)
        if name != self._channel:
            return ask

        def too_much(*arguments: Any, visibility: Visibility, **options: Any) -> Any:
            return ask(*arguments, visibility=replace(visibility, today=BEFORE), **options)

        return too_much


@pytest.fixture
def closed() -> tuple[MemoryGenerations, Archive]:
    """An index made two days ago, and the archive of today: one record has closed since and is pending."""
    generations = MemoryGenerations()
    archive = Archive(ROWS_THAT_CLOSED, Restrictions({**RESTRICTIONS, CLOSED: (CLOSED_YESTERDAY,)}))
    held(generations, replace(archive, today=BEFORE))
    return generations, archive


def test_an_index_that_keeps_to_the_day_answers_nothing(closed: tuple[MemoryGenerations, Archive]) -> None:
    done = audited(*closed)
    assert not done.leaks
    assert CLOSED in done.asked.hidden
    assert {"vexoluth"} <= set(done.asked.words)
    assert {reader for _, reader in done.questioned.asked} == set(READERS)
    assert all(count > 0 for count in done.questioned.asked.values())


@pytest.mark.parametrize(
    ("method", "channel"),
    [
        ("search", "search"),
        ("search", "total"),
        ("search", "facets"),
        ("suggest", "suggestions"),
        ("records", "records"),
        ("page_hits", "page hits"),
        ("page_text", "page text"),
        ("page_total", "page total"),
    ],
)
def test_a_channel_that_forgets_the_day_is_caught(
    closed: tuple[MemoryGenerations, Archive], method: str, channel: str
) -> None:
    generations, archive = closed
    done = audited(generations, archive, index=Leaky(generations.reader(), method))  # type: ignore[arg-type]
    answered = {field.partition(" as ")[0] for field, _, _ in told(done, Side.LEAK, Kind.ANSWER)}
    assert channel in answered
    assert "nobody" not in {reader for (_, reader), leaks in done.questioned.leaks.items() if leaks}
    assert done.leaks


class Telling(Leaky):
    """A reader that gives more with a stub than that it is there, or children of what is hidden."""

    def __getattr__(self, name: str) -> Any:
        ask = getattr(self._index, name)
        if name != self._channel:
            return ask

        def too_much(*_asked: Any, visibility: Visibility, **_options: Any) -> Any:
            if name == "page_redactions":
                return ((1, 1, 2, 2),)
            shown = self._index.records([OPEN], visibility=visibility)
            if name == "acknowledged":
                return shown.get(OPEN)
            return self._index.children("h38.td", visibility=visibility)

        return too_much


@pytest.mark.parametrize(
    ("method", "channel"),
    [("acknowledged", "acknowledged"), ("children", "children"), ("page_redactions", "page boxes")],
)
def test_what_is_told_with_a_stub_or_below_a_hidden_record_is_caught(method: str, channel: str) -> None:
    generations, archive = MemoryGenerations(), Archive()
    held(generations, archive)
    done = audited(generations, archive, index=Telling(generations.reader(), method))  # type: ignore[arg-type]
    assert channel in {field.partition(" as ")[0] for field, _, _ in told(done, Side.LEAK, Kind.ANSWER)}
    if method == "acknowledged":
        assert (f"{channel} as anybody", STUB, 0) in told(done, Side.LEAK, Kind.ANSWER)


class Excluding(Leaky):
    """A reader whose totals change with what is excluded."""

    def __getattr__(self, name: str) -> Any:
        return getattr(self._index, name)

    def search(self, search: Search, *, visibility: Visibility) -> SearchResult:
        found = self._index.search(search, visibility=visibility)
        return replace(found, total=found.total - 1) if search.query.excluded else found


def test_a_total_that_an_excluded_word_moves_is_caught() -> None:
    generations, archive = MemoryGenerations(), Archive()
    held(generations, archive)
    done = audited(generations, archive, index=Excluding(generations.reader(), ""))  # type: ignore[arg-type]
    assert told(done, Side.LEAK, Kind.ANSWER) >= {("total as anybody", "", 0)}


def test_canaries_stand_only_in_what_is_kept_out() -> None:
    generations, archive = MemoryGenerations(), Archive()
    held(generations, archive)
    words = set(audited(generations, archive).asked.words)
    assert {CANARY, PAGE_CANARY} <= words
    said = {word for made in archive.documents() for word in repr(made).lower().split()}
    assert words.isdisjoint(said)


def test_a_record_that_reaches_readers_is_caught_by_asking_too() -> None:
    generations, archive = (
        MemoryGenerations(),
        Archive(ROWS_THAT_CLOSED, Restrictions({**RESTRICTIONS, CLOSED: (CLOSED_YESTERDAY,)})),
    )
    wide = Archive(ROWS_THAT_CLOSED, Restrictions(dict(RESTRICTIONS)))
    leaking: list[Documents] = [made for made in wide.documents() if made[0].description.id == CLOSED]
    held(generations, archive, besides=leaking)
    answered = {
        (field, record_id) for field, record_id, _ in told(audited(generations, archive), Side.LEAK, Kind.ANSWER)
    }
    assert ("search as anybody", CLOSED) in answered
    assert ("records as anybody", CLOSED) in answered
    assert ("page text as signed in", CLOSED) in answered
