"""Records and pages as Meilisearch documents."""

import json
from collections.abc import Iterable, Iterator, Sequence
from hashlib import blake2b
from typing import Any

from access_policy.disclosure import Disclosure
from indexer.index.analysis import Tokenized, analyse
from indexer.index.description import to_json
from indexer.index.document import PageDocument, RecordDocument
from indexer.index.meilisearch.fields import EVERY, KEY, RUNS
from indexer.index.meilisearch.terms import accented_word, number_word, order_term, reversible, term
from indexer.index.schema import circle
from indexer.text.variants import variants

Made = dict[str, Any]
"""A document as it is sent."""


def record_key(record_id: str) -> str:
    """The primary key of a record; Meilisearch takes only letters and digits there."""
    return blake2b(record_id.encode(), digest_size=16).hexdigest()


def page_key(record_id: str, number: int) -> str:
    """The primary key of a page."""
    return f"{record_key(record_id)}-{number}"


def refused(record: RecordDocument) -> str:
    """Why Meilisearch cannot hold a record as it is, in one line; empty when it can."""
    too_long = (name for name, values in record.facets.items() if not all(map(reversible, values)))
    return ", ".join(f"a value of {name} is too long to be counted" for name in too_long)


def documents_of(record: RecordDocument, pages: Sequence[PageDocument]) -> tuple[Made, list[Made]]:
    """One record and its pages as they are sent."""
    analysed = analyse(record, pages)
    made = [_page(page, text) for page, text in zip(pages, analysed.pages, strict=True)]
    return _record(record, analysed.title, analysed.everything), made


def ranking_word(folded: str) -> str:
    """One spelling for all that differ in i and y only."""
    return min((folded, *variants(folded)))


def _record(record: RecordDocument, title: Tokenized, everything: Tokenized) -> Made:
    return {
        KEY: record_key(record.description.id),
        "id": term(record.description.id),
        "row_key": term(record.row_key),
        "parent_id": term(record.parent_id),
        "codes": _terms(record.codes),
        "years": record.years,
        "date_order": record.date_order,
        "code_order": order_term(record.code_order),
        "description": to_json(record.description).decode(),
        "runs": everything.exact,
        "title_exact": _terms(_words(title.exact)),
        "title_folded": _terms(_words(title.folded)),
        "rank_numbers": [number_word(code) for code in record.codes],
        **_ranked(title, "_title"),
        **_ranked(everything),
        **_found(everything),
        **{f"facet_{name}": _terms(values) for name, values in record.facets.items()},
        **_access(record.disclosure, record.lineage),
    }


def _page(page: PageDocument, text: Tokenized) -> Made:
    return {
        KEY: page_key(page.record_id, page.number),
        "record": term(page.record_id),
        "number": page.number,
        "text": page.text,
        "redactions": json.dumps(page.redactions),
        "runs": text.exact,
        **_ranked(text),
        **_found(text),
        **_access(page.disclosure, page.lineage),
    }


def _found(text: Tokenized) -> Made:
    """What filters look for: the words, and the runs of two and of three neighbours."""
    fields = {"exact": text.exact, "folded": text.folded}
    return {
        f"{field}{name}": _terms(gram for run in runs for gram in grams(run.split(), length))
        for field, runs in fields.items()
        for length, name in enumerate(RUNS, start=1)
    }


def grams(words: Sequence[str], length: int) -> Iterator[str]:
    """Every run of `length` neighbours."""
    return (" ".join(words[at : at + length]) for at in range(len(words) - length + 1))


def _ranked(text: Tokenized, of: str = "") -> Made:
    return {
        f"rank{of}": [" ".join(map(ranking_word, run.split())) for run in text.folded],
        f"rank{of}_exact": [" ".join(map(accented_word, run.split())) for run in text.exact],
    }


def _access(disclosure: Disclosure, lineage: Iterable[str]) -> Made:
    return {
        "audience": term(circle(disclosure.audience, disclosure.known)),
        "lineage": _terms(lineage),
        "shown_from": disclosure.shown_from.toordinal(),
        "shown_until": disclosure.shown_until.toordinal(),
        "rank_every": EVERY,
    }


def _words(runs: Iterable[str]) -> Iterator[str]:
    return (word for run in runs for word in run.split())


def _terms(values: Iterable[str]) -> list[str]:
    return [term(value) for value in dict.fromkeys(values)]
