"""Comparing all of an index with all that may be in it: a batch at a time, then by totals, then by its dictionaries."""

from array import array
from bisect import bisect_left
from collections import Counter
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass, field
from datetime import date
from hashlib import blake2b
from itertools import islice

from indexer.audit.columns import column_differences
from indexer.audit.comparing import compare, forbidden
from indexer.audit.derived import Derived, Item
from indexer.audit.finding import Findings
from indexer.audit.postings import Postings, Residue
from indexer.audit.stored import batches, stored_words, texts_of
from indexer.audit.wordsums import Worded
from indexer.index.inventory import HeldPage, HeldRecord, Inventory, Part, Size

BATCH = 250
"""Records compared at a time."""

MOST_SUSPECTS = 10_000
"""Records found wanting that are left out when canaries are chosen."""


@dataclass
class Compared:
    """What a comparison took in and found. `canaries` are words that stand in no document that may be there."""

    generation: str
    revision: int
    records: int = 0
    pages: int = 0
    kept_out: int = 0
    findings: Findings = field(default_factory=Findings)
    sizes: dict[str, Size] = field(default_factory=dict)
    residue: Residue = field(default_factory=Residue)
    canaries: list[str] = field(default_factory=list)


class Comparison:
    """One inventory beside the stream of what may be in it."""

    def __init__(self, inventory: Inventory, *, today: date) -> None:
        self._inventory, self._today = inventory, today
        self._postings = Postings(inventory)
        self._found = Compared(inventory.generation(), inventory.revision())
        self._seen, self._held = array("Q"), Counter[Part]()
        self._suspects: set[str] = set()

    def take(self, batch: Sequence[Item]) -> None:
        """Compare some records, each of which is taken only once. Raises IndexUnavailable."""
        ids = [item.record_id for item in batch]
        records, pages = self._inventory.records(ids), self._inventory.pages(ids)
        shown = []
        for item in batch:
            own_records, own_pages = records.get(item.record_id, ()), pages.get(item.record_id, ())
            self._note(item, own_records, own_pages)
            if isinstance(item, Derived):
                self._compare(item, own_records, own_pages)
                shown += [item] if any(held.shown.reachable for held in own_records) else []
            else:
                self._found.kept_out += 1
                self._forbid(item.record_id, own_records, own_pages)
        self._found.findings.add(column_differences(self._inventory, shown))

    def close(self, candidates: Iterable[str], canaries: int) -> Compared:
        """Look for what no record of the stream accounts for, compare the dictionaries, and choose canaries."""
        found = self._found
        found.sizes = {part.value: self._inventory.size(part) for part in Part}
        for batch in batches(self._orphans(), BATCH):
            records, pages = self._inventory.records(batch), self._inventory.pages(batch)
            for record_id in batch:
                self._forbid(record_id, records.get(record_id, ()), pages.get(record_id, ()))
        found.findings.add(self._postings.differences())
        found.residue = self._postings.residue
        found.canaries = list(islice(self._unspoken(candidates), canaries))
        return found

    def _note(self, item: Item, records: Sequence[HeldRecord], pages: Sequence[HeldPage]) -> None:
        self._seen.append(_digest(item.record_id))
        self._held[Part.RECORDS] += len(records)
        self._held[Part.PAGES] += len(pages)

    def _compare(self, item: Derived, records: Sequence[HeldRecord], pages: Sequence[HeldPage]) -> None:
        self._found.records += 1
        self._found.pages += len(item.pages)
        differing = list(compare(item, records, pages, today=self._today))
        if item.kept_back or differing:
            self._suspect(item.record_id)
            self._found.findings.add(differing)
            self._stored(records, pages)
            self._postings.remember(item)
        else:
            texts = [page.text for page in item.pages]
            self._postings.sums.add(Worded(item.title, item.about, item.codes, texts))

    def _forbid(self, record_id: str, records: Sequence[HeldRecord], pages: Sequence[HeldPage]) -> None:
        if records or pages:
            self._suspect(record_id)
            self._found.findings.add(forbidden(record_id, records, pages))
            self._stored(records, pages)

    def _stored(self, records: Sequence[HeldRecord], pages: Sequence[HeldPage]) -> None:
        """What is there and should not be, or otherwise, is to be found by its own words and no others."""
        if not records:
            self._postings.sums.add_pages(texts_of(pages))
        for held, own in zip(records, (pages, *((),) * len(records)), strict=False):
            self._postings.sums.add(stored_words(held, own))

    def _suspect(self, record_id: str) -> None:
        if len(self._suspects) < MOST_SUSPECTS:
            self._suspects.add(record_id)

    def _orphans(self) -> Iterator[str]:
        """The ids of documents that no record of the stream has; looked for only when there are too many documents."""
        if all(self._held[part] >= self._inventory.size(part).live for part in Part):
            return
        known = array("Q", sorted(self._seen))
        everywhere = {record_id for part in Part for record_id in self._inventory.ids(part)}
        yield from (record_id for record_id in sorted(everywhere) if not _among(known, _digest(record_id)))

    def _unspoken(self, candidates: Iterable[str]) -> Iterator[str]:
        suspects = sorted(self._suspects)
        for word in candidates:
            if not any(self._inventory.count(part, "folded", word, but=suspects) for part in Part):
                yield word


def _digest(record_id: str) -> int:
    return int.from_bytes(blake2b(record_id.encode(), digest_size=8).digest())


def _among(known: "array[int]", digest: int) -> bool:
    place = bisect_left(known, digest)
    return place < len(known) and known[place] == digest
