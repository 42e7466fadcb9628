"""Reading a list from XLSX, as a stream. Formulas and errors of the spreadsheet are told from values.

openpyxl reads the workbook and its cells. It would keep something of every row and all texts of the workbook in memory;
here the rows are let go one by one, and the texts stay on disk.
"""

import warnings
import zlib
from collections.abc import Iterator, Sequence
from contextlib import contextmanager
from typing import Any, BinaryIO
from xml.etree.ElementTree import ParseError
from zipfile import BadZipFile, ZipFile

from defusedxml.ElementTree import iterparse  # type: ignore[import-untyped]
from openpyxl import DEFUSEDXML
from openpyxl.reader.excel import ExcelReader
from openpyxl.utils.exceptions import InvalidFileException
from openpyxl.worksheet._reader import ROW_TAG, WorkSheetParser

from indexer.lists.cells import NoValue
from indexer.lists.faults import UnreadableFile
from indexer.lists.texts_on_disk import TextsOnDisk

MOST_BYTES = 1 << 30
"""Of the unpacked file; 200,000 lines need about a tenth of it."""

MOST_COLUMNS, MOST_ROWS = 16_384, 1_048_576
"""What a spreadsheet holds."""

_UNREADABLE = (
    *(BadZipFile, InvalidFileException, ParseError, zlib.error, EOFError, NotImplementedError, RuntimeError),
    *(KeyError, IndexError, ValueError, TypeError, AttributeError),
)
"""What openpyxl answers to a file that is broken, or no workbook; defusedxml refuses entities with a ValueError."""

_NO_XLSX = "the file is no .xlsx workbook, or it is damaged; save it as .xlsx or as CSV UTF-8"


@contextmanager
def xlsx_rows(file: BinaryIO, sheet: str | None) -> Iterator[tuple[Iterator[Sequence[object]], int | None]]:
    """The rows of one sheet, and how many the file claims to have. Raises UnreadableFile."""
    if not DEFUSEDXML:
        raise UnreadableFile("XLSX files are read only where the package defusedxml is installed")
    with warnings.catch_warnings(), TextsOnDisk() as texts:
        warnings.simplefilter("ignore")  # about looks of cells, which nobody asks for
        workbook = _open(file, texts)
        try:
            found = _sheet(workbook, sheet)
            yield _rows(workbook, found), found.max_row
        finally:
            workbook.close()


class _Reader(ExcelReader):
    """Leaves the texts of the workbook on disk."""

    def __init__(self, file: BinaryIO, texts: TextsOnDisk) -> None:
        super().__init__(file, read_only=True, data_only=False, keep_links=False)
        self._texts = texts

    def read_strings(self) -> None:
        """What `ExcelReader.read` calls to get at the texts."""
        part = self.package.find("application/vnd.openxmlformats-officedocument.spreadsheetml.sharedStrings+xml")  # type: ignore[no-untyped-call]
        if part is not None:
            with self.archive.open(part.PartName[1:]) as source:
                self._texts.fill(source)
        self.shared_strings = self._texts  # type: ignore[assignment]


def _open(file: BinaryIO, texts: TextsOnDisk) -> Any:
    try:
        with ZipFile(file) as packed:
            if sum(part.file_size for part in packed.infolist()) > MOST_BYTES:
                raise UnreadableFile(f"the workbook unpacks to more than {MOST_BYTES >> 20} MB")
        file.seek(0)
        reader = _Reader(file, texts)
        reader.read()
    except (*_UNREADABLE, OSError):
        raise UnreadableFile(_NO_XLSX) from None
    return reader.wb


def _sheet(workbook: Any, name: str | None) -> Any:
    sheets = {each.title: each for each in workbook.worksheets}
    if not sheets:
        raise UnreadableFile("the workbook has no sheets")
    if name is None:
        return next(iter(sheets.values()))
    if name not in sheets:
        raise UnreadableFile(f"the workbook has no sheet {name}; it has: {', '.join(sheets)}")
    return sheets[name]


def _rows(workbook: Any, sheet: Any) -> Iterator[Sequence[object]]:
    """Every row up to the last that the file holds; rows it leaves out have no cells."""
    reached = 0
    try:
        for number, cells in _parsed(workbook, sheet):
            if not reached < number <= MOST_ROWS:
                raise UnreadableFile(_NO_XLSX)
            yield from ([] for _ in range(reached + 1, number))
            yield _values(cells)
            reached = number
    except _UNREADABLE:
        raise UnreadableFile(_NO_XLSX) from None


def _parsed(workbook: Any, sheet: Any) -> Iterator[tuple[int, list[dict[str, Any]]]]:
    with sheet._get_source() as source:
        parser = WorkSheetParser(
            source,
            sheet._shared_strings,
            epoch=workbook.epoch,
            date_formats=workbook._date_formats,
            timedelta_formats=workbook._timedelta_formats,
        )
        around: list[Any] = []
        for event, element in iterparse(source, events=("start", "end")):
            if event == "start":
                around.append(element)
                continue
            around.pop()
            if element.tag == ROW_TAG:
                yield parser.parse_row(element)
                parser.row_dimensions.clear()
                around[-1].clear()


def _values(cells: list[dict[str, Any]]) -> Sequence[object]:
    """The cells by their columns; those that the file leaves out are empty."""
    row: list[object] = [None] * max((cell["column"] for cell in cells), default=0)
    if len(row) > MOST_COLUMNS:
        raise UnreadableFile(_NO_XLSX)
    for cell in cells:
        row[cell["column"] - 1] = _value(cell["data_type"], cell["value"])
    return row


def _value(data_type: str, value: object) -> object:
    if data_type == "f":
        return NoValue("a formula")
    return NoValue("an error of the spreadsheet") if data_type == "e" else value
