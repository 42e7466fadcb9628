"""Generations on a cluster: begun, sealed, switched by moving two aliases in one step, kept a while, removed."""

from collections.abc import Collection, Iterable, Iterator, Mapping, Sequence
from contextlib import contextmanager
from datetime import date

from indexer.index.document import Documents
from indexer.index.opensearch.client import Body, Client
from indexer.index.opensearch.current import current_names, current_reader
from indexer.index.opensearch.generation import OpenSearchGeneration
from indexer.index.opensearch.inventory import OpenSearchInventory
from indexer.index.opensearch.names import (
    DIGITS,
    GenerationNames,
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
            if not writer.done or writer.noted().full:
                self._remove([writer.names])
            raise
        finally:
            writer.close()

    def switch(self, generation: Generation) -> None:
        """See the port. Questions under way in a generation that is removed are answered anew by the next."""
        described = self._described()
        before, after = current_names(described, self._prefix), GenerationNames(self._prefix, generation.name)
        self._client.alias([*_moves(before, after)])
        kept = {after, before}
        self._remove([names for names in self._known(described) if names not in kept])

    def previous(self) -> OpenSearchGeneration:
        """See the port."""
        described = self._described()
        current = current_names(described, self._prefix)
        full = [names for names in self._known(described) if names != current and self._noted_full(described, names)]
        if not full:
            raise IndexUnavailable("no generation before the current one is kept")
        return OpenSearchGeneration(self._client, full[-1])

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

    def _noted_full(self, described: Mapping[str, Body], names: GenerationNames) -> bool:
        return read_note(described[names.records]["mappings"], names.name).full

    def _unfinished(self, described: Mapping[str, Body]) -> OpenSearchWriter | None:
        for names in reversed(self._known(described)):
            noted = read_note(described[names.records]["mappings"], names.name)
            if not noted.full:
                writer = OpenSearchWriter(self._client, names, noted)
                writer.take_back()
                return writer
        return None

    def _remove(self, generations: Iterable[GenerationNames]) -> None:
        for names in generations:
            self._client.remove([names.records, names.pages])


def _moves(before: GenerationNames | None, after: GenerationNames) -> Iterator[Body]:
    for alias, index in ((records_alias(after.prefix), after.records), (pages_alias(after.prefix), after.pages)):
        yield {"add": {"index": index, "alias": alias}}
    if before is not None and before != after:
        yield {"remove": {"index": before.records, "alias": records_alias(before.prefix)}}
        yield {"remove": {"index": before.pages, "alias": pages_alias(before.prefix)}}


def _next_name(known: Sequence[GenerationNames]) -> str:
    return f"{max((int(names.name) for names in known), default=0) + 1:0{DIGITS}d}"
