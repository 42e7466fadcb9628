"""Reading a list from CSV: UTF-8, with commas, semicolons or tabs between the cells."""

import csv
import re
from collections.abc import Iterator, Sequence
from itertools import islice
from pathlib import Path

from indexer.lists.faults import UnreadableFile
from indexer.lists.headings import TITLE_ROWS, field_of

DELIMITERS = (",", ";", "\t")
LONGEST_CELL = 100_000

_ESCAPED = re.compile(r"'+[=+\-@]")
"""Cells that a spreadsheet would take for a formula are written with an apostrophe before them."""


def csv_rows(path: Path) -> Iterator[Sequence[str]]:
    """The rows of a CSV file, streamed; a blank line is a row without cells. Raises UnreadableFile."""
    delimiter = max(DELIMITERS, key=lambda each: _headings_known(path, each))
    for row in _records(path, delimiter):
        yield [cell[1:] if cell.startswith("'") and _ESCAPED.match(cell) else cell for cell in row]


def escaped(cell: str) -> str:
    """The cell as it is written: as text for every spreadsheet, and the same again when it is read."""
    return f"'{cell}" if _ESCAPED.match(f"'{cell}") else cell


def count_lines(path: Path) -> int:
    """How many lines the file has: about as many as rows."""
    with path.open("rb") as file:
        return sum(chunk.count(b"\n") for chunk in iter(lambda: file.read(1 << 20), b""))


def _headings_known(path: Path, delimiter: str) -> tuple[int, int]:
    """How many headings the best of the first rows has with this delimiter, known ones before any."""
    try:
        rows = list(islice(_records(path, delimiter), TITLE_ROWS))
    except UnreadableFile:
        return (-1, 0)
    return (
        max((sum(field_of(cell) is not None for cell in row) for row in rows), default=0),
        max(map(len, rows), default=0),
    )


def _records(path: Path, delimiter: str) -> Iterator[list[str]]:
    csv.field_size_limit(LONGEST_CELL)
    with path.open(encoding="utf-8-sig", newline="") as file:
        reader = csv.reader(file, delimiter=delimiter, strict=True)
        try:
            yield from reader
        except UnicodeDecodeError:
            raise UnreadableFile(
                f"the file is not UTF-8 (behind line {reader.line_num}); save it as CSV UTF-8"
            ) from None
        except csv.Error as error:
            raise UnreadableFile(f"line {reader.line_num} is no CSV: {error}") from None
