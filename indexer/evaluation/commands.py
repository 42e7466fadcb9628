"""The commands `archive-indexer evaluate` and `archive-indexer known-items`."""

from collections.abc import Iterator
from contextlib import contextmanager
from functools import partial
from pathlib import Path

import click

from access_policy.register.store import open_register
from indexer.allocation import give_memory_back
from indexer.evaluation.dataset import read_dataset
from indexer.evaluation.evaluating import Evaluation
from indexer.evaluation.evaluating import evaluate as evaluate_dataset
from indexer.evaluation.known_item_files import FolderTaken, findable, write_known_items
from indexer.evaluation.known_items import TooFewItems
from indexer.evaluation.lines import DatasetRefused
from indexer.evaluation.measures import RECALL_DEPTH, MeasuresMissing
from indexer.evaluation.showing import as_json, as_run, remarks, rows_table, write_whole
from indexer.index.port import IndexUnavailable
from indexer.lists.terminal import Steps, answers, fail, notes, one_sentence, today
from indexer.settings import IndexerSettings
from indexer.sources.open import open_source

LEAST_QUERIES, MOST_DEEP = 300, 1000

_FAILURES = (DatasetRefused, FolderTaken, IndexUnavailable, MeasuresMissing, TooFewItems, OSError)

_FILE = click.Path(path_type=Path, exists=True, dir_okay=False, readable=True)
_NEW_FILE = click.Path(path_type=Path, dir_okay=False, writable=True)


@click.command("evaluate", epilog="Exit codes: 0 measured, 1 it failed and nothing was written, 2 wrong arguments.")
@click.option("--corpus", type=_FILE, required=True, help='JSON lines {"_id", "title", "text"}.')
@click.option("--queries", type=_FILE, required=True, help='JSON lines {"_id", "text"}.')
@click.option("--qrels", type=_FILE, required=True, help="Tab-separated: query-id, corpus-id, score.")
@click.option(
    "--depth",
    default=RECALL_DEPTH,
    show_default=True,
    type=click.IntRange(RECALL_DEPTH, MOST_DEEP),
    help="How many documents each query asks for.",
)
@click.option("--json", "json_file", type=_NEW_FILE, help="Also write the numbers here.")
@click.option("--run", "run_file", type=_NEW_FILE, help="Also write what was found, as a TREC run.")
def evaluate(
    corpus: Path, queries: Path, qrels: Path, depth: int, json_file: Path | None, run_file: Path | None
) -> None:
    """Measure how well search finds: nDCG@10, MRR@10 and recall@100 over judged queries in the layout of BEIR.

    The corpus goes into an index of its own, in a temporary folder; the index in service is not touched.

    \b
    Example:
      archive-indexer evaluate --corpus corpus.jsonl --queries queries.jsonl --qrels qrels.tsv
    """
    give_memory_back()
    with _failures(), Steps() as steps:
        _must_have_folder(json_file, run_file)
        dataset = read_dataset(corpus, queries, qrels, progress=lambda done: steps("reading", done, None))
        evaluation = evaluate_dataset(dataset, IndexerSettings(), depth=depth, today=today(), progress=steps)
        _keep(evaluation, json_file, run_file)
    answers.print(rows_table(evaluation))
    for remark in remarks(evaluation):
        notes.print(remark)


@click.command("known-items", epilog="Exit codes: 0 written, 1 it failed and nothing was written, 2 wrong arguments.")
@click.option("--seed", default=1, show_default=True, help="The same seed draws the same queries.")
@click.option("--queries", default=600, show_default=True, type=click.IntRange(LEAST_QUERIES), help="How many.")
@click.argument("out_dir", type=click.Path(path_type=Path, file_okay=False))
def known_items(seed: int, queries: int, out_dir: Path) -> None:
    """Draw queries from the archive whose one right answer is known, and write them and the archive for `evaluate`.

    Six classes, equally many of each: titles, words from a page, the same without accents, in another accepted
    spelling, with mistakes of text recognition, and document numbers. Only from what everybody may find.

    \b
    Example: archive-indexer known-items --seed 1 --queries 600 known/
    """
    settings = IndexerSettings()
    with _failures(), Steps() as steps:
        source, day = open_source(settings.database_url), today()
        found = findable(
            source,
            open_register(settings.register_url).restrictions(),
            today=day,
            progress=partial(steps, "reading the archive database", total=source.count()),
        )
        written = write_known_items(out_dir, found, queries=queries, seed=seed)
    notes.print(f"{written} queries and their corpus are in {out_dir}")


COMMANDS = (evaluate, known_items)


@contextmanager
def _failures() -> Iterator[None]:
    """Turns what can go wrong into one sentence and exit code 1."""
    with one_sentence():
        try:
            yield
        except _FAILURES as error:
            fail(str(error))


def _must_have_folder(*files: Path | None) -> None:
    """Found out before the long work and not after it. Raises FileNotFoundError."""
    for file in files:
        if file is not None and not file.parent.is_dir():
            raise FileNotFoundError(f"{file}: there is no such folder")


def _keep(evaluation: Evaluation, json_file: Path | None, run_file: Path | None) -> None:
    if json_file is not None:
        write_whole(json_file, as_json(evaluation))
    if run_file is not None:
        write_whole(run_file, as_run(evaluation))
