"""The command `archive-indexer reconcile`."""

import sys

import click
from rich.table import Table

from indexer.allocation import give_memory_back
from indexer.keeping.differing import Difference
from indexer.keeping.failing import one_sentence_or_rebuild
from indexer.keeping.opened import opened_here
from indexer.keeping.private_files import replace_file
from indexer.keeping.reconciling import MOST_REMEMBERED, Reconciled, Reconciler
from indexer.lists.terminal import Steps, answers, notes, today

REMAINING = 5

_CODES = (
    "Exit codes: 0 the index holds exactly what it should, 1 it failed, 2 wrong arguments, 5 some records differ, "
    "6 only a rebuild helps."
)


@click.command("reconcile", epilog=_CODES)
@click.option("--repair", is_flag=True, help="Write, or remove, what differs, and compare again.")
@click.option("--samples", default=5, show_default=True, type=click.IntRange(0, 100), help="Ids shown of each kind.")
def reconcile(repair: bool, samples: int) -> None:
    """Derive every record anew from the archive database and compare it with all that the index holds of it.

    Ids of records that must not be there are never shown, only kept in the report file.

    \b
    Examples:
      archive-indexer reconcile
      archive-indexer reconcile --repair
    """
    give_memory_back()
    archive = opened_here()
    report = archive.settings.reports_dir / "reconcile.tsv"
    with one_sentence_or_rebuild(), Steps() as steps:
        total = archive.source.count()
        reconciler = Reconciler(
            archive.source,
            archive.register,
            archive.generations,
            today(),
            archive.steps(),
            progress=lambda seen: steps("comparing", seen, total),
        )
        found = reconciler.compare()
        if repair and not found.clean and found.counts.total() <= MOST_REMEMBERED:
            reconciler.mend(found)
            found = reconciler.compare()
        archive.report_refused()
    replace_file(report, [f"{kind}\t{each}\n" for kind in Difference for each in found.ids.get(kind, ())])
    answers.print(_found_table(found, samples))
    if not found.clean:
        notes.print(f"every id: see {report}")
        if found.counts.total() > MOST_REMEMBERED:
            notes.print("so much differs that a rebuild is the shorter way: archive-indexer rebuild")
        sys.exit(REMAINING)


def _found_table(found: Reconciled, samples: int) -> Table:
    table = Table(title=f"{found.tally.records_read:,} records compared", title_justify="left")
    table.add_column("")
    table.add_column("records", justify="right")
    table.add_column("for example")
    for kind in Difference:
        shown = [] if kind is Difference.FORBIDDEN else found.ids.get(kind, [])[:samples]
        table.add_row(kind.value, f"{found.counts[kind]:,}", ", ".join(shown))
    return table
