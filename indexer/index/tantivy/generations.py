"""Generations in a folder: begun, sealed, switched by replacing one small file, kept for a while, and removed."""

import fcntl
import os
import shutil
from collections.abc import Collection, Iterable, Iterator, Mapping, Sequence
from contextlib import contextmanager
from datetime import date
from pathlib import Path

from indexer.index.document import Documents
from indexer.index.port import Follows, Generation, IndexUnavailable, Unwritten
from indexer.index.tantivy.current import POINTER, CurrentGeneration, generation_folder, read_pointer
from indexer.index.tantivy.following import is_unfinished
from indexer.index.tantivy.generation import TantivyGeneration
from indexer.index.tantivy.inventory import TantivyInventory
from indexer.index.tantivy.reader import TantivyReader
from indexer.index.tantivy.writer import TantivyWriter


class TantivyGenerations:
    """The generations below one folder. See `indexer.index.port.Generations`."""

    def __init__(self, folder: Path) -> None:
        self._folder = folder
        self._current = CurrentGeneration(folder)

    @contextmanager
    def begin(self, follows: Follows, *, resume: bool = False) -> Iterator[TantivyWriter]:
        """See the port. Raises IndexUnavailable when another process is building."""
        generations = self._folder / "generations"
        generations.mkdir(parents=True, exist_ok=True)
        with (self._folder / "lock").open("w") as lock:
            _hold(lock.fileno())
            unfinished = self._unfinished() if resume else None
            writer = TantivyWriter(unfinished or generations / _next_name(generations), follows)
            try:
                yield writer
            except BaseException:
                if writer.name != read_pointer(self._folder)[0]:
                    writer.discard()
                raise

    def switch(self, generation: Generation) -> None:
        """See the port. Processes that still read one that is removed keep their open files."""
        current, before = read_pointer(self._folder)
        if current != generation.name:
            before = current
            self._point_at(generation.name, before)
        for folder in self._folders():
            if folder.name not in (generation.name, before):
                shutil.rmtree(folder, ignore_errors=True)

    def previous(self) -> TantivyGeneration:
        """See the port."""
        _, before = read_pointer(self._folder)
        folder = generation_folder(self._folder, before)
        if not before or not folder.is_dir():
            raise IndexUnavailable("no generation before the current one is kept")
        return TantivyGeneration(folder)

    def ids_of(self, row_keys: Collection[str]) -> Mapping[str, str]:
        """See the port."""
        return self.reader().ids_of(row_keys)

    def amend(
        self, targets: Mapping[str, int], documents: Iterable[Documents], follows: Follows
    ) -> Sequence[Unwritten]:
        """See the port. Readers open the generation anew."""
        generation = TantivyGeneration(generation_folder(self._folder, self.reader().generation()))
        unwritten = generation.amend(targets, documents, follows)
        self._point_at(*read_pointer(self._folder))
        return unwritten

    def reader(self) -> TantivyReader:
        """See the port."""
        return self._current.reader()

    def inventory(self, *, today: date, withheld: frozenset[str]) -> TantivyInventory:
        """See the port."""
        folder = generation_folder(self._folder, self.reader().generation())
        return TantivyInventory(folder, today=today, withheld=withheld)

    def _folders(self) -> list[Path]:
        return sorted((self._folder / "generations").iterdir())

    def _unfinished(self) -> Path | None:
        return next((folder for folder in reversed(self._folders()) if is_unfinished(folder)), None)

    def _point_at(self, current: str, before: str) -> None:
        pointer = self._folder / POINTER
        fresh = pointer.with_suffix(".new")
        fresh.write_text(f"{current}\n{before}\n")
        os.replace(fresh, pointer)


def _hold(descriptor: int) -> None:
    try:
        fcntl.flock(descriptor, fcntl.LOCK_EX | fcntl.LOCK_NB)
    except OSError as error:
        raise IndexUnavailable("another rebuild is running") from error


def _next_name(generations: Path) -> str:
    numbers = [int(folder.name) for folder in generations.iterdir() if folder.name.isdigit()]
    return f"{max(numbers, default=0) + 1:06d}"
