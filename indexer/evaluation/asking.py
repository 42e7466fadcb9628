"""Putting the queries of a dataset to an index, as the search page of the portal does."""

from collections.abc import Callable, Mapping
from dataclasses import dataclass
from datetime import date

from access_policy.overlay import NO_OVERLAY
from access_policy.reader import ANONYMOUS
from access_policy.visibility import visible_to
from indexer.evaluation.corpus import ordinal_of
from indexer.evaluation.dataset import Dataset
from indexer.index.port import IndexReader, Search
from indexer.index.query import MAX_QUERY_LENGTH, parse


@dataclass(frozen=True)
class Found:
    """The ids of the documents that each query found, best first, and how many queries were cut because of length."""

    by_query: Mapping[str, tuple[str, ...]]
    cut: int


def ask(
    dataset: Dataset,
    reader: IndexReader,
    *,
    depth: int,
    today: date,
    progress: Callable[[int], None] = lambda _: None,
) -> Found:
    """Ask every query for its first `depth` documents, as anybody. Raises IndexUnavailable."""
    anybody = visible_to(reader=ANONYMOUS, today=today, overlay=NO_OVERLAY)
    by_query: dict[str, tuple[str, ...]] = {}
    for query_id, text in dataset.queries.items():
        result = reader.search(Search(parse(text), limit=depth), visibility=anybody)
        by_query[query_id] = tuple(dataset.documents[ordinal_of(hit.id)] for hit in result.hits)
        progress(len(by_query))
    return Found(by_query, sum(len(text) > MAX_QUERY_LENGTH for text in dataset.queries.values()))
