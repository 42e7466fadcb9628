"""Which words of which records make a dictionary differ from the documents: three walks over the index, on trouble.

The first finds the parts of the dictionaries that differ, the second the words, the third the records. What they keep
in memory are the ids of all records, and of the dictionaries never more than a part.
"""

from collections import Counter, defaultdict
from collections.abc import Iterator, Mapping, Sequence
from typing import NamedTuple

from indexer.audit.comparing import reachable
from indexer.audit.derived import Derived
from indexer.audit.finding import Finding, Kind, Side
from indexer.audit.stored import batches, stored_words
from indexer.audit.wordsums import Field, Worded, words_of
from indexer.index.inventory import HeldPage, HeldRecord, Inventory, Part

BUCKETS = 4096
"""Parts of a dictionary that are told apart by the hashes of its words."""

MOST_BUCKETS = 64
"""Parts of one dictionary that are looked into; with more of them wrong the rest is not named."""

MOST_TERMS = 200
"""Words that are traced to their records."""

BATCH = 250


class WrongTerm(NamedTuple):
    """A word that more or fewer documents are found by than say it."""

    field: Field
    word: str
    more: bool


class _Stored(NamedTuple):
    """One record id with its documents and the words they should be found by."""

    record_id: str
    records: Sequence[HeldRecord]
    pages: Sequence[HeldPage]
    words: Mapping[Field, Sequence[frozenset[str]]]


def name_terms(
    inventory: Inventory, fields: Mapping[Field, frozenset[str]], remembered: Mapping[str, Derived]
) -> Iterator[Finding]:
    """A finding for each record that has a posting too many or too few, or without a record where it cannot be told.

    `fields` are those whose dictionaries differ, with the first letters of their words.
    """
    wrong = list(_wrong_terms(inventory, fields))
    traced = set[WrongTerm]()
    for term, stored in _traced(inventory, wrong[:MOST_TERMS]):
        traced.add(term)
        yield Finding(_side(term, stored, remembered), Kind.TERM, term.field[1], stored.record_id)
    for term in wrong:
        if term not in traced:
            yield Finding(Side.LEAK if term.more else Side.LATE, Kind.TERM, term.field[1])


def _wrong_terms(inventory: Inventory, fields: Mapping[Field, frozenset[str]]) -> Iterator[WrongTerm]:
    suspected = _wrong_buckets(inventory, fields)
    said: dict[Field, Counter[str]] = {field: Counter() for field in fields}
    for stored in _walk(inventory):
        for field in fields:
            for words in stored.words.get(field, ()):
                said[field].update(word for word in words if hash(word) % BUCKETS in suspected[field])
    for field, beginnings in fields.items():
        for term in inventory.terms(*field, beginnings):
            if hash(term.word) % BUCKETS in suspected[field]:
                count = said[field].pop(term.word, 0)
                if term.live != count:
                    yield WrongTerm(field, term.word, term.live > count)
        yield from (WrongTerm(field, word, more=False) for word in said[field])


def _wrong_buckets(inventory: Inventory, fields: Mapping[Field, frozenset[str]]) -> dict[Field, frozenset[int]]:
    said: dict[Field, Counter[int]] = {field: Counter() for field in fields}
    for stored in _walk(inventory):
        for field in fields:
            for words in stored.words.get(field, ()):
                for number in map(hash, words):
                    said[field][number % BUCKETS] += number
    for field, beginnings in fields.items():
        for term in inventory.terms(*field, beginnings):
            number = hash(term.word)
            said[field][number % BUCKETS] -= number * term.live
    return {field: frozenset([b for b, left in said[field].items() if left][:MOST_BUCKETS]) for field in fields}


def _traced(inventory: Inventory, wrong: Sequence[WrongTerm]) -> Iterator[tuple[WrongTerm, _Stored]]:
    for batch in batches(_walk(inventory), BATCH):
        ids = [stored.record_id for stored in batch]
        for term in wrong:
            found_by = inventory.having(*term.field, term.word, ids)
            for stored in batch:
                says = any(term.word in words for words in stored.words.get(term.field, ()))
                if (stored.record_id in found_by) is not says and says is not term.more:
                    yield term, stored


def _side(term: WrongTerm, stored: _Stored, remembered: Mapping[str, Derived]) -> Side:
    if not term.more:
        return Side.LATE
    if not reachable(stored.records, stored.pages):
        return Side.PENDING
    derived = remembered.get(stored.record_id)
    return Side.LATE if derived is not None and _may_say(derived, term) else Side.LEAK


def _may_say(derived: Derived, term: WrongTerm) -> bool:
    worded = Worded(derived.title, derived.about, derived.codes, [page.text for page in derived.pages])
    return any(field == term.field and term.word in words for field, words in words_of(worded))


def _walk(inventory: Inventory) -> Iterator[_Stored]:
    """Every record id of the index, a batch in memory at a time."""
    on_pages = set(inventory.ids(Part.PAGES))
    ids = (*(record_id for record_id in inventory.ids(Part.RECORDS) if record_id not in on_pages), *sorted(on_pages))
    for batch in batches(ids, BATCH):
        records, pages = inventory.records(batch), inventory.pages(batch)
        for record_id in batch:
            own_records, own_pages = records.get(record_id, ()), pages.get(record_id, ())
            yield _Stored(record_id, own_records, own_pages, _words(own_records, own_pages))


def _words(records: Sequence[HeldRecord], pages: Sequence[HeldPage]) -> dict[Field, list[frozenset[str]]]:
    """As the comparison counts them: the pages belong to the first document of the record."""
    found: dict[Field, list[frozenset[str]]] = defaultdict(list)
    for held, own in zip(records or (None,), (pages, *((),) * len(records)), strict=False):
        worded = Worded(pages=[page.text.decode(errors="replace") for page in own])
        for field, words in words_of(stored_words(held, own) if held else worded):
            if held or field[0] is Part.PAGES:
                found[field].append(words)
    return found
