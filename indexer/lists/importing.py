"""From a file to lines that are fit to be kept: everything is read and judged before anything is written."""

from collections.abc import Callable, Collection, Iterator, Mapping
from dataclasses import dataclass
from pathlib import Path

from indexer.lists.described import open_ids, target_ids
from indexer.lists.faults import UnreadableFile
from indexer.lists.headings import find_columns
from indexer.lists.line import LineRefused, read_line
from indexer.lists.sheet import open_sheet
from indexer.lists.staging import Staging

Progress = Callable[[str, int, int | None], None]
"""Told what is being done, how far it is, and how far it has to go where that is known."""


@dataclass(frozen=True)
class ListFile:
    """A file with a list, and what the operator says of its columns: headings by field, headings to leave out."""

    path: Path
    sheet: str | None
    mapped: Mapping[str, str]
    ignored: Collection[str]


def stage_lines(given: ListFile, staging: Staging, progress: Progress) -> None:
    """Read every line of the file and compare them with each other. Raises UnreadableFile."""
    with open_sheet(given.path, sheet=given.sheet) as sheet:
        columns = find_columns(sheet.rows, mapped=given.mapped, ignored=given.ignored)
        number = 0
        for number, row in sheet.rows:
            try:
                entry = read_line(columns, number, row)
            except LineRefused as refused:
                staging.refuse(number, str(refused))
            else:
                if entry is not None:
                    staging.add(entry)
            progress("reading", number, sheet.total)
        progress("reading", number, number)
    if not staging.count() and not staging.faulty():
        raise UnreadableFile("the file has headings, but no line below them")
    staging.compare()


def check_targets(database_url: str, staging: Staging, progress: Progress) -> None:
    """Refuse lines whose target is no record of the archive database. Raises SourceUnavailable."""
    source = open_ids(database_url)
    total = source.count()

    def ids() -> Iterator[str]:
        for done, target in enumerate(target_ids(source), start=1):
            progress("looking for the records", min(done, total), total)
            yield target

    staging.refuse_unknown(ids())
    progress("looking for the records", total, total)
