"""Filling one generation."""

import shutil
from collections.abc import Sequence
from pathlib import Path

from indexer.index.document import PageDocument, RecordDocument
from indexer.index.port import Follows, IndexUnavailable, Unwritten
from indexer.index.tantivy.following import finish, is_unfinished, read_follows, read_mark, write_follows, write_mark
from indexer.index.tantivy.generation import TantivyGeneration
from indexer.index.tantivy.writers import Writers


class TantivyWriter(TantivyGeneration):
    """A generation that is being filled. See `indexer.index.port.GenerationWriter`."""

    def __init__(self, folder: Path, follows: Follows) -> None:
        """Goes on with what is in the folder, or begins. Raises IndexUnavailable when it cannot be gone on with."""
        super().__init__(folder)
        self._redoing = folder.exists()
        self.follows, self.done = _noted(folder) if self._redoing else _begun(folder, follows)
        self._writers: Writers | None = Writers(folder)

    def add(self, record: RecordDocument, pages: Sequence[PageDocument]) -> None:
        """See the port. What an earlier run wrote after its last mark is written over."""
        if self._writers is None:
            raise IndexUnavailable(f"generation {self.name} is sealed")
        (self._writers.replace if self._redoing else self._writers.add)(record, pages)

    def mark(self, place: str) -> None:
        """See the port."""
        if self._writers is None:
            raise IndexUnavailable(f"generation {self.name} is sealed")
        self._writers.commit()
        write_mark(self._folder, place)
        self.done, self._redoing = place, False

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
    for name in ("records", "pages"):
        (folder / name).mkdir(parents=True)
    write_follows(folder, follows)
    write_mark(folder, "")
    return follows, ""


def _noted(folder: Path) -> tuple[Follows, str]:
    try:
        return read_follows(folder), read_mark(folder)
    except (OSError, ValueError) as error:
        raise IndexUnavailable(f"generation {folder.name} cannot be gone on with") from error
