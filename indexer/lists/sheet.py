"""A list as a file: its rows, whatever the format. What the file is, its first bytes tell, not its name."""

from collections.abc import Iterator, Sequence
from contextlib import contextmanager
from dataclasses import dataclass
from pathlib import Path
from typing import BinaryIO

from indexer.lists.csv_sheet import count_lines, csv_rows
from indexer.lists.faults import UnreadableFile
from indexer.lists.xlsx_sheet import MOST_ROWS, xlsx_rows

Rows = Iterator[tuple[int, Sequence[object]]]
"""Rows as (number from 1, cells); what a cell may hold is said in `indexer.lists.cells`."""

_ZIP, _OLD_OFFICE = b"PK\x03\x04", b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1"
_ENCRYPTED = "EncryptedPackage".encode("utf-16-le")
_WIDE = (b"\xff\xfe", b"\xfe\xff")


@dataclass(frozen=True)
class Sheet:
    """The rows of a file, and about how many there are where that can be told beforehand."""

    rows: Rows
    total: int | None


@contextmanager
def open_sheet(path: Path, *, sheet: str | None) -> Iterator[Sheet]:
    """Open a CSV or XLSX file; `sheet` names a sheet of the latter (None: the first). Raises UnreadableFile."""
    try:
        with path.open("rb") as file:
            _refuse_foreign(file)
            if file.read(len(_ZIP)) == _ZIP:
                file.seek(0)
                with xlsx_rows(file, sheet) as (rows, total):
                    yield Sheet(_numbered(rows), total)
            else:
                if sheet is not None:
                    raise UnreadableFile("a CSV file has no sheets; leave out --sheet")
                yield Sheet(_numbered(csv_rows(path)), count_lines(path))
    except OSError as error:
        raise UnreadableFile(f"{path} cannot be read: {error.strerror or error}") from None


def _refuse_foreign(file: BinaryIO) -> None:
    """Say what the file is where it is no list at all, and go back to its beginning."""
    begin = file.read(1 << 20)
    file.seek(0)
    if not begin.strip(b"\x00\t\r\n \xef\xbb\xbf,;"):
        raise UnreadableFile("the file is empty")
    if begin.startswith(_OLD_OFFICE):
        if _ENCRYPTED in begin:
            raise UnreadableFile("the file is protected by a password; save it as .xlsx without one")
        raise UnreadableFile("the file is no .xlsx (an older .xls?); save it as .xlsx or as CSV UTF-8")
    if begin.startswith(_WIDE):
        raise UnreadableFile("the file is UTF-16 text; save it as CSV UTF-8")


def _numbered(rows: Iterator[Sequence[object]]) -> Rows:
    for number, row in enumerate(rows, start=1):
        if number > MOST_ROWS:
            raise UnreadableFile(f"the file has more than {MOST_ROWS:,} rows")
        yield number, row
