"""The list of events for auditors."""

from dataclasses import dataclass
from datetime import datetime

from flask import Blueprint, render_template, request
from flask.typing import ResponseReturnValue

from portal.accounts.staff.events import AccountEvent
from portal.accounts.staff.roles import Duty
from portal.desk.gate import declares
from portal.desk.services import DeskServices
from portal.desk.words import DETAILS, EVENTS, named
from portal.errors import BadQuestion
from portal.i18n import _, page_url

AT_ONCE = 100


@dataclass(frozen=True)
class Line:
    """One event as it is shown. `whose` is a login, or the beginning of a reader's account id."""

    at: datetime
    whose: str
    what: str
    author: str
    detail: str


def add_routes(desk: Blueprint, services: DeskServices) -> None:
    """The list, a hundred at a time."""

    @desk.get("/su-kien", endpoint="events")
    @declares(Duty.SEE_EVENTS)
    def events() -> ResponseReturnValue:
        found = services.events.newest(most=AT_ONCE, before=_before())
        older = page_url("desk.events", truoc=found[-1].id) if len(found) == AT_ONCE else ""
        return render_template("events.html", lines=[_line(each) for each in found], older=older)


def _line(event: AccountEvent) -> Line:
    reader = event.owner == "reader"
    whose = _("bạn đọc %(id)s", id=event.owner_id[:8]) if reader else event.login or _("không có ai")
    return Line(event.at, whose, named(EVENTS, event.what), event.author, named(DETAILS, event.detail))


def _before() -> int | None:
    given = request.args.get("truoc")
    if given is None:
        return None
    if not (given.isascii() and given.isdigit() and len(given) <= 12):
        raise BadQuestion(_("Không có phần này trong danh sách."))
    return int(given)
