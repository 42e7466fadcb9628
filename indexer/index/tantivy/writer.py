"""Filling one generation."""

import shutil
from collections.abc import Sequence
from itertools import chain
from pathlib import Path

import tantivy

from access_policy.disclosure import Disclosure
from indexer.index.analysis import Analysed, Tokenized, analyse
from indexer.index.description import to_json
from indexer.index.document import PageDocument, RecordDocument
from indexer.index.tantivy.reader import TantivyReader
from indexer.index.tantivy.schema import halves, open_index, pages_schema, record_key, records_schema
from indexer.text.tokens import fold_prose

HEAP_BYTES = 30_000_000
"""Memory of each of the two writers before it flushes a segment; flat however large the archive is."""


class TantivyWriter:
    """Writes both indexes of one generation. See `indexer.index.port.GenerationWriter`."""

    def __init__(self, folder: Path) -> None:
        self.name = folder.name
        self.folder = folder
        self._writing = True
        for name in ("records", "pages"):
            (folder / name).mkdir(parents=True)
        self._records = open_index(records_schema(), folder / "records").writer(HEAP_BYTES, num_threads=1)
        self._pages = open_index(pages_schema(), folder / "pages").writer(HEAP_BYTES, num_threads=1)

    def add(self, record: RecordDocument, pages: Sequence[PageDocument]) -> None:
        """See the port."""
        analysed = analyse(record, pages)
        self._records.add_document(record_document(record, analysed))
        for page, text in zip(pages, analysed.pages, strict=True):
            self._pages.add_document(page_document(page, text))

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
    return _with_access(document, record.disclosure)


def page_document(page: PageDocument, text: Tokenized) -> tantivy.Document:
    """One page in the fields of `pages_schema`."""
    document = tantivy.Document()
    _add_words(document, text)
    document.add_text("record_id", page.record_id)
    document.add_unsigned("record_key", record_key(page.record_id))
    document.add_unsigned("number", page.number)
    document.add_bytes("text", page.text.encode())
    document.add_bytes("folded_text", fold_prose(page.text).encode())
    return _with_access(document, page.disclosure)


def _add_words(document: tantivy.Document, text: Tokenized, prefix: str = "") -> None:
    for exact, folded in zip(text.exact, text.folded, strict=True):
        document.add_text(f"{prefix}exact", exact)
        document.add_text(f"{prefix}folded", folded)


def _with_access(document: tantivy.Document, disclosure: Disclosure) -> tantivy.Document:
    document.add_text("audience", disclosure.audience.value)
    document.add_unsigned("shown_from", disclosure.shown_from.toordinal())
    document.add_unsigned("shown_until", disclosure.shown_until.toordinal())
    return document
