"""The queue as a spreadsheet: what the filters of the page show, all parts of it."""

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import replace
from datetime import date, datetime, time
from io import BytesIO
from typing import Any

from flask import Blueprint, request, send_file
from flask.typing import ResponseReturnValue
from openpyxl import Workbook
from openpyxl.cell import WriteOnlyCell
from openpyxl.cell.cell import ILLEGAL_CHARACTERS_RE
from openpyxl.styles import Font

from portal.accounts.staff.roles import Duty
from portal.clock import ARCHIVE_ZONE
from portal.desk.administration.office import AdministrationOffice
from portal.desk.cases.queue_page import read_asked
from portal.desk.cases.words import STATES
from portal.desk.gate import declares
from portal.i18n import N_, _
from portal.requests.case import Case
from portal.requests.terms import KINDS, Kind

MOST_ROWS = 10_000
LONGEST_CELL = 32_000
"""Characters; a spreadsheet holds 32,767 in a cell."""

MEDIA_TYPE = "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet"

Value = str | int | date | datetime | None

_COLUMNS = (
    (N_("Mã hồ sơ"), 24),
    (N_("Người yêu cầu"), 30),
    (N_("Yêu cầu"), 16),
    (N_("Số tài liệu"), 10),
    (N_("Tài liệu"), 60),
    (N_("Tình trạng"), 24),
    (N_("Gửi lúc"), 18),
    (N_("Tiếp nhận lúc"), 18),
    (N_("Hẹn trả"), 12),
    (N_("Người xử lý"), 24),
    (N_("Quyết định lúc"), 18),
)


def add_routes(desk: Blueprint, office: AdministrationOffice) -> None:
    """The file."""

    @desk.get("/ho-so/xuat.xlsx", endpoint="export_queue")
    @declares(Duty.HANDLE_CASES)
    def export() -> ResponseReturnValue:
        asked = replace(read_asked(request.args), part=1)
        found = office.queue.find(asked, today=office.today, most=MOST_ROWS)
        file = spreadsheet(found.cases, office.names_by_id())
        name = f"ho-so-{asked.pile.value}-{office.today.isoformat()}.xlsx"
        return send_file(file, mimetype=MEDIA_TYPE, as_attachment=True, download_name=name)


def spreadsheet(cases: Sequence[Case], names: Mapping[str, str]) -> BytesIO:
    """A workbook of one sheet with one row a case; `names` are those of staff by id. Rows go to a file as they
    come; what lies in memory is the packed workbook, about 100 bytes a row.
    """
    workbook = Workbook(write_only=True)
    sheet: Any = workbook.create_sheet("Ho so")
    sheet.freeze_panes = "B2"
    for place, (_label, width) in enumerate(_COLUMNS):
        sheet.column_dimensions[chr(ord("A") + place)].width = width
    sheet.append([_heading(sheet, _(label)) for label, _width in _COLUMNS])
    for case in cases:
        sheet.append([_cell(sheet, value) for value in _values(case, names)])
    file = BytesIO()
    workbook.save(file)
    file.seek(0)
    return file


def _values(case: Case, names: Mapping[str, str]) -> Iterator[Value]:
    who = case.application.requester
    yield case.code
    yield who.name if who else ""
    yield ", ".join(_(KINDS[kind]) for kind in Kind if any(line.kind is kind for line in case.lines))
    yield len(case.lines)
    yield "; ".join(f"{line.reference_code} {line.title}" for line in case.lines)
    yield _(STATES[case.state])
    yield case.submitted_at
    yield case.received_at
    yield case.due_on
    yield names.get(case.assigned_to, case.assigned_to)
    yield case.decided_at


def _heading(sheet: Any, label: str) -> Any:
    cell = _text(sheet, label)
    cell.font = Font(bold=True)
    return cell


def _text(sheet: Any, text: str) -> Any:
    cell = WriteOnlyCell(sheet, text)
    cell.data_type = "s"
    return cell


def _cell(sheet: Any, value: Value) -> Any:
    """Words stay words, also where they would be taken for a formula or an error; moments are those of the archive."""
    if isinstance(value, str):
        text = ILLEGAL_CHARACTERS_RE.sub("", value)[:LONGEST_CELL]
        return _text(sheet, text) if text.startswith(("=", "#")) else text
    if isinstance(value, datetime):
        cell = WriteOnlyCell(sheet, value.astimezone(ARCHIVE_ZONE).replace(tzinfo=None, microsecond=0))
        cell.number_format = "dd/mm/yyyy hh:mm"
        return cell
    if isinstance(value, date):
        cell = WriteOnlyCell(sheet, datetime.combine(value, time()))
        cell.number_format = "dd/mm/yyyy"
        return cell
    return WriteOnlyCell(sheet, value)
