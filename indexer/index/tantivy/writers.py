"""The two writers of a generation, which commit together."""

from collections.abc import Sequence
from pathlib import Path

from indexer.index.analysis import analyse
from indexer.index.document import PageDocument, RecordDocument
from indexer.index.tantivy.documents import page_document, record_document
from indexer.index.tantivy.following import Held
from indexer.index.tantivy.schema import open_index, pages_schema, records_schema

HEAP_BYTES = 30_000_000
"""Memory of each of the two writers before it flushes a segment; flat however large the archive is."""


class Writers:
    """Writes records and pages of the generation in a folder. Everything raises OSError or ValueError.

    A process that was killed while it committed leaves files that nothing names. They go first: whoever does the same
    again gives its files the same names, and the engine writes over none.
    """

    def __init__(self, folder: Path) -> None:
        self._records = open_index(records_schema(), folder / "records").writer(HEAP_BYTES, num_threads=1)
        self._pages = open_index(pages_schema(), folder / "pages").writer(HEAP_BYTES, num_threads=1)
        for writer in (self._records, self._pages):
            writer.garbage_collect_files()

    def add(self, record: RecordDocument, pages: Sequence[PageDocument]) -> None:
        """Write one record with its pages."""
        analysed = analyse(record, pages)
        self._records.add_document(record_document(record, analysed))
        for page, text in zip(pages, analysed.pages, strict=True):
            self._pages.add_document(page_document(page, text))

    def replace(self, record: RecordDocument, pages: Sequence[PageDocument]) -> None:
        """The same in the place of what there is of this record."""
        record_id = record.description.id
        self._records.delete_documents_by_term("id", record_id)
        self._pages.delete_documents_by_term("record_id", record_id)
        self.add(record, pages)

    def remove_below(self, lineage_id: str) -> None:
        """Remove everything at or below an id."""
        for writer in (self._records, self._pages):
            writer.delete_documents_by_term("lineage", lineage_id)

    def commit(self) -> None:
        """Make it last: pages first, since a record says that it has them."""
        self._pages.commit()
        self._records.commit()

    def rollback(self) -> None:
        """Forget what has not been committed."""
        self._records.rollback()
        self._pages.rollback()

    def stop(self) -> None:
        """Wait for the threads that merge."""
        self._records.wait_merging_threads()
        self._pages.wait_merging_threads()


def held_in(folder: Path) -> Held:
    """How many records and pages the generation in a folder holds. Raises OSError or ValueError."""
    records = open_index(records_schema(), folder / "records").searcher().num_docs
    return records, open_index(pages_schema(), folder / "pages").searcher().num_docs
