"""Putting documents in the place of others, in a generation that may be answering meanwhile."""

from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from typing import Any

from indexer.index.analysis import analyse
from indexer.index.document import Documents, RecordDocument
from indexer.index.opensearch.bulk import Bulk, Document
from indexer.index.opensearch.client import Client
from indexer.index.opensearch.compile import all_of, any_of
from indexer.index.opensearch.deep import walk
from indexer.index.opensearch.documents import page_fields, page_name, record_fields
from indexer.index.opensearch.names import GenerationNames
from indexer.index.port import Follows, Unwritten

AT_ONCE = 100
"""Records whose old pages are looked for together."""

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
        """Write documents, and take out the pages that their records no longer have."""
        for batch in _batches(documents):
            held = self._held([record.description.id for record, _ in batch])
            row_versions: dict[str, int] = {}
            for made in batch:
                record, record_id = made[0], made[0].description.id
                self._kept.add(record_id)
                there = held.get(record_id)
                if there is None or not there.is_newer_than(record):
                    row_versions[record_id] = record.row_version
                    newness = max(version(record.row_version, self._follows), there.version if there else 0)
                    self._bulk.put(documents_of(self._names, made, newness))
            numbers = {page_name(page.record_id, page.number) for _, pages in batch for page in pages}
            for hit in self._living(self._names.pages, any_of("record_id", list(row_versions))):
                if hit["_id"] not in numbers:
                    row_version = row_versions[hit["_source"]["record_id"]]
                    self._bulk.put([self._gone(self._names.pages, hit, row_version)])

    def remove_below(self, targets: Mapping[str, int]) -> None:
        """Take out everything at or below the targets that is not kept by a document of this amendment."""
        for target, row_version in targets.items():
            for index, owner in self._owners():
                for hit in self._living(index, any_of("lineage", [target])):
                    if hit["_source"][owner] not in self._kept:
                        self._bulk.put([self._gone(index, hit, row_version)])

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

    def _living(self, index: str, which: dict[str, Any]) -> Iterator[dict[str, Any]]:
        records = index == self._names.records
        sort = [{"id": "asc"}] if records else [{"record_id": "asc"}, {"number": "asc"}]
        fields = ["id", "row_key", "row_version"] if records else ["record_id", "row_version"]
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
