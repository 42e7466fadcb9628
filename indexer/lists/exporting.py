"""Writing a list to a file that a spreadsheet opens and an import takes back."""

import csv
from collections.abc import Callable, Iterator, Sequence
from datetime import date, datetime, time
from io import TextIOWrapper
from pathlib import Path
from typing import BinaryIO

from openpyxl import Workbook
from openpyxl.cell import WriteOnlyCell
from openpyxl.styles import Font
from openpyxl.utils.exceptions import IllegalCharacterError
from openpyxl.worksheet._write_only import WriteOnlyWorksheet

from access_policy.register.categories import category_words
from access_policy.register.entries import ListEntry
from indexer.lists.csv_sheet import escaped
from indexer.lists.headings import HEADINGS

Value = str | int | date | None
Entries = Iterator[ListEntry]

_WIDTHS = (6, 42, 10, 10, 34, 60, 14, 16, 16, 14)


class CannotWrite(Exception):
    """The file cannot be written. The message is one sentence."""


def export(entries: Entries, path: Path, progress: Callable[[int], None]) -> None:
    """Write a new file, whole or not at all; its ending says which format. Raises CannotWrite."""
    write = _WRITERS.get(path.suffix.lower())
    if write is None:
        raise CannotWrite(f"{path.name}: the name of the file ends in .csv or .xlsx")
    if path.exists():
        raise CannotWrite(f"{path} is there already")
    part = path.with_name(f".{path.name}.part")
    try:
        try:
            with part.open("wb") as file:
                write(_counted(entries, progress), file)
            part.replace(path)
        finally:
            part.unlink(missing_ok=True)
    except OSError as error:
        raise CannotWrite(f"{path} cannot be written: {error.strerror or error}") from None
    except IllegalCharacterError:
        raise CannotWrite("a line holds characters that no .xlsx can hold; export it as .csv") from None


def _counted(entries: Entries, progress: Callable[[int], None]) -> Entries:
    for done, entry in enumerate(entries, start=1):
        yield entry
        progress(done)


def _write_csv(entries: Entries, file: BinaryIO) -> None:
    # With a byte order mark, without which a spreadsheet would not know that it is UTF-8.
    text = TextIOWrapper(file, encoding="utf-8-sig", newline="")
    writer = csv.writer(text)
    writer.writerow(_headings())
    for entry in entries:
        writer.writerow([_plain(value) for value in _values(entry)])
    text.detach()


def _write_xlsx(entries: Entries, file: BinaryIO) -> None:
    workbook = Workbook(write_only=True)
    sheet = workbook.create_sheet("Danh mục")
    sheet.freeze_panes = "A2"
    for place, width in enumerate(_WIDTHS):
        sheet.column_dimensions[chr(ord("A") + place)].width = width
    bold = Font(bold=True)
    headings = [WriteOnlyCell(sheet, heading) for heading in _headings()]
    for cell in headings:
        cell.font = bold
    try:
        sheet.append(headings)
        for entry in entries:
            sheet.append([_cell(sheet, value) for value in _values(entry)])
    finally:
        sheet.close()
    workbook.save(file)


def _cell(sheet: WriteOnlyWorksheet, value: Value) -> object:
    """Words stay words, also where a spreadsheet would take them for a formula."""
    cell = WriteOnlyCell(sheet, datetime.combine(value, time()) if isinstance(value, date) else value)
    if isinstance(value, str):
        cell.data_type = "s"
        cell.number_format = "@"
    elif isinstance(value, date):
        cell.number_format = "dd/mm/yyyy"
    return cell


def _headings() -> list[str]:
    return ["STT", *(names[0] for names in HEADINGS.values())]


def _values(entry: ListEntry) -> Sequence[Value]:
    """The cells of one line, in the order of the headings."""
    first, last = entry.pages or (None, None)
    known = entry.existence_shown or entry.description_shown
    shown = (known, entry.description_shown, entry.requestable)
    category = category_words(entry.category)
    return (entry.line, entry.target_id, first, last, category, entry.reason, entry.opens_on, *map(_answer, shown))


def _answer(yes: bool) -> str:
    return "có" if yes else "không"


def _plain(value: Value) -> str:
    if isinstance(value, date):
        return f"{value:%d/%m/%Y}"
    return "" if value is None else escaped(str(value))


_WRITERS = {".csv": _write_csv, ".xlsx": _write_xlsx}
