"""Which generation is current, and a reader that follows it. Reading only."""

import threading
from pathlib import Path

from indexer.index.port import IndexUnavailable
from indexer.index.tantivy.reader import TantivyReader

POINTER = "current"
"""A file in the index folder, replaced in one step: the name of the current generation, and below it that of the one
that was in service before.
"""


class CurrentGeneration:
    """Keeps the current generation open and opens the next one when the pointer moves. Safe between threads."""

    def __init__(self, folder: Path) -> None:
        self._folder = folder
        self._lock = threading.Lock()
        self._open: tuple[int, TantivyReader] | None = None

    def reader(self) -> TantivyReader:
        """The reader of the current generation. Raises IndexUnavailable while there is none."""
        stamp = self._stamp()
        opened = self._open
        if opened is None or opened[0] != stamp:
            with self._lock:
                opened = self._open = self._follow()
        return opened[1]

    def _follow(self) -> tuple[int, TantivyReader]:
        """Open what the pointer names; once more when it moved on just then and took the folder with it."""
        stamp = self._stamp()
        try:
            return stamp, self._named()
        except IndexUnavailable:
            if self._stamp() == stamp:
                raise
            return self._stamp(), self._named()

    def _named(self) -> TantivyReader:
        return TantivyReader(generation_folder(self._folder, read_pointer(self._folder)[0]))

    def _stamp(self) -> int:
        try:
            return (self._folder / POINTER).stat().st_mtime_ns
        except OSError as error:
            raise IndexUnavailable("no generation has been built yet") from error


def read_pointer(folder: Path) -> tuple[str, str]:
    """The names of the current generation and of the one in service before; empty ones where there is none."""
    pointer = folder / POINTER
    names = pointer.read_text().split() if pointer.exists() else []
    current, before, *_ = [*names, "", ""]
    return current, before


def generation_folder(folder: Path, name: str) -> Path:
    """Where a generation lives."""
    return folder / "generations" / name
