"""Totals and facets of a search: every facet counted as if nothing were chosen in it."""

from collections.abc import Iterator, Mapping, Sequence
from typing import Any

from indexer.index.meilisearch.filters import Filters, choice_filters
from indexer.index.meilisearch.terms import value_of
from indexer.index.port import Search
from indexer.index.schema import FACETS, MAX_FACET_VALUES

Counts = Mapping[str, Mapping[str, int]]

FIELDS: dict[str, str] = {**{name: f"facet_{name}" for name in FACETS}, "years": "years"}


def counting(index: str, base: Filters, search: Search) -> list[dict[str, Any]]:
    """One question for the total and all facets without a choice, and one more for each facet with."""
    free = [name for name in FIELDS if name not in _chosen(search)]
    asked = [(free, ""), *(([name], name) for name in _chosen(search))]
    return [
        {
            "indexUid": index,
            "filter": [*base, *choice_filters(search, but=but)],
            "facets": [FIELDS[name] for name in names],
            "page": 1,
            "hitsPerPage": 0,
        }
        for names, but in asked
    ]


def counts(search: Search, answers: Sequence[Mapping[str, Any]]) -> Counts:
    """How often each value of each facet was counted by the questions of `counting`."""
    asked = ["", *_chosen(search)]
    counted: dict[str, Mapping[str, int]] = {}
    for but, answer in zip(asked, answers, strict=True):
        names = [but] if but else [name for name in FIELDS if name not in asked]
        counted |= {name: values_of(answer, FIELDS[name]) for name in names}
    return counted


def values_of(answer: Mapping[str, Any], field: str) -> dict[str, int]:
    """The counted values of one field of terms or of years."""
    distribution = answer["facetDistribution"].get(field, {})
    return {value_of(value): int(count) for value, count in distribution.items()}


def facet_counts(counted: Counts) -> dict[str, tuple[tuple[str, int], ...]]:
    """Every facet, the most frequent values first."""
    return {name: tuple(sorted(counted[name].items(), key=_by_count)[:MAX_FACET_VALUES]) for name in FACETS}


def year_counts(counted: Counts) -> tuple[tuple[int, int], ...]:
    """The years in order."""
    return tuple(sorted((int(float(year)), count) for year, count in counted["years"].items()))


def _chosen(search: Search) -> list[str]:
    return list(_with_a_choice(search))


def _with_a_choice(search: Search) -> Iterator[str]:
    yield from (name for name in FACETS if search.selections.get(name))
    if search.years is not None:
        yield "years"


def _by_count(item: tuple[str, int]) -> tuple[int, str]:
    return -item[1], item[0]
