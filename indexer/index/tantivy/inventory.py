"""Everything that lies in one generation of Tantivy indexes, read past the filter."""

import json
import re
from collections import defaultdict
from collections.abc import Callable, Collection, Iterator, Mapping, Sequence
from contextlib import contextmanager
from dataclasses import dataclass
from datetime import date
from itertools import product
from pathlib import Path
from typing import Any

import tantivy
from tantivy import Occur, Query

from access_policy.record import Box
from access_policy.terms import Audience, Known
from access_policy.visibility import Visibility
from indexer.index.inventory import Circle, HeldPage, HeldRecord, Part, Shown, Size, Term
from indexer.index.port import IndexUnavailable
from indexer.index.schema import FACETS, circle
from indexer.index.tantivy.compile import Clause, access_clauses, all_of, any_of
from indexer.index.tantivy.following import read_follows
from indexer.index.tantivy.schema import open_index, pages_schema, record_key, records_schema

Address = tuple[int, int]
"""Segment and number of a document."""

MOST_VALUES = 60_000
"""Values of one column that Tantivy counts at once; every one of them is also a term of its dictionary."""

PAGES_OF_ONE = 16
"""Pages that records seldom have more of; more are fetched at the price of asking twice."""

_SCHEMAS: dict[Part, Callable[[], tantivy.Schema]] = {Part.RECORDS: records_schema, Part.PAGES: pages_schema}
_ID_FIELDS = {Part.RECORDS: "id", Part.PAGES: "record_id"}
_CIRCLES: dict[str, Circle] = {circle(*each): each for each in product(Audience, Known)}
_COLUMNS = {**{f"facet_{name}": name for name in FACETS}, "years": "years"}
_ID_AT_FRONT = re.compile(rb'\{"id":"([^"\\]*)"')


@dataclass(frozen=True)
class _Half:
    """One of the two indexes, opened; `circles` are the audience terms its documents have."""

    part: Part
    schema: tantivy.Schema
    searcher: tantivy.Searcher
    size: Size
    circles: tuple[str, ...]

    def among(self, ids: Sequence[str]) -> Clause:
        """The documents of some record ids."""
        return any_of(self.schema, _ID_FIELDS[self.part], ids)

    def having(self, field: str, word: str) -> Query:
        """The documents with a term."""
        return Query.term_query(self.schema, field, word)

    def count(self, clauses: Sequence[Clause]) -> int:
        """How many documents match."""
        return int(self.searcher.search(all_of(clauses), 1).count or 0)  # type: ignore[attr-defined]

    def matching(self, clauses: Sequence[Clause], likely: int) -> list[tantivy.DocAddress]:
        """Where every document that matches lies, in order; `likely` is how many there may be."""
        query = all_of(clauses)
        found = self.searcher.search(query, likely)
        total = int(found.count or 0)  # type: ignore[attr-defined]
        if total > likely:
            found = self.searcher.search(query, total)
        return [address for _, address in found.hits]

    def column(self, name: str, addresses: list[tantivy.DocAddress]) -> list[Any]:
        """One number for each document."""
        return self.searcher.fast_field_values(name, addresses)


class TantivyInventory:
    """The generation in one folder. See `indexer.index.inventory.Inventory`."""

    def __init__(self, folder: Path, *, today: date, withheld: frozenset[str]) -> None:
        self._name, self._today, self._withheld = folder.name, today, withheld
        with _opening(folder):
            self._follows = read_follows(folder)
            self._halves = {part: _open_half(part, folder / part.value) for part in Part}
        self._all_reachable = {
            part: half.count(self._reachable(half)) == half.size.live for part, half in self._halves.items()
        }

    def generation(self) -> str:
        """See the protocol."""
        return self._name

    def revision(self) -> int:
        """See the protocol."""
        return self._follows.revision

    def size(self, part: Part) -> Size:
        """See the protocol."""
        return self._halves[part].size

    def records(self, ids: Sequence[str]) -> Mapping[str, Sequence[HeldRecord]]:
        """See the protocol."""
        found = self._records(ids)
        if found.keys() <= set(ids):
            return found
        apart = {record_id: self._records([record_id]).values() for record_id in ids}
        return {record_id: [one for held in several for one in held] for record_id, several in apart.items() if several}

    def _records(self, ids: Sequence[str]) -> dict[str, list[HeldRecord]]:
        """The same by the ids in the descriptions, which a description of another record would betray."""
        half = self._halves[Part.RECORDS]
        addresses = half.matching([half.among(ids)], 2 * len(ids)) if ids else []
        found: dict[str, list[HeldRecord]] = defaultdict(list)
        orders = half.column("date_order", addresses)
        for address, order, shown in zip(addresses, orders, self._shown(half, ids, addresses), strict=True):
            description = bytes(half.searcher.doc(address).get_first("description") or b"")
            found[_id_of(description)].append(HeldRecord(description, shown, order))
        return found

    def pages(self, ids: Sequence[str]) -> Mapping[str, Sequence[HeldPage]]:
        """See the protocol."""
        by_key: dict[Any, str] = {record_key(record_id): record_id for record_id in ids}
        found = self._pages(ids)
        if found.keys() <= by_key.keys():
            return {by_key[key]: pages for key, pages in found.items()}
        apart = {record_id: self._pages([record_id]).values() for record_id in ids}
        return {record_id: [one for held in several for one in held] for record_id, several in apart.items() if several}

    def _pages(self, ids: Sequence[str]) -> dict[Any, list[HeldPage]]:
        """The same by the numbers that stand for records in a column."""
        half = self._halves[Part.PAGES]
        addresses = half.matching([half.among(ids)], PAGES_OF_ONE * len(ids)) if ids else []
        expected = {record_key(record_id) for record_id in ids}
        found: dict[Any, list[HeldPage]] = defaultdict(list)
        keys = half.column("record_key", addresses)
        for address, key, shown in zip(addresses, keys, self._shown(half, ids, addresses), strict=True):
            document = half.searcher.doc(address)
            text, folded = (bytes(document.get_first(name) or b"") for name in ("text", "folded_text"))
            number = int(document.get_first("number") or 0)
            boxes = _boxes(document.get_first("redactions"))
            found[key].append(HeldPage(number, text, folded, boxes, shown, key in expected))
        return found

    def _shown(self, half: _Half, ids: Sequence[str], addresses: list[tantivy.DocAddress]) -> list[Shown]:
        """What each of these documents, which are all that some ids have, says of itself."""
        if not addresses:
            return []
        circles = self._circles(half, ids, addresses)
        reachable = self._reached(half, ids, addresses)
        days = zip(half.column("shown_from", addresses), half.column("shown_until", addresses), strict=True)
        return [
            Shown(circles[place], first or 0, end or 0, place in reachable)
            for place, (first, end) in zip(map(_place, addresses), days, strict=True)
        ]

    def _circles(
        self, half: _Half, ids: Sequence[str], addresses: list[tantivy.DocAddress]
    ) -> dict[Address, frozenset[Circle]]:
        found: dict[Address, set[Circle]] = {_place(address): set() for address in addresses}
        for name in half.circles:
            for address in half.matching([half.among(ids), any_of(half.schema, "audience", [name])], len(found)):
                found[_place(address)].add(_CIRCLES[name])
        return {place: frozenset(several) for place, several in found.items()}

    def _reached(self, half: _Half, ids: Sequence[str], addresses: list[tantivy.DocAddress]) -> set[Address]:
        if self._all_reachable[half.part]:
            return set(map(_place, addresses))
        return set(map(_place, half.matching([half.among(ids), *self._reachable(half)], len(addresses))))

    def _reachable(self, half: _Half) -> list[Clause]:
        """What the filter of any reader admits, made of the filter itself."""
        anybody = Visibility(frozenset(Audience), self._today, self._withheld)
        ways = [all_of(access_clauses(half.schema, anybody, known)) for known in (Known.DESCRIPTION, Known.EXISTENCE)]
        kept_back = [(Occur.MustNot, Query.term_set_query(half.schema, "lineage", sorted(self._withheld)))]
        return [(Occur.Must, Query.boolean_query([(Occur.Should, way) for way in ways])), *kept_back]

    def ids(self, part: Part) -> Iterator[str]:
        """See the protocol."""
        return (term.word for term in self.terms(part, _ID_FIELDS[part], ()) if term.live)

    def values(self, ids: Sequence[str] | None = None) -> Mapping[str, Mapping[str, int]]:
        """See the protocol. A column with more than MOST_VALUES values is counted as far as its most frequent ones."""
        half = self._halves[Part.RECORDS]
        over = Query.all_query() if ids is None else all_of([half.among(ids)])
        wanted = {
            column: {"terms": {"field": column, "size": MOST_VALUES, "segment_size": MOST_VALUES}}
            for column in _COLUMNS
        }
        found = half.searcher.aggregate(over, wanted)
        return {
            name: {str(_whole(bucket["key"])): bucket["doc_count"] for bucket in found[column]["buckets"]}
            for column, name in _COLUMNS.items()
        }

    def lacking(self, part: Part, field: str, words: Sequence[str], ids: Sequence[str]) -> frozenset[str]:
        """See the protocol."""
        half = self._halves[part]
        without = (Occur.MustNot, any_of(half.schema, field, words)[1])
        if not half.count([half.among(ids), without]):
            return frozenset()
        return frozenset(record_id for record_id in ids if half.count([half.among([record_id]), without]))

    def terms(self, part: Part, field: str, beginnings: Collection[str]) -> Iterator[Term]:
        """See the protocol."""
        half = self._halves[part]
        if not beginnings or self._begins_otherwise(half, field, beginnings):
            yield from self._terms(half, field, "")
            return
        for beginning in sorted(beginnings):
            yield from self._terms(half, field, beginning)

    def _terms(self, half: _Half, field: str, beginning: str) -> Iterator[Term]:
        counted = half.searcher.terms_with_prefix(field, beginning)
        if not half.size.deleted:
            return (Term(word, count, count) for word, count in counted)
        live = dict(half.searcher.terms_with_prefix(field, beginning, filter_query=Query.all_query()))
        return (Term(word, live.get(word, 0), count) for word, count in counted)

    def _begins_otherwise(self, half: _Half, field: str, beginnings: Collection[str]) -> bool:
        """Whether some document has a term that begins in none of these ways: letter by letter."""
        ways: dict[str, set[str]] = defaultdict(set)
        for beginning in beginnings:
            for position, letter in enumerate(beginning):
                ways[beginning[:position]].add(letter)
        patterns = (f"{re.escape(before)}([^{re.escape(''.join(sorted(next_)))}].*)?" for before, next_ in ways.items())
        return any(half.count([(Occur.Must, Query.regex_query(half.schema, field, pattern))]) for pattern in patterns)

    def count(self, part: Part, field: str, word: str, *, but: Sequence[str] = ()) -> int:
        """See the protocol."""
        half = self._halves[part]
        left_out = [(Occur.MustNot, Query.term_set_query(half.schema, _ID_FIELDS[part], list(but)))]
        return half.count([(Occur.Must, half.having(field, word)), *left_out])

    def having(self, part: Part, field: str, word: str, ids: Sequence[str]) -> frozenset[str]:
        """See the protocol."""
        half = self._halves[part]
        having = (Occur.Must, half.having(field, word))
        if not half.count([half.among(ids), having]):
            return frozenset()
        return frozenset(record_id for record_id in ids if half.count([half.among([record_id]), having]))


@contextmanager
def _opening(folder: Path) -> Iterator[None]:
    try:
        yield
    except (OSError, ValueError, LookupError, TypeError) as error:
        raise IndexUnavailable(f"generation {folder.name} cannot be opened") from error


def _open_half(part: Part, folder: Path) -> _Half:
    index = open_index(_SCHEMAS[part](), folder)
    searcher = index.searcher()
    deleted = sum((each["deletes"] or {}).get("num_deleted_docs", 0) for each in _segments(folder))
    circles = (name for name, _ in searcher.terms_with_prefix("audience", ""))
    known = tuple(name for name in circles if name in _CIRCLES)
    return _Half(part, index.schema, searcher, Size(searcher.num_docs, deleted), known)


def _segments(folder: Path) -> list[dict[str, Any]]:
    segments: list[dict[str, Any]] = json.loads((folder / "meta.json").read_text())["segments"]
    return segments


def _place(address: tantivy.DocAddress) -> Address:
    return address.segment_ord, address.doc


def _id_of(description: bytes) -> str:
    front = _ID_AT_FRONT.match(description)
    return front[1].decode() if front else ""


def _boxes(written: Any) -> frozenset[Box]:
    return frozenset(tuple(box) for box in json.loads(bytes(written))) if written else frozenset()


def _whole(key: Any) -> Any:
    """Numbers come back as floats; years are whole."""
    return int(key) if isinstance(key, float) else key
