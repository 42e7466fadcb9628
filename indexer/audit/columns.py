"""Where records stand in the index: facets, years, what is above them; a batch at once, record by record on trouble."""

from collections import Counter, defaultdict
from collections.abc import Iterator, Mapping, Sequence
from itertools import product

from indexer.audit.derived import Derived
from indexer.audit.finding import Finding, Kind, Side
from indexer.index.inventory import Inventory, Part
from indexer.index.schema import Access, PagesShown

OPENNESS: Mapping[str, tuple[str, ...]] = {
    "access": tuple(v.value for v in (Access.NOT_OPEN, Access.ON_REQUEST, Access.READING_ROOM, Access.READ_NOW)),
    "has_pages": tuple(value.value for value in (PagesShown.NONE, PagesShown.TEXT, PagesShown.IMAGES)),
}
"""Values that say how much of a record everybody may see, from nothing to all."""

Counts = Mapping[str, Mapping[str, int]]
"""How often each value of each facet, and each year, occurs."""


def column_differences(inventory: Inventory, items: Sequence[Derived]) -> Iterator[Finding]:
    """Where the index counts or places these records, each of which it has, otherwise than it should."""
    if items:
        yield from _facets(inventory, items)
        yield from _lineages(inventory, items)
        yield from _parents(inventory, items)


def _facets(inventory: Inventory, items: Sequence[Derived]) -> Iterator[Finding]:
    if any(_differing(inventory, items)):
        for item in items:
            for name, ours, true in _differing(inventory, [item]):
                yield Finding(_side(name, ours, true), Kind.FACET, name, item.record_id)


def _differing(inventory: Inventory, items: Sequence[Derived]) -> Iterator[tuple[str, Counter[str], Counter[str]]]:
    """The facets in which the index counts these records otherwise than it should: name, as it does, as it should."""
    counted, expected = inventory.values([item.record_id for item in items]), _expected(items)
    for name in sorted({*counted, *expected}):
        ours, true = Counter(counted.get(name, {})), Counter(expected.get(name, {}))
        if ours != true:
            yield name, ours, true


def _side(name: str, ours: Counter[str], true: Counter[str]) -> Side:
    """A leak when the index has a value too many; of those that say how open a record is, a more open one."""
    openness = OPENNESS.get(name)
    if openness is None:
        return Side.LEAK if ours - true else Side.LATE
    most, allowed = (max(map(openness.index, values), default=-1) for values in (ours, true))
    return Side.LEAK if most > allowed else Side.LATE


def _expected(items: Sequence[Derived]) -> Counts:
    expected: dict[str, Counter[str]] = defaultdict(Counter)
    for item in items:
        for name, values in item.facets.items():
            expected[name].update(values)
        expected["years"].update(map(str, item.years))
    return expected


def _lineages(inventory: Inventory, items: Sequence[Derived]) -> Iterator[Finding]:
    """Documents that would still be found when they, or what is above them, are withheld."""
    for part, (words, holders) in product(Part, _by_lineage(items)):
        for record_id in sorted(inventory.lacking(part, "lineage", words, holders)):
            yield Finding(Side.LEAK, Kind.LINEAGE, "lineage", record_id)


def _by_lineage(items: Sequence[Derived]) -> list[tuple[Sequence[str], Sequence[str]]]:
    """Ids, and the records each of whose documents must have one of them.

    What is above stands alone. Records none of which stands above another are taken together with their own ids: each
    document must have one of these, and it can only be its own.
    """
    ids = {item.record_id for item in items}
    alone = {item.record_id for item in items if len(ids.intersection(item.lineage)) == 1}
    below: dict[str, list[str]] = defaultdict(list)
    for item in items:
        for each in item.lineage:
            if each not in alone:
                below[each].append(item.record_id)
    together = [sorted(alone)] if alone else []
    return [*(([each], holders) for each, holders in below.items()), *((own, own) for own in together)]


def _parents(inventory: Inventory, items: Sequence[Derived]) -> Iterator[Finding]:
    """Records that are not listed where they stand."""
    children: dict[str, list[str]] = defaultdict(list)
    for item in items:
        children[item.parent_id].append(item.record_id)
    for parent, ids in children.items():
        for record_id in sorted(inventory.lacking(Part.RECORDS, "parent_id", [parent], ids)):
            yield Finding(Side.LATE, Kind.STALE, "parent_id", record_id)
