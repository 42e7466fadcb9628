"""Filling one generation."""

import json
import shutil
from collections.abc import Collection, Iterable, Sequence
from itertools import chain
from pathlib import Path

import tantivy

from access_policy.disclosure import Disclosure
from indexer.index.analysis import Analysed, Tokenized, analyse
from indexer.index.description import to_json
from indexer.index.document import Documents, PageDocument, RecordDocument
from indexer.index.port import Follows
from indexer.index.tantivy.following import write_follows
from indexer.index.tantivy.reader import TantivyReader
from indexer.index.tantivy.schema import circle, halves, open_index, pages_schema, record_key, records_schema
from indexer.text.tokens import fold_prose

HEAP_BYTES = 30_000_000
"""Memory of each of the two writers before it flushes a segment; flat however large the archive is."""


class TantivyWriter:
    """Writes both indexes of one generation. See `indexer.index.port.GenerationWriter`."""

    def __init__(self, folder: Path, follows: Follows) -> None:
        self.name = folder.name
        self.folder = folder
        self._writing = True
        for name in ("records", "pages"):
            (folder / name).mkdir(parents=True)
        write_follows(folder, follows)
        self._records, self._pages = _writers(folder)

    def add(self, record: RecordDocument, pages: Sequence[PageDocument]) -> None:
        """See the port."""
        _add(self._records, self._pages, record, pages)

    def seal(self) -> TantivyReader:
        """See the port."""
        for writer in (self._records, self._pages):
            writer.commit()
        self._stop()
        return TantivyReader(self.folder)

    def discard(self) -> None:
        """Stop the writing threads and remove the folder, sealed or not."""
        if self._writing:
            for writer in (self._records, self._pages):
                writer.rollback()
            self._stop()
        shutil.rmtree(self.folder)

    def _stop(self) -> None:
        self._writing = False
        for writer in (self._records, self._pages):
            writer.wait_merging_threads()


def amend(folder: Path, ids: Collection[str], documents: Iterable[Documents]) -> None:
    """Put documents in the place of everything at or below some ids of the generation in a folder.

    Whoever has the generation open sees nothing of it. Raises OSError or ValueError, with nothing changed unless the
    second of the two commits failed; then doing it again mends it.
    """
    records, pages = _writers(folder)
    try:
        for lineage_id in ids:
            records.delete_documents_by_term("lineage", lineage_id)
            pages.delete_documents_by_term("lineage", lineage_id)
        for record, own_pages in documents:
            _add(records, pages, record, own_pages)
        pages.commit()
        records.commit()
    except BaseException:
        records.rollback()
        pages.rollback()
        raise
    finally:
        records.wait_merging_threads()
        pages.wait_merging_threads()


def _writers(folder: Path) -> tuple[tantivy.IndexWriter, tantivy.IndexWriter]:
    records = open_index(records_schema(), folder / "records").writer(HEAP_BYTES, num_threads=1)
    return records, open_index(pages_schema(), folder / "pages").writer(HEAP_BYTES, num_threads=1)


def _add(
    records: tantivy.IndexWriter, pages: tantivy.IndexWriter, record: RecordDocument, own: Sequence[PageDocument]
) -> None:
    analysed = analyse(record, own)
    records.add_document(record_document(record, analysed))
    for page, text in zip(own, analysed.pages, strict=True):
        pages.add_document(page_document(page, text))


def record_document(record: RecordDocument, analysed: Analysed) -> tantivy.Document:
    """One record in the fields of `records_schema`."""
    document = tantivy.Document()
    _add_words(document, analysed.everything)
    _add_words(document, analysed.title, prefix="title_")
    for half in chain.from_iterable(map(halves, analysed.everything.folded)):
        document.add_text("pairs", half)
    document.add_text("id", record.description.id)
    document.add_text("parent_id", record.parent_id)
    document.add_text("code_order", record.code_order)
    for code in record.codes:
        document.add_text("codes", code)
    for name, values in record.facets.items():
        for value in values:
            document.add_text(f"facet_{name}", value)
    for year in record.years:
        document.add_unsigned("years", year)
    if record.date_order is not None:
        document.add_unsigned("date_order", record.date_order)
    document.add_bytes("description", to_json(record.description))
    return _with_access(document, record.disclosure, record.lineage)


def page_document(page: PageDocument, text: Tokenized) -> tantivy.Document:
    """One page in the fields of `pages_schema`."""
    document = tantivy.Document()
    _add_words(document, text)
    document.add_text("record_id", page.record_id)
    document.add_unsigned("record_key", record_key(page.record_id))
    document.add_unsigned("number", page.number)
    document.add_bytes("text", page.text.encode())
    document.add_bytes("folded_text", fold_prose(page.text).encode())
    if page.redactions:
        document.add_bytes("redactions", json.dumps(page.redactions).encode())
    return _with_access(document, page.disclosure, page.lineage)


def _add_words(document: tantivy.Document, text: Tokenized, prefix: str = "") -> None:
    for exact, folded in zip(text.exact, text.folded, strict=True):
        document.add_text(f"{prefix}exact", exact)
        document.add_text(f"{prefix}folded", folded)


def _with_access(document: tantivy.Document, disclosure: Disclosure, lineage: Iterable[str]) -> tantivy.Document:
    document.add_text("audience", circle(disclosure.audience, disclosure.known))
    for each in lineage:
        document.add_text("lineage", each)
    document.add_unsigned("shown_from", disclosure.shown_from.toordinal())
    document.add_unsigned("shown_until", disclosure.shown_until.toordinal())
    return document
