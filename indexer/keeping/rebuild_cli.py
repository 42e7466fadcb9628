"""The command `archive-indexer rebuild`."""

import sys
from collections.abc import Callable
from contextlib import closing
from functools import partial
from random import Random
from time import sleep

import click
from rich.console import Console

from indexer.allocation import give_memory_back
from indexer.index.port import Generation
from indexer.keeping.failing import one_sentence_or_rebuild
from indexer.keeping.locks import Purpose, holding
from indexer.keeping.opened import Opened, opened_here
from indexer.keeping.patience import Patience, patiently
from indexer.keeping.refused_rows import RefusedRows
from indexer.keeping.switching import put_into_service
from indexer.lists.terminal import fail, notes, today
from indexer.rebuild import ProbeFailed, Rebuilt, rebuild
from indexer.reporting import RebuildProgress, Report, rebuilt_table
from indexer.sources.port import BadRow

ROWS_REFUSED = 3

ATTEMPTS = 12
"""How often a full generation tries to catch up before it is given up: a few minutes."""

console = Console(stderr=True)

_CODES = (
    "Exit codes: 0 done, 1 it failed: the generation in service was not touched, or it is the new one and has not "
    "caught up (see status), 2 wrong arguments, 3 done, but rows were refused (see the report file), 6 the log of "
    "changes was lost meanwhile: start anew."
)


@click.command("rebuild", epilog=_CODES)
@click.option("--resume", is_flag=True, help="Go on with the generation that an earlier rebuild left unfinished.")
def rebuild_command(resume: bool) -> None:
    """Read the whole archive database into a new generation of the index and put it into service.

    The generation in service answers until the last moment, and goes on answering when anything fails. Before the
    switch the new one catches up with everything that was closed or changed since the rebuild began.

    \b
    Examples:
      archive-indexer rebuild
      archive-indexer rebuild --resume
    """
    give_memory_back()
    archive = opened_here()
    reports_dir = archive.settings.reports_dir
    refused, notices = RefusedRows(reports_dir), Report(reports_dir / "notices.tsv")
    try:
        with one_sentence_or_rebuild(), holding(archive.locks, Purpose.REBUILDING, None), closing(refused):
            with RebuildProgress(console) as progress:
                done = rebuild(
                    archive.source,
                    archive.register.restrictions(),
                    archive.generations,
                    today=today(),
                    begun=lambda done: refused.begin(done.generation, done.tally.refused.total()),
                    refused=refused.add,
                    noticed=notices.noticed,
                    progress=progress,
                    resume=resume,
                    put_into_service=_putting_into_service(archive),
                )
            archive.unwritten(done.generation, done.unwritten)
    except ProbeFailed as error:
        fail(f"{error}; the generation in service was not touched")
    _leave(archive, done, refused, notices)


def _putting_into_service(archive: Opened) -> Callable[[Generation], None]:
    def switch(generation: Generation) -> None:
        put_into_service(
            generation, archive.generations, archive.source, archive.register, today=today(), steps=archive.steps()
        )

    def patient(generation: Generation) -> None:
        """The work of hours is not thrown away because something is away for a minute."""
        patiently(
            partial(switch, generation),
            attempts=ATTEMPTS,
            patience=Patience(Random()),  # noqa: S311 - it spreads waits
            sleep=sleep,
            say=notes.print,
        )

    return patient


def _leave(archive: Opened, done: Rebuilt, refused: RefusedRows, notices: Report) -> None:
    """Write the reports, and show what was done."""
    report = Report(archive.settings.reports_dir / "refused.tsv")
    unmatched = (BadRow(target, "a list or a withdrawal names it, but no row has this id") for target in done.unmatched)
    for row in (*refused.rows, *unmatched, *archive.refused):
        report.refused(row)
    report.write()
    refused.forget()
    notices.write()
    console.print(rebuilt_table(done))
    if done.resumed:
        console.print(f"{done.resumed:,} rows had been read before")
    if refused.lost:
        console.print(f"{refused.lost:,} of the rows refused before are counted, not named: what noted them is gone")
    if done.tally.noticed:
        console.print(f"pages that somebody should look at: see {notices.path}")
    if done.unwritten:
        console.print(f"{len(done.unwritten):,} records were refused by the engine: archive-indexer dead-letters")
    if done.tally.refused or done.unmatched:
        console.print(f"rows refused, or lines and withdrawals that close nothing: see {report.path}")
        sys.exit(ROWS_REFUSED)
