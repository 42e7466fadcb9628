"""Which generation is current, and a reader that follows it. Reading only."""

import threading
from pathlib import Path

from indexer.index.port import IndexUnavailable
from indexer.index.tantivy.reader import TantivyReader

POINTER = "current"
"""A file in the index folder that holds the name of the current generation; replaced in one step."""


class CurrentGeneration:
    """Keeps the current generation open and opens the next one when the pointer moves. Safe between threads."""

    def __init__(self, folder: Path) -> None:
        self._folder = folder
        self._lock = threading.Lock()
        self._open: tuple[int, TantivyReader] | None = None

    def reader(self) -> TantivyReader:
        """The reader of the current generation. Raises IndexUnavailable while there is none."""
        pointer = self._folder / POINTER
        try:
            stamp = pointer.stat().st_mtime_ns
            if self._open is None or self._open[0] != stamp:
                with self._lock:
                    self._open = (stamp, TantivyReader(generation_folder(self._folder, pointer.read_text().strip())))
        except OSError as error:
            raise IndexUnavailable("no generation has been built yet") from error
        return self._open[1]


def generation_folder(folder: Path, name: str) -> Path:
    """Where a generation lives."""
    return folder / "generations" / name
