"""Generations in memory: the newest sealed one answers."""

from collections.abc import Iterator, Sequence
from contextlib import contextmanager

from indexer.index.analysis import analyse
from indexer.index.document import PageDocument, RecordDocument
from indexer.index.memory.reader import Entry, MemoryReader
from indexer.index.port import GenerationWriter, IndexUnavailable


class MemoryWriter:
    """A generation being filled. See `indexer.index.port.GenerationWriter`."""

    def __init__(self, name: str) -> None:
        self.name = name
        self._entries: list[Entry] = []

    def add(self, record: RecordDocument, pages: Sequence[PageDocument]) -> None:
        """See the port."""
        self._entries.append(Entry(record, tuple(pages), analyse(record, pages)))

    def seal(self) -> MemoryReader:
        """See the port."""
        return MemoryReader(self.name, tuple(self._entries))


class MemoryGenerations:
    """Keeps the current generation. See `indexer.index.port.Generations`."""

    def __init__(self) -> None:
        self._current: MemoryReader | None = None
        self._begun = 0

    @contextmanager
    def begin(self) -> Iterator[MemoryWriter]:
        """See the port."""
        self._begun += 1
        yield MemoryWriter(f"{self._begun:06d}")

    def switch(self, writer: GenerationWriter) -> None:
        """See the port."""
        if not isinstance(writer, MemoryWriter):
            raise TypeError("a generation of another engine")
        self._current = writer.seal()

    def reader(self) -> MemoryReader:
        """See the port."""
        if self._current is None:
            raise IndexUnavailable("no generation has been built yet")
        return self._current
