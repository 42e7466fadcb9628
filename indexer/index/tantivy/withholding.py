"""The indexes of a generation without what is withheld: views over the same files, made when the withheld ids change.

A filter on ten thousand ids would cost more than the search itself, and every search would pay. A view costs once, a
fraction of a second: links to the files of the generation, beside which Tantivy notes the deleted documents. Searches,
counts and by-id reads on it cost as much as ever, and the generation itself stays as it was.
"""

import shutil
import tempfile
import threading
from dataclasses import dataclass
from pathlib import Path

import tantivy

from indexer.index.tantivy.schema import open_index, pages_schema, records_schema

DELETING_BYTES = 15_000_000
"""Memory of a writer that only deletes: the least that Tantivy takes."""

_OWN_FILES = frozenset({"meta.json", ".managed.json"})


@dataclass(frozen=True)
class Indexes:
    """The two indexes of a generation."""

    records: tantivy.Index
    pages: tantivy.Index


class Withholding:
    """The generation in one folder, whole or without some ids; the newest view is kept. Safe between threads."""

    def __init__(self, folder: Path) -> None:
        """Raises OSError or ValueError when the generation cannot be opened."""
        self._folder = folder
        self._lock = threading.Lock()
        self._whole = Indexes(
            open_index(records_schema(), folder / "records"), open_index(pages_schema(), folder / "pages")
        )
        self._view: tuple[frozenset[str], Indexes] = (frozenset(), self._whole)

    def without(self, withheld: frozenset[str]) -> Indexes:
        """The indexes without everything at or below the withheld ids. Raises OSError or ValueError."""
        if not withheld:
            return self._whole
        ids, indexes = self._view
        if ids is withheld or ids == withheld:
            return indexes
        with self._lock:
            if self._view[0] != withheld:
                self._view = (withheld, self._viewed(withheld))
            return self._view[1]

    def _viewed(self, withheld: frozenset[str]) -> Indexes:
        records = _view(records_schema(), self._folder / "records", withheld)
        return Indexes(records, _view(pages_schema(), self._folder / "pages", withheld))


def _view(schema: tantivy.Schema, folder: Path, withheld: frozenset[str]) -> tantivy.Index:
    """An index whose files are open; the folder of links can go as soon as it has been opened."""
    with tempfile.TemporaryDirectory(prefix="archive-view-") as scratch:
        links = Path(scratch)
        for file in folder.iterdir():
            if file.name in _OWN_FILES:
                shutil.copy(file, links / file.name)
            elif file.suffix != ".lock":
                (links / file.name).symlink_to(file.absolute())
        index = open_index(schema, links)
        writer = index.writer(DELETING_BYTES, num_threads=1)
        for lineage_id in withheld:
            writer.delete_documents_by_term("lineage", lineage_id)
        writer.commit()
        writer.wait_merging_threads()
        index.reload()
    return index
