"""Generations in memory: the newest sealed one answers."""

from collections.abc import Collection, Iterable, Iterator, Mapping, Sequence
from contextlib import contextmanager
from datetime import date

from indexer.index.analysis import analyse
from indexer.index.document import Documents, PageDocument, RecordDocument
from indexer.index.memory.inventory import MemoryInventory
from indexer.index.memory.reader import Entry, MemoryReader
from indexer.index.port import Follows, Generation, IndexUnavailable, Unwritten


class MemoryGeneration:
    """A full generation. See `indexer.index.port.Generation`."""

    def __init__(self, reader: MemoryReader) -> None:
        self.name = reader.generation()
        self._reader = reader

    def reader(self) -> MemoryReader:
        """See the port."""
        return self._reader

    def ids_of(self, row_keys: Collection[str]) -> Mapping[str, str]:
        """See the port."""
        records = (entry.record for entry in self._reader.entries)
        return {record.description.id: record.row_key for record in records if record.row_key in row_keys}

    def amend(
        self, targets: Mapping[str, int], documents: Iterable[Documents], follows: Follows
    ) -> Sequence[Unwritten]:
        """See the port."""
        fresh = [_entry(*made) for made in documents]
        renewed = frozenset(entry.record.description.id for entry in fresh)
        self._reader = self._reader.amended(frozenset(targets), renewed, fresh, follows)
        return ()


class MemoryWriter(MemoryGeneration):
    """A generation being filled. See `indexer.index.port.GenerationWriter`. Nothing of it outlives the process."""

    def __init__(self, name: str, follows: Follows) -> None:
        super().__init__(MemoryReader(name, follows, ()))
        self.follows, self.done = follows, ""
        self._entries: list[Entry] = []

    def add(self, record: RecordDocument, pages: Sequence[PageDocument]) -> None:
        """See the port."""
        self._entries.append(_entry(record, tuple(pages)))

    def mark(self, place: str) -> None:
        """See the port."""
        self.done = place

    def seal(self) -> Sequence[Unwritten]:
        """See the port."""
        self._reader = MemoryReader(self.name, self.follows, tuple(self._entries))
        return ()


class MemoryGenerations:
    """Keeps the current generation and the one before. See `indexer.index.port.Generations`."""

    def __init__(self) -> None:
        self._kept: list[MemoryGeneration] = []
        self._begun = 0

    @contextmanager
    def begin(self, follows: Follows, *, resume: bool = False) -> Iterator[MemoryWriter]:  # noqa: ARG002 - none is left
        """See the port."""
        self._begun += 1
        yield MemoryWriter(f"{self._begun:06d}", follows)

    def switch(self, generation: Generation) -> None:
        """See the port."""
        if not isinstance(generation, MemoryGeneration):
            raise TypeError("a generation of another engine")
        others = [kept for kept in self._kept if kept is not generation]
        self._kept = [*others[-1:], generation]

    def previous(self) -> MemoryGeneration:
        """See the port."""
        if len(self._kept) < 2:
            raise IndexUnavailable("no generation before the current one is kept")
        return self._kept[0]

    def ids_of(self, row_keys: Collection[str]) -> Mapping[str, str]:
        """See the port."""
        return self._current().ids_of(row_keys)

    def amend(
        self, targets: Mapping[str, int], documents: Iterable[Documents], follows: Follows
    ) -> Sequence[Unwritten]:
        """See the port."""
        return self._current().amend(targets, documents, follows)

    def reader(self) -> MemoryReader:
        """See the port."""
        return self._current().reader()

    def inventory(self, *, today: date, withheld: frozenset[str]) -> MemoryInventory:
        """See the port."""
        reader = self.reader()
        return MemoryInventory(reader, reader.entries, today=today, withheld=withheld)

    def _current(self) -> MemoryGeneration:
        if not self._kept:
            raise IndexUnavailable("no generation has been built yet")
        return self._kept[-1]


def _entry(record: RecordDocument, pages: tuple[PageDocument, ...]) -> Entry:
    return Entry(record, pages, analyse(record, pages))
