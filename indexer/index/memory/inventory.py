"""Everything that lies in a generation in memory, counted from its entries one by one."""

from collections import Counter
from collections.abc import Collection, Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from datetime import date
from itertools import pairwise

from access_policy.disclosure import Disclosure
from access_policy.terms import Audience, Known
from access_policy.visibility import Visibility
from indexer.index.analysis import Tokenized
from indexer.index.description import to_json
from indexer.index.inventory import HeldPage, HeldRecord, Part, Shown, Size, Term
from indexer.index.memory.reader import Entry, MemoryReader
from indexer.index.schema import FACETS
from indexer.text.tokens import fold_prose

Words = Mapping[str, Iterable[str]]
"""The terms of one document by field, each once."""


@dataclass(frozen=True)
class _Document:
    """One document of one part: whose it is, and its terms."""

    record_id: str
    words: Words


class MemoryInventory:
    """The entries behind a reader. See `indexer.index.inventory.Inventory`."""

    def __init__(
        self, reader: MemoryReader, entries: Sequence[Entry], *, today: date, withheld: frozenset[str]
    ) -> None:
        self._reader, self._entries = reader, entries
        self._anybody = Visibility(frozenset(Audience), today, withheld)
        self._documents = {
            Part.RECORDS: [_Document(_id(entry), _record_words(entry)) for entry in self._entries],
            Part.PAGES: [_Document(_id(entry), words) for entry in self._entries for words in _page_words(entry)],
        }

    def generation(self) -> str:
        """See the protocol."""
        return self._reader.generation()

    def revision(self) -> int:
        """See the protocol."""
        return self._reader.revision()

    def size(self, part: Part) -> Size:
        """See the protocol. Nothing is deleted in place here."""
        return Size(len(self._documents[part]), 0)

    def records(self, ids: Sequence[str]) -> Mapping[str, Sequence[HeldRecord]]:
        """See the protocol."""
        found: dict[str, list[HeldRecord]] = {}
        for record in (entry.record for entry in self._among(ids)):
            shown = self._shown(record.disclosure, record.lineage)
            held = HeldRecord(to_json(record.description), shown, record.date_order)
            found.setdefault(record.description.id, []).append(held)
        return found

    def pages(self, ids: Sequence[str]) -> Mapping[str, Sequence[HeldPage]]:
        """See the protocol."""
        found: dict[str, list[HeldPage]] = {}
        for page in (page for entry in self._among(ids) for page in entry.pages):
            shown = self._shown(page.disclosure, page.lineage)
            text, folded = page.text.encode(), fold_prose(page.text).encode()
            held = HeldPage(page.number, text, folded, frozenset(page.redactions), shown, keyed=True)
            found.setdefault(page.record_id, []).append(held)
        return found

    def ids(self, part: Part) -> Iterator[str]:
        """See the protocol."""
        return iter({document.record_id for document in self._documents[part]})

    def values(self, ids: Sequence[str] | None = None) -> Mapping[str, Mapping[str, int]]:
        """See the protocol."""
        records = [entry.record for entry in (self._entries if ids is None else self._among(ids))]
        facets = {name: Counter(v for record in records for v in record.facets.get(name, ())) for name in FACETS}
        return facets | {"years": Counter(str(year) for record in records for year in record.years)}

    def lacking(self, part: Part, field: str, words: Sequence[str], ids: Sequence[str]) -> frozenset[str]:
        """See the protocol."""
        documents = (document for document in self._documents[part] if document.record_id in set(ids))
        return frozenset(each.record_id for each in documents if set(words).isdisjoint(each.words.get(field, ())))

    def terms(self, part: Part, field: str, _beginnings: Collection[str]) -> Iterator[Term]:
        """See the protocol."""
        counted = Counter(word for document in self._documents[part] for word in document.words.get(field, ()))
        return (Term(word, count, count) for word, count in counted.items())

    def count(self, part: Part, field: str, word: str, *, but: Sequence[str] = ()) -> int:
        """See the protocol."""
        return sum(each.record_id not in set(but) for each in self._having(part, field, word))

    def having(self, part: Part, field: str, word: str, ids: Sequence[str]) -> frozenset[str]:
        """See the protocol."""
        return frozenset(each.record_id for each in self._having(part, field, word)).intersection(ids)

    def _having(self, part: Part, field: str, word: str) -> list[_Document]:
        return [document for document in self._documents[part] if word in document.words.get(field, ())]

    def _among(self, ids: Sequence[str]) -> list[Entry]:
        wanted = set(ids)
        return [entry for entry in self._entries if _id(entry) in wanted]

    def _shown(self, disclosure: Disclosure, lineage: Iterable[str]) -> Shown:
        known = (Known.DESCRIPTION, Known.EXISTENCE)
        return Shown(
            frozenset({(disclosure.audience, disclosure.known)}),
            disclosure.shown_from.toordinal(),
            disclosure.shown_until.toordinal(),
            reachable=any(self._anybody.admits(disclosure, lineage, each) for each in known),
        )


def _id(entry: Entry) -> str:
    return entry.record.description.id


def _record_words(entry: Entry) -> Words:
    record, analysed = entry.record, entry.analysed
    return {
        **_tokens(analysed.everything),
        **_tokens(analysed.title, "title_"),
        "pairs": {" ".join(pair) for run in analysed.everything.folded for pair in pairwise(run.split())},
        "codes": set(record.codes),
        "parent_id": {record.parent_id},
        "lineage": set(record.lineage),
        **{f"facet_{name}": set(values) for name, values in record.facets.items()},
    }


def _page_words(entry: Entry) -> Iterator[Words]:
    for page, text in zip(entry.pages, entry.analysed.pages, strict=True):
        yield {**_tokens(text), "lineage": set(page.lineage)}


def _tokens(text: Tokenized, prefix: str = "") -> dict[str, set[str]]:
    exact, folded = ({word for run in runs for word in run.split()} for runs in (text.exact, text.folded))
    return {f"{prefix}exact": exact, f"{prefix}folded": folded}
