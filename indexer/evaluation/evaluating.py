"""One measurement from a dataset to its rows."""

from collections.abc import Callable
from dataclasses import dataclass
from datetime import date

from indexer.evaluation.asking import Found, ask
from indexer.evaluation.dataset import Dataset
from indexer.evaluation.measures import measured, must_be_measurable
from indexer.evaluation.scores import Row, rows
from indexer.evaluation.throwaway import throwaway_index
from indexer.settings import IndexerSettings

Progress = Callable[[str, int, int | None], None]
"""Told the step, how far it is, and of how many where that is known."""


@dataclass(frozen=True)
class Evaluation:
    """What was measured: on which engine, how many documents it refused, what was found, and the rows."""

    engine: str
    depth: int
    documents: int
    unwritten: int
    unjudged: int
    found: Found
    rows: tuple[Row, ...]


def evaluate(
    dataset: Dataset, settings: IndexerSettings, *, depth: int, today: date, progress: Progress = lambda *_: None
) -> Evaluation:
    """Index the corpus, ask the queries, measure. Raises IndexUnavailable, DatasetRefused, MeasuresMissing."""
    must_be_measurable()
    documents, queries = len(dataset.documents), len(dataset.queries)
    with throwaway_index(
        dataset, settings, today=today, progress=lambda done: progress("indexing", done, documents)
    ) as index:
        found = ask(
            dataset, index.reader, depth=depth, today=today, progress=lambda done: progress("asking", done, queries)
        )
    return Evaluation(
        engine=index.engine,
        depth=depth,
        documents=documents,
        unwritten=index.unwritten,
        unjudged=dataset.unjudged,
        found=found,
        rows=rows(measured(dataset.judgements, found.by_query), found.by_query),
    )
