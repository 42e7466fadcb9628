"""From a file to lines that are fit to be kept: everything is read and judged before anything is written.

The archive database is not needed for it (see `indexer.lists.targets`).
"""

from collections.abc import Callable, Collection, Mapping
from dataclasses import dataclass
from pathlib import Path

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
