"""Counts of facet values and years in the order in which every engine gives them."""

from collections.abc import Mapping
from typing import Any


def by_count(counts: Mapping[Any, int]) -> tuple[tuple[str, int], ...]:
    """The values of one facet: the most frequent first, equals by name."""
    return tuple(sorted(((str(value), count) for value, count in counts.items()), key=lambda c: (-c[1], c[0])))


def by_year(counts: Mapping[Any, int]) -> tuple[tuple[int, int], ...]:
    """The years in order."""
    return tuple(sorted((int(year), count) for year, count in counts.items()))
