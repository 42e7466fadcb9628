"""The command `archive-indexer`: from the archive database to the search index."""

import sys
from datetime import date, datetime
from pathlib import Path
from typing import NoReturn

import click
from rich.console import Console
from rich.table import Table

from access_policy.overlay import NO_OVERLAY
from access_policy.reader import ANONYMOUS
from access_policy.register.errors import RegisterError
from access_policy.register.restrictions import Restrictions
from access_policy.register.stamps import ARCHIVE_ZONE
from access_policy.register.store import open_register
from access_policy.visibility import visible_to
from indexer import upkeep
from indexer.allocation import give_memory_back
from indexer.audit.commands import command as audit
from indexer.demo_archive.build import ArchiveNotEmpty, build_demo_archive
from indexer.demo_archive.real_documents import add_real_documents
from indexer.index.port import IndexUnavailable, Search
from indexer.index.readers import open_readers
from indexer.index.writers import open_generations
from indexer.lists.changes_cli import COMMANDS
from indexer.lists.cli import list_group
from indexer.rebuild import ProbeFailed, rebuild
from indexer.reporting import PagesProgress, RebuildProgress, Report, rebuilt_table
from indexer.settings import IndexerSettings
from indexer.sources.open import open_source
from indexer.sources.port import BadRow, SourceUnavailable
from indexer.verify import verify

FAILED, ROWS_REFUSED = 1, 3

console = Console(stderr=True)


@click.group(
    epilog="Exit codes: 0 all is well, 1 it failed and nothing was changed, 2 wrong arguments, "
    "3 done but rows were refused (see the report file). Settings: archive.toml or ARCHIVE_... in the environment."
)
def main() -> None:
    """Copy metadata and text from the archive database into the search index, and nothing that may not be known.

    \b
    Examples:
      archive-indexer demo-archive --pages 12000 --seed 1
      archive-indexer rebuild
      archive-indexer status
      archive-indexer verify
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


@main.command("rebuild")
def rebuild_command() -> None:
    """Read the whole archive database into a new generation of the index and put it into service.

    The generation in service answers until the last moment, and goes on answering when anything fails.
    """
    give_memory_back()
    settings = IndexerSettings()
    report, notices = Report(settings.reports_dir / "refused.tsv"), Report(settings.reports_dir / "notices.tsv")
    try:
        with RebuildProgress(console) as progress:
            done = rebuild(
                open_source(settings.database_url),
                _restrictions(settings),
                open_generations(settings.index_dir),
                today=_today(),
                refused=report.refused,
                noticed=notices.noticed,
                progress=progress,
            )
    except (SourceUnavailable, RegisterError, IndexUnavailable, ProbeFailed) as error:
        _fail(f"{error}; the generation in service was not touched")
    for target in done.unmatched:
        report.refused(BadRow(target, "a list or a withdrawal names it, but no row has this id"))
    report.write()
    notices.write()
    console.print(rebuilt_table(done))
    if done.tally.noticed:
        console.print(f"pages that somebody should look at: see {notices.path}")
    if done.tally.refused or done.unmatched:
        console.print(f"rows refused, or lines and withdrawals that close nothing: see {report.path}")
        sys.exit(ROWS_REFUSED)


@main.command()
def status() -> None:
    """Show the generation in service and how much of it anybody can find."""
    try:
        reader = open_readers(IndexerSettings().index_dir)()
        anybody = visible_to(reader=ANONYMOUS, today=_today(), overlay=NO_OVERLAY)
        records = reader.search(Search(limit=1), visibility=anybody).total
        pages = reader.page_total(visibility=anybody)
    except IndexUnavailable as error:
        _fail(str(error))
    console.print(_facts({"generation": reader.generation(), "records": f"{records:,}", "pages": f"{pages:,}"}))


@main.command("verify")
def verify_command() -> None:
    """Derive every record anew from the archive database and compare it with the index. Exits 1 on any difference."""
    settings = IndexerSettings()
    try:
        with console.status("comparing the index with the archive database"):
            found = verify(
                open_source(settings.database_url),
                _restrictions(settings),
                open_readers(settings.index_dir)(),
                today=_today(),
            )
    except (SourceUnavailable, RegisterError, IndexUnavailable) as error:
        _fail(str(error))
    console.print(_facts({name: f"{count:,}" for name, count in vars(found).items()}))
    sys.exit(0 if found.clean else FAILED)


for command in (list_group, *COMMANDS, *upkeep.COMMANDS, audit):
    main.add_command(command)


def _restrictions(settings: IndexerSettings) -> Restrictions:
    return open_register(settings.register_url).restrictions()


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
