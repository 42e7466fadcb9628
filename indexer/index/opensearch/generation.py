"""One generation on a cluster: read, and brought up to date in place."""

from collections.abc import Collection, Iterable, Mapping, Sequence

from indexer.index.document import Documents
from indexer.index.opensearch.amending import LIVING, Amendment, unwritten_once
from indexer.index.opensearch.bulk import Bulk
from indexer.index.opensearch.client import Client
from indexer.index.opensearch.compile import all_of, any_of
from indexer.index.opensearch.deep import walk
from indexer.index.opensearch.names import GenerationNames, Noted, read_note
from indexer.index.opensearch.reader import OpenSearchReader
from indexer.index.port import Follows, IndexUnavailable, Unwritten


class OpenSearchGeneration:
    """A full generation, whichever is current. See `indexer.index.port.Generation`."""

    def __init__(self, client: Client, names: GenerationNames) -> None:
        self.name = names.name
        self.names = names
        self._client = client

    def reader(self) -> OpenSearchReader:
        """See the port."""
        return OpenSearchReader(self._client, self.names, self.noted().follows)

    def noted(self) -> Noted:
        """What is noted about the generation. Raises IndexUnavailable."""
        described = self._client.described(self.names.records)
        if self.names.records not in described:
            raise IndexUnavailable(f"generation {self.name} is gone")
        return read_note(described[self.names.records]["mappings"], self.name)

    def ids_of(self, row_keys: Collection[str]) -> Mapping[str, str]:
        """See the port."""
        body = {
            "query": all_of([LIVING, any_of("row_key", sorted(row_keys))]),
            "sort": [{"id": "asc"}],
            "_source": ["id", "row_key"],
        }
        found = walk(self._client, self.names.records, body) if row_keys else iter(())
        return {hit["_source"]["id"]: hit["_source"]["row_key"] for hits in found for hit in hits}

    def amend(
        self, targets: Mapping[str, int], documents: Iterable[Documents], follows: Follows
    ) -> Sequence[Unwritten]:
        """See the port. What an amendment that broke off had written is seen from the next one on; each document of it
        says nothing that its own record did not allow then.
        """
        records, pages = self.names.records, self.names.pages
        if follows.revision < self.noted().follows.revision:
            raise IndexUnavailable("the register is older than the index, as after a restore: rebuild the index")
        self._client.refresh(records, pages)
        bulk = Bulk(self._client)
        try:
            amendment = Amendment(self._client, self.names, follows, bulk)
            amendment.replace(documents)
            amendment.remove_below(targets)
            bulk.finish()
            unwritten = unwritten_once(bulk.unwritten)
            self._client.refresh(records, pages)
            if unwritten:
                amendment.remove([each.record_id for each in unwritten])
                bulk.finish()
                self._client.refresh(records, pages)
        finally:
            bulk.close()
        self._client.put_meta(records, Noted(follows, full=True).written())
        return unwritten
