"""Putting documents in the place of others, in a generation that may be answering meanwhile."""

from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from typing import Any

from access_policy.terms import Audience, Known
from indexer.index.analysis import analyse
from indexer.index.document import Documents, RecordDocument
from indexer.index.opensearch.bulk import Bulk, Document
from indexer.index.opensearch.client import Client
from indexer.index.opensearch.compile import MOST_TERMS, all_of, any_of
from indexer.index.opensearch.deep import walk
from indexer.index.opensearch.documents import page_fields, page_name, record_fields
from indexer.index.opensearch.names import GenerationNames
from indexer.index.port import Follows, Unwritten
from indexer.index.schema import circle

AT_ONCE = 100
"""Records whose old pages are looked for together."""

_PAGE_AS_KEPT = (
    *("number", "text", "folded_text", "redactions"),
    *("audience", "shown_from", "shown_until"),
)
"""What the engine keeps of a page as it was written; its words are not kept, and follow from its text."""

_OPEN = circle(Audience.EVERYONE, Known.DESCRIPTION)

LIVING = {"exists": {"field": "audience"}}
"""What is not gone: a document that is gone is kept, with nothing but its version."""


def version(row_version: int, follows: Follows) -> int:
    """The version of a document: the sum of two numbers that only ever grow, so that what was derived from an older row
    or an older register never overwrites what was derived from newer ones.
    """
    return row_version + follows.revision


def documents_of(names: GenerationNames, made: Documents, newness: int) -> Iterator[Document]:
    """One record and its pages, ready to be written."""
    record, pages = made
    analysed, record_id = analyse(record, pages), record.description.id
    yield Document(names.records, record_id, record_id, newness, record_fields(record, analysed))
    for page, text in zip(pages, analysed.pages, strict=True):
        fields = page_fields(page, text, record.row_version)
        yield Document(names.pages, page_name(record_id, page.number), record_id, newness, fields, routing=record_id)


@dataclass(frozen=True)
class _Held:
    """What is there under the name of a record: made of which row, how new that was, and the document's version."""

    row_key: str
    row_version: int
    version: int

    def is_newer_than(self, record: RecordDocument) -> bool:
        """Whether the same row has been seen in a newer state; another row may take over a name at any version."""
        return self.row_key == record.row_key and self.row_version > record.row_version


class Amendment:
    """One amendment of one generation. Readers see nothing of it before the caller refreshes."""

    def __init__(self, client: Client, names: GenerationNames, follows: Follows, bulk: Bulk) -> None:
        self._client, self._names, self._follows, self._bulk = client, names, follows, bulk
        self._kept: set[str] = set()

    def replace(self, documents: Iterable[Documents]) -> None:
        """Write documents, and take out the pages that their records no longer have. An open page that already stands
        as it would be written is left alone: most changes are of descriptions, and most of an archive is open pages.
        """
        for batch in _batches(documents):
            fresh, again = self._fresh(batch), frozenset(self._kept)
            self._kept.update(record.description.id for record, _ in batch)
            row_versions = {record.description.id: record.row_version for (record, _), _ in fresh}
            of_these = any_of("record_id", list(row_versions))
            there = {hit["_id"]: hit for hit in self._living(self._names.pages, of_these, "lineage", *_PAGE_AS_KEPT)}
            for made, newness in fresh:
                for document in documents_of(self._names, made, newness):
                    standing = there.pop(document.name, None) if document.index == self._names.pages else None
                    if standing is None or document.record_id in again or not _stands(document, standing["_source"]):
                        self._bulk.put([document])
            for hit in there.values():
                self._bulk.put([self._gone(self._names.pages, hit, row_versions[hit["_source"]["record_id"]])])

    def _fresh(self, batch: Sequence[Documents]) -> list[tuple[Documents, int]]:
        """What is not older than what is there, and the version to write it with."""
        held = self._held([record.description.id for record, _ in batch])
        fresh = []
        for made in batch:
            there = held.get(made[0].description.id)
            if there is None or not there.is_newer_than(made[0]):
                newness = max(version(made[0].row_version, self._follows), there.version if there else 0)
                fresh.append((made, newness))
        return fresh

    def remove_below(self, targets: Mapping[str, int]) -> None:
        """Take out everything at or below the targets that is not kept by a document of this amendment."""
        kept, ids = sorted(self._kept)[:MOST_TERMS], list(targets)
        for at in range(0, len(ids), AT_ONCE):
            below = any_of("lineage", ids[at : at + AT_ONCE])
            for index, owner in self._owners():
                for hit in self._living(index, all_of([below], must_not=[any_of(owner, kept)]), "lineage"):
                    if hit["_source"][owner] not in self._kept:
                        newest = max(targets.get(above, 0) for above in hit["_source"]["lineage"])
                        self._bulk.put([self._gone(index, hit, newest)])

    def remove(self, record_ids: Sequence[str]) -> None:
        """Take out records of which the engine refused a part: what is half there is not there."""
        for at in range(0, len(record_ids), AT_ONCE):
            for index, owner in self._owners():
                for hit in self._living(index, any_of(owner, record_ids[at : at + AT_ONCE])):
                    self._bulk.put([self._gone(index, hit, 0)])

    def blank(self, which: dict[str, Any]) -> None:
        """Leave of some documents the names only, so that the same rows can be written again."""
        for index, owner in self._owners():
            for hit in self._living(index, which):
                held, record = hit["_source"], index == self._names.records
                place = {"index": index, "name": hit["_id"], "record_id": held[owner], "version": int(hit["_version"])}
                fields = {"row_key": "", "row_version": 0} if record else {}
                self._bulk.put([Document(**place, fields=fields, routing="" if record else held[owner])])

    def _owners(self) -> tuple[tuple[str, str], ...]:
        return (self._names.records, "id"), (self._names.pages, "record_id")

    def _held(self, record_ids: Sequence[str]) -> dict[str, _Held]:
        """What is there of some records, or was."""
        named = {"query": {"ids": {"values": list(record_ids)}}, "size": len(record_ids)}
        body = {**named, "version": True, "_source": ["row_key", "row_version"]}
        hits = self._client.search(self._names.records, body)["hits"]["hits"]
        return {
            hit["_id"]: _Held(hit["_source"].get("row_key", ""), hit["_source"]["row_version"], hit["_version"])
            for hit in hits
        }

    def _living(self, index: str, which: dict[str, Any], *also: str) -> Iterator[dict[str, Any]]:
        records = index == self._names.records
        sort = [{"id": "asc"}] if records else [{"record_id": "asc"}, {"number": "asc"}]
        fields = [*also, *(("id", "row_key", "row_version") if records else ("record_id", "row_version"))]
        body = {"query": all_of([LIVING, which]), "sort": sort, "version": True, "_source": fields}
        for hits in walk(self._client, index, body):
            yield from hits

    def _gone(self, index: str, hit: Mapping[str, Any], row_version: int) -> Document:
        """Of a record that is gone its row stays, and how new that was: an older state of it never comes back."""
        held = hit["_source"]
        newest = max(row_version, int(held["row_version"]))
        newness = max(version(newest, self._follows), int(hit["_version"]))
        if index == self._names.pages:
            return Document(index, hit["_id"], held["record_id"], newness, {}, routing=held["record_id"])
        row = {"row_key": held.get("row_key", ""), "row_version": newest}
        return Document(index, hit["_id"], held["id"], newness, row)


def _stands(document: Document, kept: Mapping[str, Any]) -> bool:
    """Whether a page that is kept would be written again as it is, and everybody may read all of it.

    What is left alone keeps its old version, so a writer that was overtaken may still write over it what it knows. Of
    a page that is open to all that is nothing worse than what stood there; any other is written with its new version.
    """
    made = document.fields
    if made["audience"] != _OPEN or made["redactions"] is not None:
        return False
    return all(kept.get(name) == made[name] for name in _PAGE_AS_KEPT) and kept.get("lineage") == list(made["lineage"])


def unwritten_once(unwritten: Iterable[Unwritten]) -> list[Unwritten]:
    """Each record once, with the first reason."""
    first: dict[str, Unwritten] = {}
    for each in unwritten:
        first.setdefault(each.record_id, each)
    return list(first.values())


def _batches(documents: Iterable[Documents]) -> Iterator[list[Documents]]:
    batch: list[Documents] = []
    for made in documents:
        batch.append(made)
        if len(batch) == AT_ONCE:
            yield batch
            batch = []
    if batch:
        yield batch
