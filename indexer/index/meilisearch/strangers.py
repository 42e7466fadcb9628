"""Long phrases, made exact by reading.

Filters know runs of up to three words. A document may hold every three neighbours of a longer phrase and not the
phrase; such documents are few. They are looked for among those that fit, and then left out by key. Where too many fit
to be read in the time of a question, none is left out.
"""

from collections.abc import Sequence
from typing import Any

from indexer.index.analysis import Tokenized
from indexer.index.matching import part_matches
from indexer.index.meilisearch.fields import KEY, RUNS
from indexer.index.meilisearch.filters import Filters, Strangers, match_filters, run_filter, run_of
from indexer.index.meilisearch.server import Server
from indexer.index.query import Number, Part, Phrase, Query, Word
from indexer.text.tokens import fold_prose

MOST_READ = 200
"""Documents read for one phrase."""


def strangers(server: Server, index: str, query: Query, among: Filters, *, codes: bool) -> Strangers:
    """For every long run of a query, the documents among some that fit its filter and do not hold it."""
    runs = [*_long(query.wanted), *_long(query.excluded)]
    if not runs:
        return {}
    short = Query(_short(query.wanted), _short(query.excluded))
    sure = [*among, *match_filters(short, codes=codes, strangers={})]
    answers = server.ask([_reading(index, [*sure, run_filter(run)]) for run in runs])
    return {
        run: [document[KEY] for document in answer["hits"] if not _holds(document, run)]
        for run, answer in zip(runs, answers, strict=True)
        if answer["totalHits"] <= MOST_READ
    }


def _long(parts: Sequence[Part]) -> list[Phrase | Number]:
    return [part for part in parts if not isinstance(part, Word) and len(run_of(part)[1]) > len(RUNS)]


def _short(parts: Sequence[Part]) -> tuple[Part, ...]:
    return tuple(part for part in parts if part not in _long(parts))


def _reading(index: str, filters: Filters) -> dict[str, Any]:
    fields = [KEY, "runs"]
    return {"indexUid": index, "filter": filters, "attributesToRetrieve": fields, "page": 1, "hitsPerPage": MOST_READ}


def _holds(document: dict[str, Any], run: Phrase | Number) -> bool:
    exact = tuple(document["runs"])
    return part_matches(run, Tokenized(exact, tuple(map(fold_prose, exact))), frozenset())
