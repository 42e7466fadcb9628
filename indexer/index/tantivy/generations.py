"""Generations in a folder: begun, sealed, switched by replacing one small file, and removed."""

import fcntl
import os
import shutil
from collections.abc import Collection, Iterable, Iterator
from contextlib import contextmanager
from datetime import date
from pathlib import Path

from indexer.index.document import Documents
from indexer.index.port import Follows, GenerationWriter, IndexUnavailable
from indexer.index.tantivy.current import POINTER, CurrentGeneration, generation_folder
from indexer.index.tantivy.following import write_follows
from indexer.index.tantivy.inventory import TantivyInventory
from indexer.index.tantivy.reader import TantivyReader
from indexer.index.tantivy.writer import TantivyWriter, amend


class TantivyGenerations:
    """The generations below one folder. See `indexer.index.port.Generations`."""

    def __init__(self, folder: Path) -> None:
        self._folder = folder
        self._current = CurrentGeneration(folder)

    @contextmanager
    def begin(self, follows: Follows) -> Iterator[TantivyWriter]:
        """See the port. Raises IndexUnavailable when another process is building."""
        generations = self._folder / "generations"
        generations.mkdir(parents=True, exist_ok=True)
        with (self._folder / "lock").open("w") as lock:
            _hold(lock.fileno())
            writer = TantivyWriter(generations / _next_name(generations), follows)
            try:
                yield writer
            except BaseException:
                writer.discard()
                raise

    def switch(self, writer: GenerationWriter) -> None:
        """See the port. Processes that still read the old one keep their open files."""
        self._point_at(writer.name)
        for folder in generation_folder(self._folder, writer.name).parent.iterdir():
            if folder.name != writer.name:
                shutil.rmtree(folder, ignore_errors=True)

    def amend(self, ids: Collection[str], documents: Iterable[Documents], follows: Follows) -> None:
        """See the port. Readers open the generation anew."""
        folder = generation_folder(self._folder, self.reader().generation())
        try:
            amend(folder, ids, documents)
            write_follows(folder, follows)
        except (OSError, ValueError) as error:
            raise IndexUnavailable(f"generation {folder.name} cannot be written") from error
        self._point_at(folder.name)

    def _point_at(self, name: str) -> None:
        pointer = self._folder / POINTER
        fresh = pointer.with_suffix(".new")
        fresh.write_text(f"{name}\n")
        os.replace(fresh, pointer)

    def reader(self) -> TantivyReader:
        """See the port."""
        return self._current.reader()

    def inventory(self, *, today: date, withheld: frozenset[str]) -> TantivyInventory:
        """See the port."""
        folder = generation_folder(self._folder, self.reader().generation())
        return TantivyInventory(folder, today=today, withheld=withheld)


def _hold(descriptor: int) -> None:
    try:
        fcntl.flock(descriptor, fcntl.LOCK_EX | fcntl.LOCK_NB)
    except OSError as error:
        raise IndexUnavailable("another rebuild is running") from error


def _next_name(generations: Path) -> str:
    numbers = [int(folder.name) for folder in generations.iterdir() if folder.name.isdigit()]
    return f"{max(numbers, default=0) + 1:06d}"
