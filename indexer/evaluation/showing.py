"""What a measurement leaves: a table, a JSON file, a TREC run."""

import json
import os
from collections.abc import Iterator
from dataclasses import asdict
from pathlib import Path

from rich.table import Table

from indexer.evaluation.evaluating import Evaluation
from indexer.evaluation.measures import MEASURES, descending
from indexer.evaluation.scores import CONFIDENCE, Estimate, Row


def rows_table(evaluation: Evaluation) -> Table:
    """One row a class: the mean of each measure and its interval, and how many queries found nothing."""
    title = f"{evaluation.engine}, {evaluation.documents:,} documents; mean [{CONFIDENCE:.0%} interval]"
    table = Table(title=title, title_justify="left")
    table.add_column("queries")
    for heading in ("", *MEASURES, "found nothing"):
        table.add_column(heading, justify="right")
    for row in evaluation.rows:
        measures = (_interval(row.measures[name]) for name in MEASURES)
        table.add_row(row.name, f"{row.queries:,}", *measures, f"{row.zero_hits:.1%}")
    return table


def remarks(evaluation: Evaluation) -> Iterator[str]:
    """What has to be known to read the table right."""
    if evaluation.unjudged:
        yield f"{evaluation.unjudged:,} queries were not asked: no document is judged to answer them"
    if evaluation.found.cut:
        yield f"{evaluation.found.cut:,} queries are longer than the portal takes; their beginning was asked"
    if evaluation.unwritten:
        yield f"{evaluation.unwritten:,} documents were refused by the engine and could not be found"


def as_json(evaluation: Evaluation) -> str:
    """The measurement without the single hits."""
    values = {
        "engine": evaluation.engine,
        "depth": evaluation.depth,
        "documents": evaluation.documents,
        "documents_refused": evaluation.unwritten,
        "queries_without_answer": evaluation.unjudged,
        "queries_cut": evaluation.found.cut,
        "confidence": CONFIDENCE,
        "rows": [_plain(row) for row in evaluation.rows],
    }
    return json.dumps(values, ensure_ascii=False, indent=2) + "\n"


def as_run(evaluation: Evaluation) -> str:
    """Everything that was found, in the format of TREC: query, Q0, document, rank from 1, score, name of the run."""
    lines, rank, last = [], 0, None
    for query_id, document_id, score in descending(evaluation.found.by_query):
        rank = rank + 1 if query_id == last else 1
        last = query_id
        lines.append(f"{query_id} Q0 {document_id} {rank} {score:g} {evaluation.engine}\n")
    return "".join(lines)


def write_whole(path: Path, text: str) -> None:
    """Write a file in one step: whoever looks finds the old one or the new one. Raises OSError."""
    fresh = path.with_name(f".{path.name}.new")
    try:
        fresh.write_text(text, encoding="utf-8")
        os.replace(fresh, path)
    finally:
        fresh.unlink(missing_ok=True)


def _interval(estimate: Estimate) -> str:
    return f"{estimate.mean:.3f} \\[{estimate.low:.3f}–{estimate.high:.3f}]"


def _plain(row: Row) -> dict[str, object]:
    measures = {name: asdict(estimate) for name, estimate in row.measures.items()}
    return {"name": row.name, "queries": row.queries, **measures, "zero_hits": row.zero_hits}
