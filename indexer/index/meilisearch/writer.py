"""Filling one generation."""

from collections.abc import Sequence
from contextlib import suppress

from indexer.index.document import PageDocument, RecordDocument
from indexer.index.inventory import Part
from indexer.index.meilisearch.fields import pages_settings, records_settings
from indexer.index.meilisearch.generation import MeiliGeneration
from indexer.index.meilisearch.names import Names
from indexer.index.meilisearch.sending import Sending
from indexer.index.meilisearch.server import Server
from indexer.index.meilisearch.state import Noted
from indexer.index.port import IndexUnavailable, Unwritten


class MeiliWriter(MeiliGeneration):
    """A generation that is being filled. See `indexer.index.port.GenerationWriter`."""

    def __init__(self, server: Server, names: Names, noted: Noted, *, resumed: bool) -> None:
        """Goes on with an unfinished generation, or begins one."""
        super().__init__(server, names, noted.name)
        self.follows, self.done = noted.follows, noted.done
        self._redoing, self._sealed = resumed, False
        self._sending = Sending(server, names, noted.name)
        if not resumed:
            server.start(names.index(noted.name, Part.RECORDS), records_settings())
            server.start(names.index(noted.name, Part.PAGES), pages_settings())
            self._note(noted)

    def add(self, record: RecordDocument, pages: Sequence[PageDocument]) -> None:
        """See the port. What an earlier run wrote after its last mark is written over."""
        self._refuse_when_sealed()
        self._sending.take((record, tuple(pages)))
        if self._sending.full:
            self._send()

    def mark(self, place: str) -> None:
        """See the port."""
        self._refuse_when_sealed()
        self._send()
        self._sending.settle()
        self._note(Noted(self.name, self.follows, unfinished=True, done=place))
        self.done, self._redoing = place, False

    def seal(self) -> Sequence[Unwritten]:
        """See the port."""
        if not self._sealed:
            self._send()
            self._sending.settle()
            self._note(Noted(self.name, self.follows, done=self.done))
            self._sealed = True
        return self._sending.unwritten

    def discard(self) -> None:
        """Remove the generation, sealed or not, unless it can be gone on with; the server may be out of reach."""
        if self.done and not self._sealed:
            return
        with suppress(IndexUnavailable):
            remove(self._server, self._names, self.name)

    def _send(self) -> None:
        if self._redoing:
            self._sending.remove_rest(())
        self._sending.send()

    def _refuse_when_sealed(self) -> None:
        if self._sealed:
            raise IndexUnavailable(f"generation {self.name} is sealed")


def remove(server: Server, names: Names, generation: str) -> None:
    """Remove the indexes of a generation and forget it. Raises IndexUnavailable."""
    for part in Part:
        server.drop(names.index(generation, part))
    server.settle(server.delete_key(names.state, generation))
