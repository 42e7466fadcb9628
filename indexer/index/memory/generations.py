"""Generations in memory: the newest sealed one answers."""

from collections.abc import Collection, Iterable, Iterator, Sequence
from contextlib import contextmanager
from datetime import date

from indexer.index.analysis import analyse
from indexer.index.document import Documents, PageDocument, RecordDocument
from indexer.index.memory.inventory import MemoryInventory
from indexer.index.memory.reader import Entry, MemoryReader
from indexer.index.port import Follows, GenerationWriter, IndexUnavailable


class MemoryWriter:
    """A generation being filled. See `indexer.index.port.GenerationWriter`."""

    def __init__(self, name: str, follows: Follows) -> None:
        self.name, self._follows = name, follows
        self._entries: list[Entry] = []

    def add(self, record: RecordDocument, pages: Sequence[PageDocument]) -> None:
        """See the port."""
        self._entries.append(_entry((record, tuple(pages))))

    def seal(self) -> MemoryReader:
        """See the port."""
        return MemoryReader(self.name, self._follows, tuple(self._entries))


class MemoryGenerations:
    """Keeps the current generation. See `indexer.index.port.Generations`."""

    def __init__(self) -> None:
        self._current: MemoryReader | None = None
        self._begun = 0

    @contextmanager
    def begin(self, follows: Follows) -> Iterator[MemoryWriter]:
        """See the port."""
        self._begun += 1
        yield MemoryWriter(f"{self._begun:06d}", follows)

    def switch(self, writer: GenerationWriter) -> None:
        """See the port."""
        if not isinstance(writer, MemoryWriter):
            raise TypeError("a generation of another engine")
        self._current = writer.seal()

    def amend(self, ids: Collection[str], documents: Iterable[Documents], follows: Follows) -> None:
        """See the port."""
        self._current = self.reader().amended(ids, map(_entry, documents), follows)

    def reader(self) -> MemoryReader:
        """See the port."""
        if self._current is None:
            raise IndexUnavailable("no generation has been built yet")
        return self._current

    def inventory(self, *, today: date, withheld: frozenset[str]) -> MemoryInventory:
        """See the port."""
        reader = self.reader()
        return MemoryInventory(reader, reader._entries, today=today, withheld=withheld)


def _entry(documents: Documents) -> Entry:
    record, pages = documents
    return Entry(record, pages, analyse(record, pages))
