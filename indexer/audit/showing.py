"""An audit in the terminal."""

from collections import Counter
from typing import Self

from rich.console import Console
from rich.progress import BarColumn, MofNCompleteColumn, Progress, TaskProgressColumn, TextColumn, TimeRemainingColumn
from rich.table import Table

from indexer.audit.auditing import Audited
from indexer.audit.finding import Side
from indexer.audit.report import channels, result
from indexer.pipeline import Tally

SHOWN = 10
"""Findings of one kind that are shown; the report names more."""

WORDS = {
    Side.LEAK: "leak",
    Side.LATE: "late",
    Side.PENDING: "pending (kept back by the filter)",
}


class AuditProgress:
    """A bar over the rows of the archive database, with the rate in records and pages."""

    def __init__(self, console: Console, rows: int) -> None:
        self._bar = Progress(
            TextColumn("{task.description}"),
            BarColumn(),
            MofNCompleteColumn(),
            TaskProgressColumn(),
            TextColumn("{task.fields[rate]:,.0f} documents/s"),
            TimeRemainingColumn(),
            console=console,
        )
        self._task = self._bar.add_task("comparing", rate=0.0, total=rows)

    def __enter__(self) -> Self:
        self._bar.start()
        return self

    def __exit__(self, *_error: object) -> None:
        self._bar.stop()

    def compared(self, tally: Tally) -> None:
        """See `Watching`."""
        elapsed = self._bar.tasks[0].elapsed or 0.0
        rate = (tally.records_read + tally.pages_read) / elapsed if elapsed else 0.0
        self._bar.update(self._task, completed=tally.rows, rate=rate)

    def turned_to(self, what: str) -> None:
        """See `Watching`."""
        self._bar.update(self._task, description=what)


def audited_table(audited: Audited) -> Table:
    """What was compared and questioned, and everything found by side and kind."""
    compared = audited.compared
    table = Table(title=f"Audit of generation {compared.generation}: {result(audited)}", title_justify="left")
    table.add_column("")
    table.add_column("number", justify="right")
    for what, number in _numbers(audited).items():
        table.add_row(what, f"{number:,}")
    for (side, kind), count in sorted(audited.findings.counts.items(), key=lambda item: item[0][0].value):
        style = "bold red" if side is Side.LEAK else None
        table.add_row(f"{WORDS[side]}: {kind.value}", f"{count:,}", style=style)
    return table


def findings_table(audited: Audited) -> Table:
    """The first findings of each kind."""
    table = Table("", "kind", "record", "page", "field", title="Findings", title_justify="left")
    for (side, kind), findings in audited.findings.named.items():
        for finding in findings[:SHOWN]:
            page = str(finding.page) if finding.page else ""
            table.add_row(side.value, kind.value, finding.record_id, page, finding.field)
    return table


def _numbers(audited: Audited) -> dict[str, int]:
    compared, asked = audited.compared, Counter[str]()
    for channel in channels(audited):
        asked["portal" if channel["channel"].startswith("portal ") else "index"] += channel["questions"]
    return {
        "records compared": compared.records,
        "pages compared": compared.pages,
        "records that may not be there, looked for": compared.kept_out,
        "words that stand only in what is kept out, asked for": len(audited.asked.words),
        "questions to the index": asked["index"],
        "questions to the portal": asked["portal"],
        "documents deleted in place, still counted in scores": compared.residue.documents,
        "words left behind by them": compared.residue.terms,
    }
