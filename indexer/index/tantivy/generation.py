"""One generation in a folder: read, and brought up to date in place."""

from collections.abc import Collection, Iterable, Mapping, Sequence
from pathlib import Path

from indexer.index.document import Documents
from indexer.index.port import Follows, IndexUnavailable, Unwritten
from indexer.index.tantivy.following import write_follows
from indexer.index.tantivy.reader import TantivyReader
from indexer.index.tantivy.writers import Writers


class TantivyGeneration:
    """A full generation, whichever is current. See `indexer.index.port.Generation`."""

    def __init__(self, folder: Path) -> None:
        self.name = folder.name
        self._folder = folder

    def reader(self) -> TantivyReader:
        """See the port."""
        return TantivyReader(self._folder)

    def ids_of(self, row_keys: Collection[str]) -> Mapping[str, str]:
        """See the port."""
        return self.reader().ids_of(row_keys)

    def amend(
        self, targets: Mapping[str, int], documents: Iterable[Documents], follows: Follows
    ) -> Sequence[Unwritten]:
        """See the port. Whoever has the generation open sees nothing of it."""
        try:
            _amend(self._folder, targets, documents)
            write_follows(self._folder, follows)
        except (OSError, ValueError) as error:
            raise IndexUnavailable(f"generation {self.name} cannot be written: {error}") from error
        return ()


def _amend(folder: Path, targets: Mapping[str, int], documents: Iterable[Documents]) -> None:
    """Nothing has changed after an error, unless the second of the two commits failed; doing it again mends that."""
    writers = Writers(folder)
    try:
        for target in targets:
            writers.remove_below(target)
        for record, pages in documents:
            writers.replace(record, pages)
        writers.commit()
    except BaseException:
        writers.rollback()
        raise
    finally:
        writers.stop()
