"""Generations on a Meilisearch server: begun, sealed, switched by one document, kept for a while, and removed."""

from collections.abc import Collection, Iterable, Iterator, Mapping, Sequence
from contextlib import contextmanager, suppress
from datetime import date

from indexer.index.document import Documents
from indexer.index.meilisearch.current import CurrentGeneration
from indexer.index.meilisearch.generation import MeiliGeneration, note
from indexer.index.meilisearch.inventory import MeiliInventory
from indexer.index.meilisearch.names import Names
from indexer.index.meilisearch.reader import MeiliReader
from indexer.index.meilisearch.server import WRITING_SECONDS, Server
from indexer.index.meilisearch.state import Noted, State, pointer_to, read_state
from indexer.index.meilisearch.writer import MeiliWriter, remove
from indexer.index.port import Follows, Generation, IndexUnavailable, Unwritten


class MeiliGenerations:
    """The generations of one site. See `indexer.index.port.Generations`.

    Meilisearch keeps no version with a document, so that nothing stops an older one from overwriting a newer: only one
    process at a time may write.
    """

    def __init__(self, url: str, key: str, prefix: str) -> None:
        """`url` of the server, `key` with all rights on the indexes that begin with `prefix`."""
        self._server, self._names = Server(url, key, seconds=WRITING_SECONDS), Names(prefix)
        self._current = CurrentGeneration(self._server, self._names)

    @contextmanager
    def begin(self, follows: Follows, *, resume: bool = False) -> Iterator[MeiliWriter]:
        """See the port."""
        kept = self._state().generations
        unfinished = [noted for noted in kept.values() if noted.unfinished] if resume else []
        noted = unfinished[-1] if unfinished else Noted(_next_name(kept), follows, unfinished=True)
        writer = MeiliWriter(self._server, self._names, noted, resumed=bool(unfinished))
        try:
            yield writer
        except BaseException:
            with suppress(IndexUnavailable):
                if self._state().current != writer.name:
                    writer.discard()
            raise

    def switch(self, generation: Generation) -> None:
        """See the port."""
        state = self._state()
        before = state.before
        if state.current != generation.name:
            before = state.current
            note(self._server, self._names, pointer_to(generation.name, before))
        self._current.forget()
        for name in state.generations:
            if name not in (generation.name, before):
                remove(self._server, self._names, name)

    def previous(self) -> MeiliGeneration:
        """See the port."""
        state = self._state()
        if state.before not in state.generations:
            raise IndexUnavailable("no generation before the current one is kept")
        return MeiliGeneration(self._server, self._names, state.before)

    def ids_of(self, row_keys: Collection[str]) -> Mapping[str, str]:
        """See the port."""
        return self._named().ids_of(row_keys)

    def amend(
        self, targets: Mapping[str, int], documents: Iterable[Documents], follows: Follows
    ) -> Sequence[Unwritten]:
        """See the port, and what `MeiliGeneration.amend` says of the steps between."""
        try:
            return self._named().amend(targets, documents, follows)
        finally:
            self._current.forget()

    def reader(self) -> MeiliReader:
        """See the port."""
        return self._current.reader()

    def inventory(self, *, today: date, withheld: frozenset[str]) -> MeiliInventory:
        """See the port."""
        state = self._state()
        noted = state.noted(state.current)
        return MeiliInventory(self._server, self._names, noted, today=today, withheld=withheld)

    def _named(self) -> MeiliGeneration:
        state = self._state()
        return MeiliGeneration(self._server, self._names, state.noted(state.current).name)

    def _state(self) -> State:
        return read_state(self._server, self._names.state)


def _next_name(kept: Mapping[str, Noted]) -> str:
    numbers = [int(name) for name in kept if name.isdigit()]
    return f"{max(numbers, default=0) + 1:06d}"
