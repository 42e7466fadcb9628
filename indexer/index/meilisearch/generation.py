"""One generation on the server: read, and brought up to date in place."""

import json
from collections.abc import Collection, Iterable, Mapping, Sequence
from dataclasses import replace

from indexer.index.document import Documents
from indexer.index.inventory import Part
from indexer.index.meilisearch.filters import any_of
from indexer.index.meilisearch.names import Names
from indexer.index.meilisearch.reader import MeiliReader
from indexer.index.meilisearch.sending import Sending
from indexer.index.meilisearch.server import Server
from indexer.index.meilisearch.state import Noted, document_of, read_state
from indexer.index.meilisearch.terms import value_of
from indexer.index.port import Follows, Unwritten


class MeiliGeneration:
    """A full generation, whichever is current. See `indexer.index.port.Generation`."""

    def __init__(self, server: Server, names: Names, name: str) -> None:
        self.name = name
        self._server, self._names = server, names

    def reader(self) -> MeiliReader:
        """See the port."""
        return MeiliReader(self._server, self._names, self._noted())

    def ids_of(self, row_keys: Collection[str]) -> Mapping[str, str]:
        """See the port."""
        if not row_keys:
            return {}
        index = self._names.index(self.name, Part.RECORDS)
        condition = any_of("row_key", sorted(row_keys))
        found = self._server.documents(index, fields=["id", "row_key"], condition=condition)
        return {value_of(document["id"]): value_of(document["row_key"]) for document in found}

    def amend(
        self, targets: Mapping[str, int], documents: Iterable[Documents], follows: Follows
    ) -> Sequence[Unwritten]:
        """See the port, but for this: the indexes change one after the other, and readers may see a step between.

        Nothing is sent before all documents have been made. What is to go goes first; what is renewed is never absent.
        """
        sending = Sending(self._server, self._names, self.name)
        for made in documents:
            sending.take(made)
        sending.remove_rest(targets)
        sending.send()
        sending.settle()
        self._note(replace(self._noted(), follows=follows))
        return sending.unwritten

    def _noted(self) -> Noted:
        return read_state(self._server, self._names.state).noted(self.name)

    def _note(self, noted: Noted) -> None:
        note(self._server, self._names, document_of(noted))


def note(server: Server, names: Names, document: Mapping[str, object]) -> None:
    """Put one document into the index of generations, in one step. Raises IndexUnavailable."""
    server.settle(server.add(names.state, json.dumps(document).encode()))
