"""Everything that lies in one generation on a cluster, read past the filter."""

import json
from collections import defaultdict
from collections.abc import Collection, Iterator, Mapping, Sequence
from datetime import date
from itertools import product
from typing import Any

from access_policy.terms import Audience, Known
from indexer.index.inventory import Circle, HeldPage, HeldRecord, Part, Shown, Size, Term
from indexer.index.opensearch.amending import LIVING
from indexer.index.opensearch.client import Body, Client
from indexer.index.opensearch.compile import Clause, all_of, any_of
from indexer.index.opensearch.deep import walk
from indexer.index.opensearch.names import GenerationNames
from indexer.index.port import Follows
from indexer.index.schema import FACETS, circle

AT_ONCE = 5000
"""Terms of a dictionary or ids fetched together."""

_CIRCLES: dict[str, Circle] = {circle(*each): each for each in product(Audience, Known)}
_OWNERS = {Part.RECORDS: "id", Part.PAGES: "record_id"}
_ORDERS: dict[Part, list[Clause]] = {
    Part.RECORDS: [{"id": "asc"}],
    Part.PAGES: [{"record_id": "asc"}, {"number": "asc"}],
}
_COLUMNS = {**{f"facet_{name}": name for name in FACETS}, "years": "years"}
_SHOWN = ["audience", "lineage", "shown_from", "shown_until"]


class OpenSearchInventory:
    """One generation. See `indexer.index.inventory.Inventory`. Everything raises IndexUnavailable.

    Listing the words of a field loads them into the memory of the nodes; what was deleted in place cannot be listed.
    """

    def __init__(
        self, client: Client, names: GenerationNames, follows: Follows, today: date, withheld: frozenset[str]
    ) -> None:
        self._client, self._follows, self._today, self._withheld = client, follows, today.toordinal(), withheld
        self._name = names.name
        self._indexes = {Part.RECORDS: names.records, Part.PAGES: names.pages}

    def generation(self) -> str:
        """See the protocol."""
        return self._name

    def revision(self) -> int:
        """See the protocol."""
        return self._follows.revision

    def size(self, part: Part) -> Size:
        """See the protocol."""
        gone = self._count(part, [], must_not=[LIVING])
        return Size(self._count(part, [LIVING]), gone + self._client.deleted(self._indexes[part]))

    def records(self, ids: Sequence[str]) -> Mapping[str, Sequence[HeldRecord]]:
        """See the protocol."""
        found: dict[str, list[HeldRecord]] = defaultdict(list)
        for held in self._held(Part.RECORDS, ids, ["description", "date_order"]):
            record = HeldRecord(held["description"].encode(), self._shown(held), held.get("date_order"))
            found[held["id"]].append(record)
        return found

    def pages(self, ids: Sequence[str]) -> Mapping[str, Sequence[HeldPage]]:
        """See the protocol. A page has one name of its record, so it is always keyed."""
        found: dict[str, list[HeldPage]] = defaultdict(list)
        for held in self._held(Part.PAGES, ids, ["number", "text", "folded_text", "redactions"]):
            boxes = frozenset(tuple(box) for box in json.loads(held.get("redactions") or "[]"))
            text, folded = held["text"].encode(), held["folded_text"].encode()
            found[held["record_id"]].append(
                HeldPage(held["number"], text, folded, boxes, self._shown(held), keyed=True)
            )
        return found

    def ids(self, part: Part) -> Iterator[str]:
        """See the protocol."""
        return (term.word for term in self.terms(part, _OWNERS[part], ()))

    def values(self, ids: Sequence[str] | None = None) -> Mapping[str, Mapping[str, int]]:
        """See the protocol."""
        among = [LIVING] if ids is None else [LIVING, any_of("id", ids)]
        return {name: dict(self._terms(Part.RECORDS, column, among)) for column, name in _COLUMNS.items()}

    def lacking(self, part: Part, field: str, words: Sequence[str], ids: Sequence[str]) -> frozenset[str]:
        """See the protocol."""
        return self._owners(part, [LIVING, any_of(_OWNERS[part], ids)], must_not=[any_of(_field(field), words)])

    def terms(self, part: Part, field: str, beginnings: Collection[str]) -> Iterator[Term]:  # noqa: ARG002 - paged
        """See the protocol."""
        return (Term(word, count, count) for word, count in self._terms(part, _field(field), [LIVING]))

    def count(self, part: Part, field: str, word: str, *, but: Sequence[str] = ()) -> int:
        """See the protocol."""
        return self._count(part, [LIVING, any_of(_field(field), [word])], must_not=[any_of(_OWNERS[part], but)])

    def having(self, part: Part, field: str, word: str, ids: Sequence[str]) -> frozenset[str]:
        """See the protocol."""
        return self._owners(part, [LIVING, any_of(_OWNERS[part], ids), any_of(_field(field), [word])])

    def _held(self, part: Part, ids: Sequence[str], fields: list[str]) -> Iterator[Body]:
        own = all_of([LIVING, any_of(_OWNERS[part], ids)])
        body = {"query": own, "sort": _ORDERS[part], "_source": [_OWNERS[part], *_SHOWN, *fields]}
        for hits in walk(self._client, self._indexes[part], body):
            yield from (hit["_source"] for hit in hits)

    def _owners(self, part: Part, among: Sequence[Clause], must_not: Sequence[Clause] = ()) -> frozenset[str]:
        body = {
            "query": all_of(among, must_not=must_not),
            "sort": _ORDERS[part],
            "_source": [_OWNERS[part]],
        }
        found = walk(self._client, self._indexes[part], body)
        return frozenset(hit["_source"][_OWNERS[part]] for hits in found for hit in hits)

    def _count(self, part: Part, among: Sequence[Clause], must_not: Sequence[Clause] = ()) -> int:
        body = {"query": all_of(among, must_not=must_not), "size": 0, "track_total_hits": True}
        return int(self._client.search(self._indexes[part], body)["hits"]["total"]["value"])

    def _terms(self, part: Part, field: str, among: Sequence[Clause]) -> Iterator[tuple[str, int]]:
        """Every value of a field, and how many documents have it, page by page."""
        after: Body = {}
        while True:
            pages: Body = {"size": AT_ONCE, "sources": [{"word": {"terms": {"field": field}}}], **after}
            body = {"query": all_of(among), "size": 0, "aggs": {"words": {"composite": pages}}}
            found = self._client.search(self._indexes[part], body)["aggregations"]["words"]
            yield from ((str(bucket["key"]["word"]), bucket["doc_count"]) for bucket in found["buckets"])
            if "after_key" not in found:
                return
            after = {"after": found["after_key"]}

    def _shown(self, held: Mapping[str, Any]) -> Shown:
        first, end = held["shown_from"], held["shown_until"]
        circles = frozenset({_CIRCLES[held["audience"]]} if held["audience"] in _CIRCLES else ())
        known = circles and next(iter(circles))[1] in (Known.DESCRIPTION, Known.EXISTENCE)
        reachable = bool(known) and first <= self._today < end and self._withheld.isdisjoint(held["lineage"])
        return Shown(circles, first, end, reachable)


def _field(name: str) -> str:
    return "folded.pairs" if name == "pairs" else name
