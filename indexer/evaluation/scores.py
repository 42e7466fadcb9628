"""The values of many queries as a few rows: one for each class of queries and one for all."""

import random
import re
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from statistics import fmean

from indexer.evaluation.measures import MEASURES, Values

CONFIDENCE = 0.95
RESAMPLES = 1000
ALL = "all"

_CLASS = re.compile(r"(?P<name>[a-z][a-z-]*)-[0-9]+")
_SEED = 1


@dataclass(frozen=True)
class Estimate:
    """A mean over queries, and between which values it lies with a confidence of 95 %."""

    mean: float
    low: float
    high: float


@dataclass(frozen=True)
class Row:
    """The queries of one class: how many, each measure, and the share of them that found nothing at all."""

    name: str
    queries: int
    measures: Mapping[str, Estimate]
    zero_hits: float


def rows(values: Values, found: Mapping[str, Sequence[str]]) -> tuple[Row, ...]:
    """A row for each class in the order of first appearance, then one for all queries."""
    classes: dict[str, list[str]] = {}
    for query_id in found:
        if match := _CLASS.fullmatch(query_id):
            classes.setdefault(match["name"], []).append(query_id)
    return tuple(_row(name, ids, values, found) for name, ids in (*classes.items(), (ALL, list(found))))


def _row(name: str, query_ids: Sequence[str], values: Values, found: Mapping[str, Sequence[str]]) -> Row:
    measures = {each: estimate([values[each][query_id] for query_id in query_ids]) for each in MEASURES}
    return Row(name, len(query_ids), measures, fmean(not found[query_id] for query_id in query_ids))


def estimate(values: Sequence[float]) -> Estimate:
    """The mean with its percentile bootstrap interval: how the means spread when the same queries are drawn again
    and again, with replacement. The same values give the same interval.
    """
    chance = random.Random(_SEED)  # noqa: S311 - a statistic, not a secret
    means = sorted(fmean(chance.choices(values, k=len(values))) for _ in range(RESAMPLES))
    beyond = round(RESAMPLES * (1 - CONFIDENCE) / 2)
    return Estimate(fmean(values), means[beyond], means[-1 - beyond])
