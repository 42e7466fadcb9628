"""Records and pages in the fields of the two OpenSearch indexes."""

import json
from typing import Any

from access_policy.disclosure import Disclosure
from indexer.index.analysis import Analysed, Tokenized
from indexer.index.description import to_json
from indexer.index.document import PageDocument, RecordDocument
from indexer.index.schema import circle
from indexer.text.tokens import fold_prose

Fields = dict[str, Any]


def record_fields(record: RecordDocument, analysed: Analysed) -> Fields:
    """One record in the fields of `records_index`."""
    return {
        **_words(analysed.everything),
        **{f"title_{name}": runs for name, runs in _words(analysed.title).items()},
        "id": record.description.id,
        "row_key": record.row_key,
        "parent_id": record.parent_id,
        "codes": record.codes,
        "code_order": record.code_order,
        **{f"facet_{name}": values for name, values in record.facets.items()},
        "years": record.years,
        "date_order": record.date_order,
        "description": to_json(record.description).decode(),
        **_access(record.disclosure, record.lineage, record.row_version),
    }


def page_fields(page: PageDocument, text: Tokenized, row_version: int) -> Fields:
    """One page in the fields of `pages_index`."""
    return {
        **_words(text),
        "record_id": page.record_id,
        "number": page.number,
        "text": page.text,
        "folded_text": fold_prose(page.text),
        "redactions": json.dumps(page.redactions) if page.redactions else None,
        **_access(page.disclosure, page.lineage, row_version),
    }


def page_name(record_id: str, number: int) -> str:
    """The name of a page's document."""
    return f"{record_id}:{number}"


def _words(text: Tokenized) -> Fields:
    return {"exact": text.exact, "folded": text.folded}


def _access(disclosure: Disclosure, lineage: tuple[str, ...], row_version: int) -> Fields:
    return {
        "audience": circle(disclosure.audience, disclosure.known),
        "lineage": lineage,
        "shown_from": disclosure.shown_from.toordinal(),
        "shown_until": disclosure.shown_until.toordinal(),
        "row_version": row_version,
    }
