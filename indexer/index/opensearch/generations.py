"""Generations on a cluster: begun, sealed, switched by moving two aliases in one step, kept a while, removed."""

from collections.abc import Collection, Iterable, Iterator, Mapping, Sequence
from contextlib import contextmanager, suppress
from datetime import date

from indexer.index.document import Documents
from indexer.index.opensearch.client import Body, Client
from indexer.index.opensearch.current import current_names, current_reader
from indexer.index.opensearch.generation import OpenSearchGeneration
from indexer.index.opensearch.inventory import OpenSearchInventory
from indexer.index.opensearch.names import (
    DIGITS,
    GenerationNames,
    before_alias,
    generation_of,
    pages_alias,
    read_note,
    records_alias,
)
from indexer.index.opensearch.reader import OpenSearchReader
from indexer.index.opensearch.writer import OpenSearchWriter
from indexer.index.port import Follows, Generation, IndexUnavailable, Unwritten


class OpenSearchGenerations:
    """The generations of one index on a cluster. See `indexer.index.port.Generations`."""

    def __init__(self, client: Client, prefix: str, *, page_shards: int = 1) -> None:
        self._client, self._prefix, self._page_shards = client, prefix, page_shards

    @contextmanager
    def begin(self, follows: Follows, *, resume: bool = False) -> Iterator[OpenSearchWriter]:
        """See the port."""
        described = self._described()
        writer = self._unfinished(described) if resume else None
        if writer is None:
            names = GenerationNames(self._prefix, _next_name(self._known(described)))
            writer = OpenSearchWriter.begun(self._client, names, follows, page_shards=self._page_shards)
        try:
            yield writer
        except BaseException:
            self._discard(writer)
            raise
        finally:
            writer.close()

    def switch(self, generation: Generation) -> None:
        """See the port. Questions under way in a generation that is removed are answered anew by the next."""
        described = self._described()
        current, after = current_names(described, self._prefix), GenerationNames(self._prefix, generation.name)
        before = self._before(described)
        if current != after:
            self._client.alias([*_moves(current, after), *_notes(before, current)])
            before = current
        self._remove([names for names in self._known(described) if names not in (after, before)])

    def previous(self) -> OpenSearchGeneration:
        """See the port."""
        before = self._before(self._described())
        if before is None:
            raise IndexUnavailable("no generation before the current one is kept")
        return OpenSearchGeneration(self._client, before)

    def ids_of(self, row_keys: Collection[str]) -> Mapping[str, str]:
        """See the port."""
        return self._current().ids_of(row_keys)

    def amend(
        self, targets: Mapping[str, int], documents: Iterable[Documents], follows: Follows
    ) -> Sequence[Unwritten]:
        """See the port."""
        return self._current().amend(targets, documents, follows)

    def reader(self) -> OpenSearchReader:
        """See the port."""
        return current_reader(self._client, self._prefix)

    def inventory(self, *, today: date, withheld: frozenset[str]) -> OpenSearchInventory:
        """See the port."""
        generation = self._current()
        return OpenSearchInventory(self._client, generation.names, generation.noted().follows, today, withheld)

    def _current(self) -> OpenSearchGeneration:
        names = current_names(self._described(), self._prefix)
        if names is None:
            raise IndexUnavailable("no generation has been built yet")
        return OpenSearchGeneration(self._client, names)

    def _described(self) -> Mapping[str, Body]:
        return self._client.described(f"{records_alias(self._prefix)}-*,{pages_alias(self._prefix)}-*")

    def _known(self, described: Mapping[str, Body]) -> list[GenerationNames]:
        found = (generation_of(index, self._prefix) for index in sorted(described))
        return [names for names in found if names is not None]

    def _before(self, described: Mapping[str, Body]) -> GenerationNames | None:
        alias = before_alias(self._prefix)
        return next((names for names in self._known(described) if alias in described[names.records]["aliases"]), None)

    def _unfinished(self, described: Mapping[str, Body]) -> OpenSearchWriter | None:
        for names in reversed(self._known(described)):
            noted = read_note(described[names.records]["mappings"], names.name)
            if not noted.full:
                writer = OpenSearchWriter(self._client, names, noted)
                writer.take_back()
                return writer
        return None

    def _discard(self, writer: OpenSearchWriter) -> None:
        """Remove what cannot be gone on with and is not in service; what is out of reach goes with the next switch."""
        with suppress(IndexUnavailable):
            resumable = writer.done and not writer.noted().full
            if not resumable and current_names(self._described(), self._prefix) != writer.names:
                self._remove([writer.names])

    def _remove(self, generations: Iterable[GenerationNames]) -> None:
        for names in generations:
            self._client.remove([names.records, names.pages])


def _moves(before: GenerationNames | None, after: GenerationNames) -> Iterator[Body]:
    """What makes one generation current in the place of another."""
    for alias, index in ((records_alias(after.prefix), after.records), (pages_alias(after.prefix), after.pages)):
        yield {"add": {"index": index, "alias": alias}}
    if before is not None:
        yield {"remove": {"index": before.records, "alias": records_alias(before.prefix)}}
        yield {"remove": {"index": before.pages, "alias": pages_alias(before.prefix)}}


def _notes(noted: GenerationNames | None, before: GenerationNames | None) -> Iterator[Body]:
    """What notes, instead of another one, the generation to be switched back to."""
    if noted is not None:
        yield {"remove": {"index": noted.records, "alias": before_alias(noted.prefix)}}
    if before is not None:
        yield {"add": {"index": before.records, "alias": before_alias(before.prefix)}}


def _next_name(known: Sequence[GenerationNames]) -> str:
    return f"{max((int(names.name) for names in known), default=0) + 1:0{DIGITS}d}"
