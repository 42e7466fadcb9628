"""What the indexer shows in the terminal and leaves in a report file."""

from pathlib import Path
from typing import Self

from rich.console import Console
from rich.progress import BarColumn, MofNCompleteColumn, Progress, TaskProgressColumn, TextColumn, TimeRemainingColumn
from rich.table import Table

from access_policy.rules import rule_named
from indexer.pipeline import Notice
from indexer.rebuild import Rebuilt
from indexer.sources.port import BadRow


class RebuildProgress:
    """A bar over the rows of the archive database, with the rate in pages and the time remaining."""

    def __init__(self, console: Console) -> None:
        self._bar = Progress(
            TextColumn("{task.description}"),
            BarColumn(),
            MofNCompleteColumn(),
            TaskProgressColumn(),
            TextColumn("{task.fields[rate]:,.0f} pages/s"),
            TimeRemainingColumn(),
            console=console,
        )
        self._task = self._bar.add_task("indexing", rate=0.0, total=None)

    def __enter__(self) -> Self:
        self._bar.start()
        return self

    def __exit__(self, *_error: object) -> None:
        self._bar.stop()

    def __call__(self, done: Rebuilt) -> None:
        """Show how far a rebuild is."""
        elapsed = self._bar.tasks[0].elapsed or 0.0
        rate = done.tally.pages_read / elapsed if elapsed else 0.0
        self._bar.update(self._task, completed=done.tally.rows, total=done.rows, rate=rate)


class PagesProgress:
    """A bar over the pages of a demonstration archive."""

    def __init__(self, console: Console, pages: int) -> None:
        columns = (TextColumn("writing"), BarColumn(), MofNCompleteColumn(), TimeRemainingColumn())
        self._bar = Progress(*columns, console=console)
        self._task = self._bar.add_task("writing", total=pages)

    def __enter__(self) -> Self:
        self._bar.start()
        return self

    def __exit__(self, *_error: object) -> None:
        self._bar.stop()

    def __call__(self, written: int) -> None:
        """Show how many pages have been written."""
        self._bar.update(self._task, completed=written)


class Report:
    """A file for staff, one line each: what it is about, tab, what is the matter; for their eyes only (mode 0600)."""

    def __init__(self, path: Path) -> None:
        self.path = path
        self._lines: list[str] = []

    def refused(self, row: BadRow) -> None:
        """Note a row that was refused."""
        self._lines.append(f"{row.key}\t{row.reason}\n")

    def noticed(self, notice: Notice) -> None:
        """Note a page that somebody should look at."""
        self._lines.append(f"{notice.record_id}, page {notice.page}\t{notice.reason}\n")

    def write(self) -> None:
        """Write the file, replacing that of the last rebuild."""
        self.path.parent.mkdir(parents=True, exist_ok=True)
        self.path.touch(mode=0o600)
        self.path.write_text("".join(self._lines))


def rebuilt_table(done: Rebuilt) -> Table:
    """What was read, indexed, kept out (by rule) and refused (by reason)."""
    tally = done.tally
    table = Table(title=f"Generation {done.generation}", title_justify="left")
    table.add_column("")
    table.add_column("records", justify="right")
    table.add_column("pages", justify="right")
    table.add_row("read", f"{tally.records_read:,}", f"{tally.pages_read:,}")
    table.add_row("indexed", f"{tally.records_indexed:,}", f"{tally.pages_indexed:,}")
    for rule, count in tally.kept_out.most_common():
        table.add_row(f"kept out: {rule} ({rule_named(rule).citation.text_en})", f"{count:,}", "")
    for reason, count in tally.refused.most_common():
        table.add_row(f"refused: {reason}", f"{count:,}", "")
    if tally.records_acknowledged:
        table.add_row("only known to be there", f"{tally.records_acknowledged:,}", "")
    for reason, count in tally.noticed.most_common():
        table.add_row(f"to be looked at: {reason}", "", f"{count:,}")
    if done.unmatched:
        table.add_row("lines of lists and withdrawals that name no record", f"{len(done.unmatched):,}", "")
    return table
