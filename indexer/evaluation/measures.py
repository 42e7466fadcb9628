"""nDCG@10, MRR@10 and recall@100 of each query, computed by ir-measures."""

from collections.abc import Iterator, Mapping, Sequence
from importlib.util import find_spec

MEASURES = ("nDCG@10", "MRR@10", "recall@100")
"""What is measured, in the order it is shown: each from 0 (nothing found) to 1."""

RECALL_DEPTH = 100

Values = dict[str, dict[str, float]]
"""Measure -> query -> value."""


class MeasuresMissing(Exception):
    """The library that computes the measures is not installed."""


def must_be_measurable() -> None:
    """Find out before the work and not after it whether the library is there. Raises MeasuresMissing."""
    if find_spec("ir_measures") is None:
        raise MeasuresMissing('the measures need the package ir-measures (the extra "evaluation" of this product)')


def measured(judgements: Mapping[str, Mapping[str, int]], found: Mapping[str, Sequence[str]]) -> Values:
    """The value of every measure for every judged query; a query that found nothing has 0."""
    import ir_measures

    names = dict(zip((ir_measures.nDCG @ 10, ir_measures.RR @ 10, ir_measures.R @ RECALL_DEPTH), MEASURES, strict=True))
    judged = (
        ir_measures.Qrel(query_id, document_id, score)
        for query_id, scores in judgements.items()
        for document_id, score in scores.items()
    )
    ranked = (ir_measures.ScoredDoc(*each) for each in descending(found))
    values: Values = {name: dict.fromkeys(judgements, 0.0) for name in MEASURES}
    for each in ir_measures.iter_calc(list(names), judged, ranked):
        values[names[each.measure]][each.query_id] = float(each.value)
    return values


def descending(found: Mapping[str, Sequence[str]]) -> Iterator[tuple[str, str, float]]:
    """Query, document, score: scores that only say the order, since programs that read them sort by score."""
    for query_id, document_ids in found.items():
        for rank, document_id in enumerate(document_ids):
            yield query_id, document_id, float(len(document_ids) - rank)
