"""Everything that lies in one generation on a Meilisearch server, read past the filter."""

import json
from collections import defaultdict
from collections.abc import Collection, Iterator, Mapping, Sequence
from datetime import date
from itertools import product
from typing import Any

from access_policy.terms import Audience, Known
from access_policy.visibility import Visibility
from indexer.index.inventory import Circle, HeldPage, HeldRecord, Part, Shown, Size, Term
from indexer.index.meilisearch.counting import FIELDS, values_of
from indexer.index.meilisearch.documents import page_key
from indexer.index.meilisearch.fields import KEY, MOST_VALUES
from indexer.index.meilisearch.filters import Filters, access_filters, any_of, is_in
from indexer.index.meilisearch.names import Names
from indexer.index.meilisearch.server import Server
from indexer.index.meilisearch.state import Noted
from indexer.index.meilisearch.terms import value_of
from indexer.index.port import IndexUnavailable
from indexer.index.schema import circle
from indexer.text.tokens import fold_prose

_OWNERS = {Part.RECORDS: "id", Part.PAGES: "record"}
_CIRCLES: dict[str, Circle] = {circle(*each): each for each in product(Audience, Known)}
_NAMES = {"pairs": "folded_pairs"}
_SHOWN = (KEY, "audience", "shown_from", "shown_until")


class MeiliInventory:
    """One generation. See `indexer.index.inventory.Inventory`. Everything raises IndexUnavailable.

    What is removed leaves no trace that could be listed: every count is of documents that are there.
    """

    def __init__(self, server: Server, names: Names, noted: Noted, *, today: date, withheld: frozenset[str]) -> None:
        self._server, self._noted = server, noted
        self._indexes = {part: names.index(noted.name, part) for part in Part}
        self._anybody = Visibility(frozenset(Audience), today, withheld)

    def generation(self) -> str:
        """See the protocol."""
        return self._noted.name

    def revision(self) -> int:
        """See the protocol."""
        return self._noted.follows.revision

    def size(self, part: Part) -> Size:
        """See the protocol."""
        return Size(self._server.size(self._indexes[part]), 0)

    def records(self, ids: Sequence[str]) -> Mapping[str, Sequence[HeldRecord]]:
        """See the protocol."""
        found: dict[str, list[HeldRecord]] = defaultdict(list)
        for held, shown in self._held(Part.RECORDS, ids, ("id", "description", "date_order")):
            record = HeldRecord(held["description"].encode(), shown, held["date_order"])
            found[value_of(held["id"])].append(record)
        return found

    def pages(self, ids: Sequence[str]) -> Mapping[str, Sequence[HeldPage]]:
        """See the protocol. The folded text is made of the text: none is kept."""
        found: dict[str, list[HeldPage]] = defaultdict(list)
        for held, shown in self._held(Part.PAGES, ids, ("record", "number", "text", "redactions")):
            record_id, number, text = value_of(held["record"]), int(held["number"]), str(held["text"])
            boxes = frozenset(tuple(box) for box in json.loads(held["redactions"]))
            keyed = held[KEY] == page_key(record_id, number)
            page = HeldPage(number, text.encode(), fold_prose(text).encode(), boxes, shown, keyed)
            found[record_id].append(page)
        return found

    def ids(self, part: Part) -> Iterator[str]:
        """See the protocol."""
        return (term.word for term in self.terms(part, _OWNERS[part], ()))

    def values(self, ids: Sequence[str] | None = None) -> Mapping[str, Mapping[str, int]]:
        """See the protocol."""
        among = [] if ids is None else [any_of("id", ids)]
        return {name: self._counted(Part.RECORDS, field, among) for name, field in FIELDS.items()}

    def lacking(self, part: Part, field: str, words: Sequence[str], ids: Sequence[str]) -> frozenset[str]:
        """See the protocol."""
        return self._owners(part, [any_of(_OWNERS[part], ids), f"NOT {any_of(_field(field), words)}"])

    def terms(self, part: Part, field: str, beginnings: Collection[str]) -> Iterator[Term]:  # noqa: ARG002 - all at once
        """See the protocol. Raises IndexUnavailable for a field with more than `fields.MOST_VALUES` of them."""
        counted = self._counted(part, _field(field), [])
        return (Term(word, count, count) for word, count in counted.items())

    def count(self, part: Part, field: str, word: str, *, but: Sequence[str] = ()) -> int:
        """See the protocol."""
        return int(self._asked(part, [is_in(_field(field), word), f"NOT {any_of(_OWNERS[part], but)}"])["totalHits"])

    def having(self, part: Part, field: str, word: str, ids: Sequence[str]) -> frozenset[str]:
        """See the protocol."""
        return self._owners(part, [any_of(_OWNERS[part], ids), is_in(_field(field), word)])

    def _held(self, part: Part, ids: Sequence[str], fields: Sequence[str]) -> Iterator[tuple[dict[str, Any], Shown]]:
        own = any_of(_OWNERS[part], ids)
        reachable = self._reachable(part, own)
        for held in self._server.documents(self._indexes[part], fields=[*_SHOWN, *fields], condition=own):
            audience = value_of(held["audience"])
            circles = frozenset({_CIRCLES[audience]} if audience in _CIRCLES else ())
            yield held, Shown(circles, held["shown_from"], held["shown_until"], held[KEY] in reachable)

    def _reachable(self, part: Part, own: str) -> frozenset[str]:
        """The keys of documents that the filter of some reader admits, asked of the filter itself."""
        ways = (access_filters(self._anybody, known) for known in (Known.DESCRIPTION, Known.EXISTENCE))
        conditions = (" AND ".join([own, *way]) for way in ways)
        index = self._indexes[part]
        found = (self._server.documents(index, fields=[KEY], condition=condition) for condition in conditions)
        return frozenset(document[KEY] for documents in found for document in documents)

    def _owners(self, part: Part, filters: Filters) -> frozenset[str]:
        owner = _OWNERS[part]
        found = self._server.documents(self._indexes[part], fields=[owner], condition=" AND ".join(filters))
        return frozenset(value_of(document[owner]) for document in found)

    def _counted(self, part: Part, field: str, filters: Filters) -> dict[str, int]:
        counted = values_of(self._asked(part, filters, field), field)
        if len(counted) >= MOST_VALUES:
            raise IndexUnavailable(f"{field} has more values than Meilisearch lists")
        return counted

    def _asked(self, part: Part, filters: Filters, *facets: str) -> dict[str, Any]:
        size = {"page": 1, "hitsPerPage": 0}
        question = {"indexUid": self._indexes[part], "filter": filters, "facets": list(facets), **size}
        return self._server.ask([question])[0]


def _field(name: str) -> str:
    return _NAMES.get(name, name)
