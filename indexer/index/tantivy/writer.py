"""Filling one generation."""

import shutil
from collections.abc import Sequence
from pathlib import Path

from indexer.index.document import PageDocument, RecordDocument
from indexer.index.port import Follows, IndexUnavailable, Unwritten
from indexer.index.tantivy.following import finish, is_unfinished, read_follows, read_mark, write_follows, write_mark
from indexer.index.tantivy.generation import TantivyGeneration
from indexer.index.tantivy.writers import Writers, held_in


class TantivyWriter(TantivyGeneration):
    """A generation that is being filled. See `indexer.index.port.GenerationWriter`."""

    def __init__(self, folder: Path, follows: Follows) -> None:
        """Goes on with what is in the folder, or begins.

        Going on takes up exactly what was there at the last mark. When more was made to last than was marked, because
        the process ended between the two, it begins anew: rows that were written then may be gone or closed by now.
        """
        super().__init__(folder)
        there = _as_marked(folder) if folder.exists() else None
        self.follows, self.done = there or _begun(folder, follows)
        self._writers: Writers | None = Writers(folder)

    def add(self, record: RecordDocument, pages: Sequence[PageDocument]) -> None:
        """See the port."""
        if self._writers is None:
            raise IndexUnavailable(f"generation {self.name} is sealed")
        self._writers.add(record, pages)

    def mark(self, place: str) -> None:
        """See the port."""
        if self._writers is None:
            raise IndexUnavailable(f"generation {self.name} is sealed")
        self._writers.commit()
        write_mark(self._folder, place, held_in(self._folder))
        self.done = place

    def seal(self) -> Sequence[Unwritten]:
        """See the port."""
        if self._writers is not None:
            self._writers.commit()
            self._stop(self._writers)
            finish(self._folder)
        return ()

    def discard(self) -> None:
        """Stop the writing threads and remove the folder, sealed or not, unless it can be gone on with."""
        if self._writers is not None:
            self._writers.rollback()
            self._stop(self._writers)
        if not (self.done and is_unfinished(self._folder)):
            shutil.rmtree(self._folder)

    def _stop(self, writers: Writers) -> None:
        self._writers = None
        writers.stop()


def _begun(folder: Path, follows: Follows) -> tuple[Follows, str]:
    if folder.exists():
        shutil.rmtree(folder)
    for name in ("records", "pages"):
        (folder / name).mkdir(parents=True)
    write_follows(folder, follows)
    write_mark(folder, "", (0, 0))
    return follows, ""


def _as_marked(folder: Path) -> tuple[Follows, str] | None:
    """What an unfinished generation follows and its last mark, if it holds just what it held then."""
    try:
        done, held = read_mark(folder)
        return (read_follows(folder), done) if held == held_in(folder) else None
    except (OSError, ValueError):
        return None
