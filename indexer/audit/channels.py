"""Asking every channel of the index for what must not be known, as every kind of reader. Any answer is a leak."""

from collections import Counter
from collections.abc import Iterator, Mapping
from dataclasses import dataclass, field
from functools import cached_property

from access_policy.decide import FINDERS
from access_policy.reader import ANONYMOUS, NOBODY, Reader
from access_policy.terms import Audience
from access_policy.visibility import Visibility
from indexer.audit.finding import Finding, Findings, Kind, Side
from indexer.audit.hidden import Asked
from indexer.audit.stored import is_bare
from indexer.index.port import IndexReader, Search
from indexer.index.query import EMPTY_QUERY, Query, parse
from indexer.text.tokens import fold_tokens

READERS = {
    "nobody": NOBODY,
    "anybody": ANONYMOUS,
    "signed in": Reader(frozenset({Audience.EVERYONE, Audience.SIGNED_IN})),
    "reading room": Reader(frozenset({Audience.EVERYONE, Audience.READING_ROOM})),
    "staff": Reader(frozenset({Audience.STAFF})),
    "every circle": Reader(frozenset(Audience)),
}

SHORTEST_BEGINNING = 3
"""Letters of a word from which on its beginnings are typed into the suggestions."""

AT_ONCE = 1000


@dataclass
class Questioned:
    """How many questions each channel was asked as each reader, and what answered."""

    asked: Counter[tuple[str, str]] = field(default_factory=Counter)
    leaks: Counter[tuple[str, str]] = field(default_factory=Counter)
    findings: Findings = field(default_factory=Findings)


@dataclass(frozen=True)
class Expected:
    """How many records and pages everybody may find when nothing is late; of more, some are too many."""

    records: int
    pages: int


Answer = tuple[str, str, int]
"""Channel, record id where the answer names one, page."""


def question(
    index: IndexReader, asked: Asked, expected: Expected, visibilities: Mapping[str, Visibility]
) -> Questioned:
    """Ask as each reader. Raises IndexUnavailable."""
    done = Questioned()
    for name, visibility in visibilities.items():
        ask = _Asking(index, visibility, done.asked, name)
        for channel, record_id, page in ask.everything(asked, expected):
            done.leaks[channel, name] += 1
            done.findings.add([Finding(Side.LEAK, Kind.ANSWER, f"{channel} as {name}", record_id, page)])
    return done


@dataclass
class _Asking:
    """One reader's questions."""

    index: IndexReader
    visibility: Visibility
    counted: Counter[tuple[str, str]]
    reader: str

    def everything(self, asked: Asked, expected: Expected) -> Iterator[Answer]:
        """Every question on every channel; what is yielded should not have been answered."""
        yield from self._totals(expected)
        yield from self._facet_values(asked)
        for word in asked.words:
            yield from self._word(word)
            yield from self._suggestions(word, asked)
            yield from self._page_hits(word, asked)
        yield from self._by_id(asked)
        yield from self._acknowledged(asked)
        yield from self._page_texts(asked)

    def _totals(self, expected: Expected) -> Iterator[Answer]:
        finds = FINDERS in self.visibility.audiences
        if self.total > (expected.records if finds else 0):
            yield "total", "", 0
        if self._ask("page total").page_total(visibility=self.visibility) > (expected.pages if finds else 0):
            yield "page total", "", 0

    def _facet_values(self, asked: Asked) -> Iterator[Answer]:
        found = self._ask("facets").search(Search(limit=1), visibility=self.visibility)
        words = frozenset(asked.words)
        for values in found.facets.values():
            for value, _count in values:
                if not words.isdisjoint(fold_tokens(value)):
                    yield "facets", "", 0

    def _word(self, word: str) -> Iterator[Answer]:
        for typed in (word, f'"{word}"'):
            found = self._ask("search").search(Search(parse(typed), limit=AT_ONCE), visibility=self.visibility)
            yield from (("search", hit.id, 0) for hit in found.hits)
            if found.total and not found.hits:
                yield "total", "", 0
            if any(found.facets.values()):
                yield "facets", "", 0
            if found.years:
                yield "years", "", 0
        if self._total(parse(f"-{word}")) != self.total:
            yield "total", "", 0

    def _suggestions(self, word: str, asked: Asked) -> Iterator[Answer]:
        for end in range(SHORTEST_BEGINNING, len(word) + 1):
            for suggestion in self._ask("suggestions").suggest(word[:end], visibility=self.visibility, limit=AT_ONCE):
                if suggestion.record_id in asked.hidden_ids or word in fold_tokens(suggestion.text):
                    yield "suggestions", suggestion.record_id, 0

    def _page_hits(self, word: str, asked: Asked) -> Iterator[Answer]:
        found = self._ask("page hits").page_hits(parse(word), asked.ids, visibility=self.visibility)
        yield from (("page hits", record_id, hit.number) for record_id, hits in found.items() for hit in hits.hits)

    def _by_id(self, asked: Asked) -> Iterator[Answer]:
        shown = self._ask("records", len(asked.hidden)).records(asked.hidden, visibility=self.visibility)
        yield from (("records", record_id, 0) for record_id in shown)
        for record_id in asked.hidden:
            if self._ask("acknowledged").acknowledged(record_id, visibility=self.visibility) is not None:
                yield "acknowledged", record_id, 0
            children = self._ask("children").children(record_id, visibility=self.visibility, limit=AT_ONCE)
            yield from (("children", child.id, 0) for child in children.hits)

    def _acknowledged(self, asked: Asked) -> Iterator[Answer]:
        """That it is there may be said; what it is may not."""
        shown = self._ask("records", len(asked.acknowledged)).records(asked.acknowledged, visibility=self.visibility)
        yield from (("records", record_id, 0) for record_id in shown)
        for record_id in asked.acknowledged:
            stub = self._ask("acknowledged").acknowledged(record_id, visibility=self.visibility)
            if stub is not None and not is_bare(stub):
                yield "acknowledged", record_id, 0

    def _page_texts(self, asked: Asked) -> Iterator[Answer]:
        for record_id, number in (*asked.closed_pages, *((record_id, 1) for record_id in asked.hidden)):
            if self._ask("page text").page_text(record_id, number, visibility=self.visibility) is not None:
                yield "page text", record_id, number
            if self._ask("page boxes").page_redactions(record_id, number, visibility=self.visibility):
                yield "page boxes", record_id, number

    @cached_property
    def total(self) -> int:
        """How many records this reader can find at all."""
        return self._total(EMPTY_QUERY)

    def _total(self, query: Query) -> int:
        return self._ask("total").search(Search(query, limit=1), visibility=self.visibility).total

    def _ask(self, channel: str, questions: int = 1) -> IndexReader:
        self.counted[channel, self.reader] += questions
        return self.index
