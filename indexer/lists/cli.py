"""The command `archive-indexer list`: the life of a restricted-use list, to the day it ends."""

import sys
from contextlib import closing
from datetime import date
from itertools import islice
from pathlib import Path

import click
from rich.markup import escape

from access_policy.register.errors import AlreadyActive, NotActive
from access_policy.register.restrictions import Supposed
from access_policy.register.store import open_register
from indexer.lists import reporting
from indexer.lists.described import open_descriptions
from indexer.lists.differing import Kind, differences
from indexer.lists.exporting import export
from indexer.lists.import_cli import import_command
from indexer.lists.preview import Preview, permits_by_record, preview
from indexer.lists.terminal import (
    CLOSES_NOTHING,
    EXIT_CODES,
    Steps,
    answers,
    as_day,
    by_option,
    notes,
    now,
    one_sentence,
    today,
)
from indexer.settings import IndexerSettings

LINES_SHOWN = 20


@click.group("list", epilog=EXIT_CODES)
def list_group() -> None:
    """Restricted-use lists: import one, see what it would close, put it into force, compare, export.

    A list never changes once it is imported, binds nothing until a second person activates it, and ends when a later
    one replaces it.

    \b
    Examples:
      archive-indexer list import danh-muc.xlsx --number 20/DM --issued 01/12/2026 --authority "UBND tỉnh" --basis "…"
      archive-indexer list preview 20/DM --from 01/01/2027 --replaces 12/DM
      archive-indexer list activate 20/DM --from 01/01/2027 --replaces 12/DM
      archive-indexer list diff 12/DM 20/DM
      archive-indexer list export 20/DM --to 20-DM.xlsx
    """


list_group.add_command(import_command)


@list_group.command("preview", epilog=EXIT_CODES)
@click.argument("number")
@click.option("--from", "day", type=as_day, metavar="DAY", help="The day it would bind from; today otherwise.")
@click.option("--replaces", metavar="OTHER", help="The list it would replace.")
def preview_command(number: str, day: date | None, replaces: str | None) -> None:
    """Say what a draft would close and open: records, pages and open permits, by fonds.

    \b
    Example: archive-indexer list preview 20/DM --from 01/01/2027 --replaces 12/DM
    """
    settings, day = IndexerSettings(), day or today()
    with one_sentence():
        found = _preview(settings, Supposed(number, day, replaces))
    if found.fonds:
        answers.print(reporting.preview_table(found))
    else:
        answers.print(f"On {day:%d/%m/%Y} nothing would change.")
    notes.print(f"{found.records_read:,} records weighed for {day:%d/%m/%Y}")
    if found.unmatched:
        some = ", ".join(found.unmatched[:5])
        notes.print(f"{len(found.unmatched):,} targets are no record's id and close nothing: {escape(some)}")
        sys.exit(CLOSES_NOTHING)


@list_group.command("activate", epilog=EXIT_CODES)
@click.argument("number")
@click.option("--from", "day", type=as_day, metavar="DAY", required=True, help="The day it binds from.")
@click.option("--replaces", metavar="OTHER", help="The list that ends on that day.")
@by_option
def activate_command(number: str, day: date, replaces: str | None, by: str) -> None:
    """Put a draft into force. Whoever imported it cannot; it takes a second person.

    \b
    Example: archive-indexer list activate 20/DM --from 01/01/2027 --replaces 12/DM --by "Lê Thị B"
    """
    with one_sentence():
        register = open_register(IndexerSettings().register_url)
        revision = register.activate(number, effective_from=day, author=by, now=now(), replaces=replaces)
    notes.print(f"list {escape(number)} binds from {day:%d/%m/%Y} (revision {revision})")
    if replaces is not None:
        notes.print(f"list {escape(replaces)} ends on that day")
    notes.print("from that day the portal keeps back what it closes; archive-indexer update brings the index up to it")


@list_group.command("diff", epilog=EXIT_CODES)
@click.argument("before")
@click.argument("after")
def diff_command(before: str, after: str) -> None:
    """Compare two lists: lines added (+), removed (-) and changed (~), by target and pages.

    \b
    Example: archive-indexer list diff 12/DM 20/DM
    """
    counts = dict.fromkeys(Kind, 0)
    with one_sentence():
        for difference in differences(open_register(IndexerSettings().register_url), before, after):
            counts[difference.kind] += 1
            click.echo(reporting.difference_line(difference))
    notes.print(", ".join(f"{count:,} {kind.name.lower()}" for kind, count in counts.items()))


@list_group.command("show", epilog=EXIT_CODES)
@click.argument("number", required=False)
def show_command(number: str | None) -> None:
    """Show every list, or one with its first lines.

    \b
    Example: archive-indexer list show 12/DM
    """
    with one_sentence():
        register = open_register(IndexerSettings().register_url)
        if number is None:
            answers.print(reporting.versions_table(register.versions()))
            return
        kept = register.version(number)
        with closing(register.entries(number)) as stream:
            lines = list(islice(stream, LINES_SHOWN))
    answers.print(reporting.versions_table([kept]))
    answers.print(escape(f"{kept.version.authority}; {kept.version.legal_basis}"))
    answers.print(reporting.entries_table(lines))
    if kept.lines > len(lines):
        notes.print(f"{kept.lines - len(lines):,} more lines: archive-indexer list export {escape(number)} --to FILE")


@list_group.command("export", epilog=EXIT_CODES)
@click.argument("number")
@click.option("--to", "file", required=True, type=click.Path(path_type=Path), help="A new .csv or .xlsx file.")
def export_command(number: str, file: Path) -> None:
    """Write a list to a file that a spreadsheet opens and `list import` takes back.

    \b
    Example: archive-indexer list export 12/DM --to 12-DM.xlsx
    """
    with one_sentence(), Steps() as steps:
        register = open_register(IndexerSettings().register_url)
        total = register.version(number).lines
        with closing(register.entries(number)) as lines:
            export(lines, file, lambda done: steps("writing", done, total))
    notes.print(f"{total:,} lines in {escape(str(file))}")


def _preview(settings: IndexerSettings, supposed: Supposed) -> Preview:
    register = open_register(settings.register_url)
    if register.version(supposed.number).effective_from is not None:
        raise AlreadyActive(f"list {supposed.number} binds already; only a draft can be previewed")
    if supposed.replaces is not None and register.version(supposed.replaces).effective_from is None:
        raise NotActive(f"list {supposed.replaces} has never been in force, so nothing can replace it")
    source = open_descriptions(settings.database_url)
    total = source.count()
    with Steps() as steps:
        return preview(
            source,
            register.restrictions(),
            register.restrictions(supposed),
            targets=[entry.target_id for entry in register.entries(supposed.number)],
            permits=permits_by_record(register.open_permits()),
            day=supposed.effective_from,
            progress=lambda done: steps("weighing records", done, total),
        )
