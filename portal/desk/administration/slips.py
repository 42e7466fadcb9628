"""Slips by which records on paper are fetched from the store-room: one for each record of a decided case."""

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from datetime import date, timedelta

from flask import Blueprint, render_template, request
from flask.typing import ResponseReturnValue

from portal.accounts.staff.roles import Duty
from portal.clock import archive_day
from portal.desk.administration.office import AdministrationOffice
from portal.desk.gate import declares
from portal.errors import NotFound
from portal.i18n import _
from portal.requests.case import Case, Line
from portal.requests.pages.presented import asked_in_words, pages_in_words
from portal.requests.queue import Asked, Pile
from portal.requests.ruling import Ruling


@dataclass(frozen=True)
class FetchSlip:
    """One record to fetch. `until` is the last day on which it may be used."""

    code: str
    reader: str
    reference_code: str
    title: str
    record_id: str
    asked: str
    pages: str
    until: date
    handler: str


def add_routes(desk: Blueprint, office: AdministrationOffice) -> None:
    """The page, ready for the printer."""

    @desk.get("/phieu-lay-tai-lieu", endpoint="slips")
    @declares(Duty.HANDLE_CASES)
    def slips() -> ResponseReturnValue:
        asked = Asked(Pile.TO_HAND_OVER, assigned_to=_assigned_to(), part=_part())
        found, names = office.queue.find(asked, today=office.today), office.names_by_id()
        return render_template(
            "administration/slips.html",
            slips=[slip for case in found.cases for slip in _slips(case, names.get(case.assigned_to, ""))],
            asked=asked,
            names=names,
            more=found.more,
            today=office.today,
        )


def _slips(case: Case, handler: str) -> Iterator[FetchSlip]:
    for line in case.lines:
        if line.decision is not None and line.decision.granted and not line.page_count:
            yield _slip(case, line, line.decision, handler)


def _slip(case: Case, line: Line, ruling: Ruling, handler: str) -> FetchSlip:
    who, decided_at = case.application.requester, case.decided_at or case.changed_at
    return FetchSlip(
        code=case.code,
        reader=who.name if who else _("đã xóa tài khoản"),
        reference_code=line.reference_code,
        title=line.title,
        record_id=line.record_id,
        asked=asked_in_words(line),
        pages=_pages(ruling.pages),
        until=archive_day(decided_at) + timedelta(days=ruling.days - 1),
        handler=handler,
    )


def _pages(pages: Sequence[tuple[int, int]]) -> str:
    return ", ".join(pages_in_words(each) for each in pages) or pages_in_words(None)


def _assigned_to() -> str:
    given = request.args.get("assigned_to", "")[:32]
    return given if given.isprintable() else ""


def _part() -> int:
    part = request.args.get("part", "") or "1"
    if not (part.isascii() and part.isdigit() and len(part) <= 4 and int(part)):
        raise NotFound
    return int(part)
