"""Judged queries in the layout of BEIR: a corpus, queries, and which documents answer which query."""

import re
from collections.abc import Callable, Iterator, Mapping
from dataclasses import dataclass
from pathlib import Path
from typing import TypeVar

from pydantic import BaseModel, ConfigDict, Field

from indexer.evaluation.lines import DatasetRefused, Line, json_lines, numbered, refused

HEADER = ("query-id", "corpus-id", "score")
_AnyLine = TypeVar("_AnyLine", bound=Line)
_Kept = TypeVar("_Kept")
_SCORE = re.compile(r"-?[0-9]{1,6}")


class Described(BaseModel):
    """What a corpus line may say of a document besides title and text; each is searched as it is in production."""

    model_config = ConfigDict(strict=True, frozen=True, extra="ignore")

    number: str = ""
    about: list[str] = Field(default_factory=list)


class CorpusLine(Line):
    """A document. Form feeds part the pages of its text."""

    title: str
    text: str
    metadata: Described = Described()


class QueryLine(Line):
    """A query as somebody types it."""

    text: str


@dataclass(frozen=True)
class Dataset:
    """Checked queries and judgements, and the ids of the corpus, whose texts stay on disk.

    `judgements` maps each query that has an answer to its judged documents and their scores (above 0: an answer).
    `unjudged` counts the queries without any answer, which nothing can be said of.
    """

    corpus: Path
    documents: tuple[str, ...]
    queries: Mapping[str, str]
    judgements: Mapping[str, Mapping[str, int]]
    unjudged: int

    def lines(self) -> Iterator[CorpusLine]:
        """The documents in order, read again. Raises DatasetRefused when the file is another one by now."""
        expected = iter(self.documents)
        for number, line in json_lines(self.corpus, CorpusLine):
            if line.id != next(expected, None):
                raise refused(self.corpus, number, "changed while it was being used")
            yield line
        if next(expected, None) is not None:
            raise DatasetRefused(f"{self.corpus}: became shorter while it was being used")


def read_dataset(
    corpus: Path, queries: Path, qrels: Path, *, progress: Callable[[int], None] = lambda _: None
) -> Dataset:
    """Read and check the three files. Raises DatasetRefused, naming file and line, for the first thing wrong.

    `progress` is told the documents checked so far.
    """
    documents = _by_id(corpus, CorpusLine, lambda _: None, progress)
    texts = _by_id(queries, QueryLine, lambda line: line.text, lambda _: None)
    answered = {
        query_id: judged
        for query_id, judged in _judgements(qrels, texts, documents).items()
        if any(score > 0 for score in judged.values())
    }
    if not answered:
        raise DatasetRefused(f"{qrels}: no query has a document that answers it")
    asked = {query_id: text for query_id, text in texts.items() if query_id in answered}
    return Dataset(corpus, tuple(documents), asked, answered, len(texts) - len(asked))


def _by_id(
    path: Path, kind: type[_AnyLine], keep: Callable[[_AnyLine], _Kept], progress: Callable[[int], None]
) -> dict[str, _Kept]:
    kept: dict[str, _Kept] = {}
    for number, line in json_lines(path, kind):
        if line.id in kept:
            raise refused(path, number, f"the id {line.id} a second time")
        kept[line.id] = keep(line)
        progress(len(kept))
    if not kept:
        raise DatasetRefused(f"{path}: is empty")
    return kept


def _judgements(
    path: Path, queries: Mapping[str, object], documents: Mapping[str, object]
) -> dict[str, dict[str, int]]:
    judged: dict[str, dict[str, int]] = {}
    rows = _rows(path)
    _, header = next(rows, (1, ()))
    if header != HEADER:
        raise refused(path, 1, f"should be the header {' '.join(HEADER)}, parted by tabs")
    for number, row in rows:
        if len(row) != len(HEADER) or not _SCORE.fullmatch(row[2]):
            raise refused(path, number, "should be a query, a document and a whole number, parted by tabs")
        query_id, document_id, score = row
        if query_id not in queries:
            raise refused(path, number, f"there is no query {query_id}")
        if document_id not in documents:
            raise refused(path, number, f"there is no document {document_id}")
        if document_id in judged.setdefault(query_id, {}):
            raise refused(path, number, f"document {document_id} is judged twice for query {query_id}")
        judged[query_id][document_id] = int(score)
    return judged


def _rows(path: Path) -> Iterator[tuple[int, tuple[str, ...]]]:
    for number, line in numbered(path):
        try:
            yield number, tuple(cell.strip() for cell in line.decode().split("\t"))
        except UnicodeDecodeError:
            raise refused(path, number, "not UTF-8") from None
