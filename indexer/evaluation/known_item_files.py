"""The archive as a corpus, and the queries drawn from it, as files that `evaluate` reads."""

import json
import os
import shutil
from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from datetime import date
from pathlib import Path

from access_policy.overlay import NO_OVERLAY
from access_policy.reader import ANONYMOUS
from access_policy.register.restrictions import Restrictions
from access_policy.visibility import visible_to
from indexer.evaluation.corpus import PAGE_BREAK
from indexer.evaluation.dataset import HEADER, CorpusLine
from indexer.evaluation.known_items import KnownItem, known_items
from indexer.evaluation.lines import json_lines
from indexer.evaluation.offers import offers
from indexer.index.document import Documents
from indexer.pipeline import Tally, documents
from indexer.sources.port import Source

CORPUS, QUERIES, QRELS = "corpus.jsonl", "queries.jsonl", "qrels.tsv"


class FolderTaken(Exception):
    """The folder already holds something, which stays as it is."""


def findable(
    source: Source, restrictions: Restrictions, *, today: date, progress: Callable[[int], None] = lambda _: None
) -> Iterator[Documents]:
    """The records that anybody may find today, each with the pages that anybody may read. Raises SourceUnavailable."""
    tally = Tally()
    anybody = visible_to(reader=ANONYMOUS, today=today, overlay=NO_OVERLAY)
    for record, pages in documents(source.entries(), restrictions, today=today, tally=tally, refused=lambda _: None):
        progress(tally.rows)
        if anybody.admits(record.disclosure, record.lineage):
            yield record, tuple(page for page in pages if anybody.admits(page.disclosure, page.lineage))


def write_known_items(folder: Path, found: Iterable[Documents], *, queries: int, seed: int) -> int:
    """Write corpus, queries and judgements into a new folder, all or nothing; how many queries there are.

    Raises FolderTaken, TooFewItems, OSError, and whatever `found` raises.
    """
    folder = folder.resolve()
    if folder.exists() and (not folder.is_dir() or any(folder.iterdir())):
        raise FolderTaken(f"{folder} already exists")
    folder.parent.mkdir(parents=True, exist_ok=True)
    fresh = folder.with_name(f".{folder.name}.new")
    shutil.rmtree(fresh, ignore_errors=True)
    fresh.mkdir()
    try:
        drawn = _fill(fresh, found, queries=queries, seed=seed)
        os.replace(fresh, folder)
    finally:
        shutil.rmtree(fresh, ignore_errors=True)
    return len(drawn)


def _fill(folder: Path, found: Iterable[Documents], *, queries: int, seed: int) -> Sequence[KnownItem]:
    corpus = folder / CORPUS
    _write_lines(corpus, map(corpus_line, found))
    offered = offers(lambda: (line for _, line in json_lines(corpus, CorpusLine)), seed=seed)
    drawn = known_items(offered, queries=queries, seed=seed)
    _write_lines(folder / QUERIES, ({"_id": item.query_id, "text": item.text} for item in drawn))
    rows = ("\t".join((item.query_id, item.record_id, "1")) for item in drawn)
    (folder / QRELS).write_text("".join(f"{row}\n" for row in ("\t".join(HEADER), *rows)), encoding="utf-8")
    return drawn


def corpus_line(found: Documents) -> Mapping[str, object]:
    """What is searched of a record: its title, its pages each ended by a form feed, and all that is said about it."""
    record, pages = found
    number = record.description.number
    return {
        "_id": record.description.id,
        "title": record.title,
        "text": "".join(page.text + PAGE_BREAK for page in pages),
        "metadata": {"number": number, "about": [value for value in record.about if value != number]},
    }


def _write_lines(path: Path, values: Iterable[Mapping[str, object]]) -> None:
    with path.open("w", encoding="utf-8") as file:
        for value in values:
            file.write(json.dumps(value, ensure_ascii=False) + "\n")
