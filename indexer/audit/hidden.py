"""What an audit asks for because it must not be answered: samples of ids, of pages, and of words that tell."""

from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from datetime import date
from functools import cached_property

from access_policy.disclosure import page_disclosed
from access_policy.record import Record
from indexer.audit.sampling import Sample
from indexer.index.description import Description
from indexer.index.document import Documents, RecordDocument
from indexer.sources.port import SourceRecord
from indexer.text.tokens import fold_tokens

_CANDIDATES_FOR_EACH = 100
"""Words drawn from what is kept out for each canary wanted: most of them also stand in what may be known."""

_REMEMBERED = 1 << 17

FEWEST_LETTERS, FEWEST_DIGITS = 4, 7

_WORDED = ("title", "creator", "creator_today", "document_type", "number", "scope", "extent", "condition", "signs")


@dataclass(frozen=True)
class Asked:
    """What is asked for: records of which nothing may be known or that are withheld, records of which only that they
    are there, pages of known records, words that stand in nothing that may be known, and the ids that are withheld.
    """

    hidden: tuple[str, ...]
    acknowledged: tuple[str, ...]
    closed_pages: tuple[tuple[str, int], ...]
    words: tuple[str, ...]
    withheld: tuple[str, ...]

    @cached_property
    def hidden_ids(self) -> frozenset[str]:
        """The hidden records as a set."""
        return frozenset(self.hidden)

    @cached_property
    def ids(self) -> tuple[str, ...]:
        """Every record that is asked for, whatever may be known of it."""
        return tuple(dict.fromkeys((*self.hidden, *self.acknowledged, *(page[0] for page in self.closed_pages))))


class Hidden:
    """Samples of what must not be answered: record ids, pages, and words that stand in them (folded)."""

    def __init__(self, size: int, seed: str, *, today: date) -> None:
        self._today = today
        self.ids: Sample[str] = Sample(size, seed)
        self.acknowledged: Sample[str] = Sample(size, seed)
        self.pages: Sample[tuple[str, int]] = Sample(size, seed, name=lambda page: f"{page[0]} {page[1]}")
        self._words: Sample[str] = Sample(size * _CANDIDATES_FOR_EACH, seed)
        self._said: set[str] = set()
        self._considered: set[str] = set()

    def words(self) -> list[str]:
        """Words of what is kept out, but for those that stubs and headings say; others may say them too."""
        return [word for word in self._words.drawn() if word not in self._said]

    def record(self, entry: SourceRecord) -> None:
        """Nothing of this record may be known but, perhaps, that it is there."""
        self._add(_words_of(entry.record))
        self._add(page.text for page in entry.pages)

    def asked(self, words: Iterable[str], withheld: frozenset[str]) -> Asked:
        """What is asked for, with the words that stood the test of standing in nothing else."""
        return Asked(
            tuple(self.ids.drawn()),
            tuple(self.acknowledged.drawn()),
            tuple(self.pages.drawn()),
            tuple(words),
            tuple(sorted(withheld)),
        )

    def stub(self, description: Description, *, kept_back: bool) -> None:
        """What is said of a record that is only acknowledged."""
        if not kept_back:
            self.acknowledged.add(description.id)
        sources = (ground.source for ground in description.conditions.grounds)
        self._said.update(_folded((description.reference_code, description.archive_name, *sources)))

    def parts(self, entry: SourceRecord, made: Documents) -> None:
        """Whatever of a record that may be known was left out of its documents, or masked in them."""
        record, pages = made
        shown = {page.number: page.text for page in pages}
        for page in entry.pages:
            if page.text and shown.get(page.number) != page.text:
                self._add([page.text], but=[shown.get(page.number, "")])
            if page.number not in shown and not self._may_be_read(record, page.number):
                self.pages.add((entry.record.id, page.number))
        written, said = list(_words_of(entry.record)), list(_words_of(record.description))
        if written != said:
            self._add(written, but=said)

    def _add(self, texts: Iterable[str], but: Iterable[str] = ()) -> None:
        fresh = _folded(texts) - self._considered
        if not fresh:
            return
        fresh -= _folded(but)
        if len(self._considered) > _REMEMBERED:
            self._considered.clear()
        self._considered |= fresh
        for word in filter(_telling, fresh):
            self._words.add(word)

    def _may_be_read(self, record: RecordDocument, number: int) -> bool:
        """A page without a word in the index may be one without a word at all."""
        return page_disclosed(record.description.conditions, number, today=self._today)


def _telling(word: str) -> bool:
    """Whether a word can be asked for on its own: letters, or a number long enough to be somebody's."""
    if not word.isascii():
        return False
    return len(word) >= (FEWEST_DIGITS if word.isdigit() else FEWEST_LETTERS) and (word.isdigit() or word.isalpha())


def _words_of(record: Record | Description) -> Iterator[str]:
    yield from (getattr(record, name) for name in _WORDED)
    yield from record.keywords
    yield from (name for place in record.places for name in (place.written, place.today))
    yield from (value for _, value in record.details)


def _folded(texts: Iterable[str]) -> set[str]:
    return {word for text in texts for word in fold_tokens(text)}
