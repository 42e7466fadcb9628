"""Generations in a folder: begun, sealed, switched by replacing one small file, and removed."""

import fcntl
import os
import shutil
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

from indexer.index.port import GenerationWriter, IndexUnavailable
from indexer.index.tantivy.current import POINTER, CurrentGeneration, generation_folder
from indexer.index.tantivy.reader import TantivyReader
from indexer.index.tantivy.writer import TantivyWriter


class TantivyGenerations:
    """The generations below one folder. See `indexer.index.port.Generations`."""

    def __init__(self, folder: Path) -> None:
        self._folder = folder
        self._current = CurrentGeneration(folder)

    @contextmanager
    def begin(self) -> Iterator[TantivyWriter]:
        """See the port. Raises IndexUnavailable when another process is building."""
        generations = self._folder / "generations"
        generations.mkdir(parents=True, exist_ok=True)
        with (self._folder / "lock").open("w") as lock:
            _hold(lock.fileno())
            writer = TantivyWriter(generations / _next_name(generations))
            try:
                yield writer
            except BaseException:
                writer.discard()
                raise

    def switch(self, writer: GenerationWriter) -> None:
        """See the port. Processes that still read the old one keep their open files."""
        pointer = self._folder / POINTER
        fresh = pointer.with_suffix(".new")
        fresh.write_text(f"{writer.name}\n")
        os.replace(fresh, pointer)
        for folder in generation_folder(self._folder, writer.name).parent.iterdir():
            if folder.name != writer.name:
                shutil.rmtree(folder, ignore_errors=True)

    def reader(self) -> TantivyReader:
        """See the port."""
        return self._current.reader()


def _hold(descriptor: int) -> None:
    try:
        fcntl.flock(descriptor, fcntl.LOCK_EX | fcntl.LOCK_NB)
    except OSError as error:
        raise IndexUnavailable("another rebuild is running") from error


def _next_name(generations: Path) -> str:
    numbers = [int(folder.name) for folder in generations.iterdir() if folder.name.isdigit()]
    return f"{max(numbers, default=0) + 1:06d}"
