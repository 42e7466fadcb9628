"""How a generation differs from the archive database, record by record: what is missing, stale, orphaned, forbidden."""

from array import array
from bisect import bisect_left
from collections import defaultdict
from collections.abc import Collection, Iterable, Iterator, Sequence
from datetime import date
from enum import StrEnum
from hashlib import blake2b

from access_policy.register.restrictions import Restrictions
from indexer.audit.columns import column_differences
from indexer.audit.comparing import compare, forbidden
from indexer.audit.derived import Derived, Item, KeptOut, flat
from indexer.audit.finding import Finding, Kind, Side
from indexer.audit.stored import batches
from indexer.index.inventory import Inventory, Part
from indexer.pipeline import Tally, documents
from indexer.sources.port import BadRow, Source, SourceRecord

BATCH = 250
"""Records compared at a time."""


class Difference(StrEnum):
    """What is the matter with a record, the worst first."""

    FORBIDDEN = "forbidden"  # more of it, or for others, or for longer, than the policy allows
    ORPHAN = "orphan"  # no row of the archive database makes it
    MISSING = "missing"
    STALE = "stale"  # there, but not as the row says


Differing = tuple[str, Difference]
"""A record id and what is the matter with it."""

_FORBIDDEN = frozenset({Kind.EXTRA, Kind.EXTRA_PAGE, Kind.SHOWN})


class Beside:
    """One inventory beside what should be in it on a day."""

    def __init__(self, inventory: Inventory, restrictions: Restrictions, *, today: date) -> None:
        self._inventory, self._restrictions, self._today = inventory, restrictions, today

    def all_of(self, entries: Iterable[SourceRecord | BadRow], tally: Tally) -> Iterator[Differing]:
        """Walk through everything once: `entries` are all there are. Memory grows by eight bytes a record."""
        seen = array("Q")
        for batch in batches(self._items(entries, tally), BATCH):
            seen.extend(_digest(item.record_id) for item in batch)
            yield from self._compared(batch)
        known = array("Q", sorted(seen))
        for part in Part:
            for record_id in self._inventory.ids(part):
                if not _among(known, _digest(record_id)) and (part is Part.RECORDS or self._only_pages(record_id)):
                    yield record_id, Difference.ORPHAN

    def some_of(self, source: Source, record_ids: Sequence[str]) -> Iterator[Differing]:
        """The same for some records."""
        for batch in batches(record_ids, BATCH):
            wanted = set(batch)
            items = [item for item in self._items(source.below(batch), Tally()) if item.record_id in wanted]
            yield from self._compared(items)
            nowhere = sorted(wanted - {item.record_id for item in items})
            held = self._inventory.records(nowhere).keys() | self._inventory.pages(nowhere).keys()
            yield from ((record_id, Difference.ORPHAN) for record_id in sorted(held))

    def _items(self, entries: Iterable[SourceRecord | BadRow], tally: Tally) -> Iterator[Item]:
        kept_out: list[str] = []
        for made in documents(
            entries,
            self._restrictions,
            today=self._today,
            tally=tally,
            refused=lambda _: None,
            kept_out=kept_out.append,
        ):
            derived = flat(made, withheld=frozenset())
            yield from (KeptOut(record_id) for record_id in kept_out if record_id != derived.record_id)
            kept_out.clear()
            yield derived
        yield from map(KeptOut, kept_out)

    def _compared(self, items: Sequence[Item]) -> Iterator[Differing]:
        ids = [item.record_id for item in items]
        records, pages = self._inventory.records(ids), self._inventory.pages(ids)
        found: dict[str, set[Difference]] = defaultdict(set)
        there: list[Derived] = []
        for item in items:
            own_records, own_pages = records.get(item.record_id, ()), pages.get(item.record_id, ())
            if isinstance(item, Derived):
                found[item.record_id].update(_of(compare(item, own_records, own_pages, today=self._today)))
                there += [item] if own_records else []
            elif own_records or own_pages:
                found[item.record_id].update(_of(forbidden(item.record_id, own_records, own_pages)))
        for finding in column_differences(self._inventory, there):
            found[finding.record_id].add(Difference.STALE)
        yield from ((record_id, _worst(differences)) for record_id, differences in found.items() if differences)

    def _only_pages(self, record_id: str) -> bool:
        return not self._inventory.records([record_id])


def _of(findings: Iterable[Finding]) -> Iterator[Difference]:
    for finding in findings:
        if finding.kind in _FORBIDDEN and finding.side is not Side.LATE:
            yield Difference.FORBIDDEN
        else:
            yield Difference.MISSING if finding.kind is Kind.MISSING else Difference.STALE


def _worst(differences: Collection[Difference]) -> Difference:
    return next(each for each in Difference if each in differences)


def _digest(record_id: str) -> int:
    return int.from_bytes(blake2b(record_id.encode(), digest_size=8).digest())


def _among(known: "array[int]", digest: int) -> bool:
    place = bisect_left(known, digest)
    return place < len(known) and known[place] == digest
