"""The command `archive-indexer list import`: from a file to a draft in the register."""

from collections.abc import Iterator
from datetime import date
from pathlib import Path

import click
from rich.markup import escape

from access_policy.register.categories import CATEGORIES
from access_policy.register.entries import ListEntry, ListVersion, checked_version
from access_policy.register.errors import ListExists
from access_policy.register.store import Register, open_register
from indexer.lists import reporting
from indexer.lists.headings import HEADINGS
from indexer.lists.importing import ListFile, stage_lines
from indexer.lists.staging import Staging
from indexer.lists.targets import check_targets
from indexer.lists.terminal import EXIT_CODES, Steps, as_day, by_option, fail, notes, now, one_sentence
from indexer.settings import IndexerSettings
from indexer.sources.port import SourceUnavailable

_CATEGORIES = "; ".join(f"{each.code} ({each.words})" for each in CATEGORIES)


@click.command("import", epilog=f"Categories: {_CATEGORIES}. {EXIT_CODES}")
@click.argument("file", type=click.Path(path_type=Path))
@click.option("--number", required=True, help="Number of the list, as it was issued.")
@click.option("--issued", required=True, type=as_day, metavar="DAY", help="Day it was issued (31/12/2026).")
@click.option("--authority", required=True, help="Who issued it.")
@click.option("--basis", required=True, help="Its legal basis.")
@click.option("--map", "mapped", multiple=True, metavar="FIELD=COLUMN", help=f"Fields: {', '.join(HEADINGS)}.")
@click.option("--ignore", "ignored", multiple=True, metavar="COLUMN", help="A column to leave out.")
@click.option("--sheet", help="Sheet of the workbook; the first one otherwise.")
@click.option("--check", is_flag=True, help="Only say what is wrong with the file.")
@click.option("--unchecked", is_flag=True, help="Do not look for the records in the archive database.")
@by_option
def import_command(
    file: Path,
    number: str,
    issued: date,
    authority: str,
    basis: str,
    mapped: tuple[str, ...],
    ignored: tuple[str, ...],
    sheet: str | None,
    check: bool,
    unchecked: bool,
    by: str,
) -> None:
    """Read a list from a CSV (UTF-8) or XLSX file and keep it as a draft.

    Every line is checked; when one has a fault nothing is imported, and the report names all of them.

    \b
    Examples:
      archive-indexer list import danh-muc.xlsx --number 20/DM --issued 01/12/2026 --authority "UBND tỉnh" --basis "…"
      archive-indexer list import list.csv --check --map target=Code --ignore Shelf --number 20/DM …
    """
    settings = IndexerSettings()
    with one_sentence(), Staging() as staging:
        version = checked_version(ListVersion(number, issued, authority, basis))
        given = ListFile(file, sheet, _mapping(mapped), ignored)
        register = None if check else _register_without(settings, version.number)
        with Steps() as steps:
            stage_lines(given, staging, steps)
            remark = _check_targets(settings, staging, steps, unchecked=unchecked)
            if register is not None and not staging.faulty():
                register.import_version(version, _counted(staging, steps), author=by, now=now())
        _tell_imported(settings, version, staging, remark, by=by, imported=register is not None)


def _mapping(mapped: tuple[str, ...]) -> dict[str, str]:
    fields: dict[str, str] = {}
    for each in mapped:
        field, mark, heading = each.partition("=")
        if not mark or field not in HEADINGS or not heading.strip():
            raise click.BadParameter(
                f"{each!r}; one of {', '.join(HEADINGS)}, then = and the column", param_hint="--map"
            )
        fields[field] = heading
    return fields


def _register_without(settings: IndexerSettings, number: str) -> Register:
    """The register, asked before the long work rather than after it."""
    register = open_register(settings.register_url)
    if any(kept.version.number == number for kept in register.versions()):
        raise ListExists(f"list {number} is in the register already; a list never changes")
    return register


def _check_targets(settings: IndexerSettings, staging: Staging, steps: Steps, *, unchecked: bool) -> str:
    if unchecked:
        return "the records were not looked for in the archive database (--unchecked)"
    try:
        check_targets(settings.database_url, staging, steps)
    except SourceUnavailable as error:
        return f"the records could not be looked for: {error}"
    return ""


def _counted(staging: Staging, steps: Steps) -> Iterator[ListEntry]:
    total = staging.count()
    for done, entry in enumerate(staging.entries(), start=1):
        yield entry
        steps("importing", done, total)


def _tell_imported(
    settings: IndexerSettings, version: ListVersion, staging: Staging, remark: str, *, by: str, imported: bool
) -> None:
    report, faulty = reporting.report_path(settings.reports_dir, version.number), staging.faulty()
    if remark:
        notes.print(escape(remark))
    if faulty:
        reporting.write_report(report, staging.faults())
        notes.print(reporting.faults_table(staging.faults()))
        fail(f"{faulty:,} lines have faults, nothing was imported; all of them are in {report}")
    report.unlink(missing_ok=True)
    if not imported:
        notes.print(f"{staging.count():,} lines, no fault; nothing was imported (--check)")
        return
    number = escape(version.number)
    notes.print(
        f"list {number}: {staging.count():,} lines kept as a draft that binds nothing yet, imported by {escape(by)}"
    )
    notes.print(f"next: archive-indexer list preview {number} --from DAY")
    notes.print(f"then somebody else: archive-indexer list activate {number} --from DAY --by NAME")
    notes.print("to both add --replaces OTHER for the list that it takes the place of")
