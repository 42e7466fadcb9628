"""Filling one generation on a cluster."""

from collections.abc import Sequence
from dataclasses import replace

from indexer.index.document import PageDocument, RecordDocument
from indexer.index.opensearch.amending import Amendment, documents_of, unwritten_once, version
from indexer.index.opensearch.bulk import Bulk
from indexer.index.opensearch.client import Client
from indexer.index.opensearch.fields import SERVING, pages_index, records_index
from indexer.index.opensearch.generation import OpenSearchGeneration
from indexer.index.opensearch.names import GenerationNames, Noted
from indexer.index.port import Follows, Unwritten


class OpenSearchWriter(OpenSearchGeneration):
    """A generation that is being filled. See `indexer.index.port.GenerationWriter`."""

    def __init__(self, client: Client, names: GenerationNames, noted: Noted) -> None:
        super().__init__(client, names)
        self.follows, self.done, self._marks = noted.follows, noted.done, noted.marks
        self._bulk = Bulk(client)

    @classmethod
    def begun(cls, client: Client, names: GenerationNames, follows: Follows, *, page_shards: int) -> "OpenSearchWriter":
        """A new one. Raises IndexUnavailable."""
        noted = Noted(follows, full=False)
        client.create(names.pages, pages_index(page_shards))
        client.create(names.records, records_index(noted.written()))
        return cls(client, names, noted)

    def take_back(self) -> None:
        """Take out what an earlier run wrote after its last mark: its rows may have gone or been closed since."""
        self._client.refresh(self.names.records, self.names.pages)
        written_since = {"range": {"stretch": {"gte": self._marks}}}
        Amendment(self._client, self.names, self.follows, self._bulk).blank(written_since)
        self._bulk.finish()

    def add(self, record: RecordDocument, pages: Sequence[PageDocument]) -> None:
        """See the port. What comes again is written over."""
        newness = version(record.row_version, self.follows)
        made = documents_of(self.names, (record, tuple(pages)), newness)
        self._bulk.put(replace(each, fields={**each.fields, "stretch": self._marks}) for each in made)

    def mark(self, place: str) -> None:
        """See the port."""
        self._bulk.finish()
        self._client.flush(self.names.records, self.names.pages)
        self._marks += 1
        noted = Noted(self.follows, full=False, done=place, marks=self._marks)
        self._client.put_meta(self.names.records, noted.written())
        self.done = place

    def seal(self) -> Sequence[Unwritten]:
        """See the port."""
        self._bulk.finish()
        unwritten = unwritten_once(self._bulk.unwritten)
        self._client.refresh(self.names.records, self.names.pages)
        if unwritten:
            Amendment(self._client, self.names, self.follows, self._bulk).remove([e.record_id for e in unwritten])
            self._bulk.finish()
            self._client.refresh(self.names.records, self.names.pages)
        self._client.flush(self.names.records, self.names.pages)
        for index in (self.names.records, self.names.pages):
            self._client.put_settings(index, SERVING)
        self._client.put_meta(self.names.records, Noted(self.follows, full=True).written())
        return unwritten

    def close(self) -> None:
        """Stop sending."""
        self._bulk.close()
