"""The command `archive-indexer`: from the archive database to the search index."""

import sys
from datetime import date, datetime
from pathlib import Path
from typing import NoReturn

import click
from rich.console import Console
from rich.table import Table

from access_policy.register.errors import RegisterError
from access_policy.register.stamps import ARCHIVE_ZONE
from indexer import upkeep
from indexer.audit.commands import command as audit
from indexer.demo_archive.build import ArchiveNotEmpty, build_demo_archive
from indexer.demo_archive.real_documents import add_real_documents
from indexer.evaluation import commands as evaluation
from indexer.keeping import commands as keeping
from indexer.keeping.rebuild_cli import rebuild_command
from indexer.keeping.reconcile_cli import reconcile
from indexer.lists.changes_cli import COMMANDS
from indexer.lists.cli import list_group
from indexer.outbox_cli import outbox_group
from indexer.reporting import PagesProgress
from indexer.settings import IndexerSettings

FAILED = 1

console = Console(stderr=True)


@click.group(
    epilog="Exit codes: 0 all is well, 1 it failed and nothing was changed, 2 wrong arguments, "
    "3 done but rows were refused (see the report file), 4 alarm, 5 index and database differ, 6 a rebuild is needed. "
    "Settings: archive.toml or ARCHIVE_... in the environment."
)
def main() -> None:
    """Copy metadata and text from the archive database into the search index, and nothing that may not be known.

    \b
    Examples:
      archive-indexer demo-archive --pages 12000 --seed 1
      archive-indexer rebuild
      archive-indexer status
      archive-indexer follow
      archive-indexer reconcile --repair
      archive-indexer list --help
      archive-indexer withdraw h47.ubt-01.hs-0412 --reason "…"
    """


@main.command("demo-archive")
@click.option("--pages", default=12_000, show_default=True, help="About how many pages.")
@click.option("--seed", default=1, show_default=True, help="The same seed gives the same archive.")
@click.option("--scans", default=200, show_default=True, help="How many items get scanned pages.")
@click.option("--real-documents", type=click.Path(path_type=Path), help="A folder of PDF and text files to add.")
def demo_archive(pages: int, seed: int, scans: int, real_documents: Path | None) -> None:
    """Build the demonstration archive: an invented province, its records, its restricted-use lists, its scans.

    \b
    Example: archive-indexer demo-archive --pages 12000 --seed 1
    """
    settings = IndexerSettings()
    try:
        with PagesProgress(console, pages) as progress:
            summary = build_demo_archive(
                settings.database_url,
                settings.pages_dir,
                register_url=settings.register_url,
                pages=pages,
                seed=seed,
                today=_today(),
                scans=scans,
                progress=progress,
            )
    except ArchiveNotEmpty as error:
        _fail(f"{error}: a demonstration is never built on top of an archive")
    except RegisterError as error:
        _fail(str(error))
    if real_documents is not None:
        add_real_documents(settings.database_url, settings.pages_dir, real_documents)
    console.print(_facts({"pages": f"{summary.pages:,}", **{kind: f"{n:,}" for kind, n in summary.records.items()}}))


for command in (
    rebuild_command,
    *keeping.COMMANDS,
    reconcile,
    list_group,
    *COMMANDS,
    *upkeep.COMMANDS,
    audit,
    *evaluation.COMMANDS,
):
    main.add_command(command)
main.add_command(outbox_group)


def _today() -> date:
    return datetime.now(ARCHIVE_ZONE).date()


def _facts(facts: dict[str, str]) -> Table:
    table = Table(show_header=False)
    for name, value in facts.items():
        table.add_row(name, value)
    return table


def _fail(message: str) -> NoReturn:
    console.print(f"[bold]failed:[/bold] {message}", soft_wrap=True)
    sys.exit(FAILED)
