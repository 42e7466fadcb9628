"""Records and pages in the fields of the two Tantivy indexes."""

import json
from collections.abc import Iterable
from itertools import chain

import tantivy

from access_policy.disclosure import Disclosure
from indexer.index.analysis import Analysed, Tokenized
from indexer.index.description import to_json
from indexer.index.document import PageDocument, RecordDocument
from indexer.index.schema import circle
from indexer.index.tantivy.schema import halves, record_key
from indexer.text.tokens import fold_prose


def record_document(record: RecordDocument, analysed: Analysed) -> tantivy.Document:
    """One record in the fields of `records_schema`."""
    document = tantivy.Document()
    _add_words(document, analysed.everything)
    _add_words(document, analysed.title, prefix="title_")
    for half in chain.from_iterable(map(halves, analysed.everything.folded)):
        document.add_text("pairs", half)
    document.add_text("id", record.description.id)
    document.add_text("row_key", record.row_key)
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
