"""Fields and settings of the two indexes: everything that Meilisearch would decide by itself is switched off.

What is found is said by filters on arrays of terms; the searched words only rank what the filter has found.
"""

from collections.abc import Collection
from typing import Any

from indexer.index.schema import FACETS

KEY = "key"
"""The primary key: letters and digits made of the record id, and the page number behind it."""

WORD_FIELDS = ("exact", "folded")
RUNS = ("", "_pairs", "_triples")
"""Behind the name of a field of words: runs of one, two and three neighbours."""

EVERY = "qqall"
"""A word of every document: with it, and all others dispensable, a ranked search leaves out nothing."""

MOST_VALUES = 1_000_000
"""Distinct values of one field that are counted. The cut to `schema.MAX_FACET_VALUES` is made when all are sorted."""

_ACCESS = (KEY, "audience", "lineage")
_WORDS = tuple(f"{field}{run}" for field in WORD_FIELDS for run in RUNS)
_DAYS = ("shown_from", "shown_until")
_RECORD_TERMS = ("id", "row_key", "codes", "parent_id", "title_exact", "title_folded")
_FACETS = tuple(f"facet_{name}" for name in FACETS)
_MOST_HITS = 10_000_000


def records_settings() -> dict[str, Any]:
    """One document a record."""
    return _settings(
        searchable=("rank_numbers", "rank_title_exact", "rank_title", "rank_exact", "rank", "rank_every"),
        terms=(*_ACCESS, *_WORDS, *_RECORD_TERMS, *_FACETS),
        numbers=(*_DAYS, "years"),
        sortable=("date_order", "code_order"),
    )


def pages_settings() -> dict[str, Any]:
    """One document a page."""
    return _settings(
        searchable=("rank_exact", "rank", "rank_every"),
        terms=(*_ACCESS, *_WORDS, "record"),
        numbers=_DAYS,
        sortable=(),
    )


def _settings(
    *, searchable: Collection[str], terms: Collection[str], numbers: Collection[str], sortable: Collection[str]
) -> dict[str, Any]:
    return {
        "searchableAttributes": list(searchable),
        "filterableAttributes": [_filterable(terms, comparison=False), _filterable(numbers, comparison=True)],
        "sortableAttributes": list(sortable),
        "rankingRules": ["words", "proximity", "attribute", "sort"],
        "typoTolerance": {"enabled": False},
        "prefixSearch": "disabled",
        "stopWords": [],
        "synonyms": {},
        "facetSearch": False,
        "faceting": {"maxValuesPerFacet": MOST_VALUES},
        "pagination": {"maxTotalHits": _MOST_HITS},
    }


def _filterable(names: Collection[str], *, comparison: bool) -> dict[str, Any]:
    features = {"facetSearch": False, "filter": {"equality": True, "comparison": comparison}}
    return {"attributePatterns": list(names), "features": features}
