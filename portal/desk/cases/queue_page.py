"""The queue: piles with their counts, filters, saved views, and what may be done with many cases at once."""

import re
from collections.abc import Mapping
from dataclasses import dataclass
from urllib.parse import parse_qsl, urlencode

from flask import Blueprint, flash, redirect, render_template, request
from flask.typing import ResponseReturnValue

from portal.accounts.staff.roles import Duty
from portal.desk.cases.acting import acting, turn_in
from portal.desk.cases.office import CaseOffice
from portal.desk.cases.words import BARS, PILES, STATES
from portal.desk.gate import declares, member
from portal.errors import NotFound
from portal.i18n import _, page_url
from portal.requests.case import Case, NoSuchCase, NotAllowed, Overtaken
from portal.requests.cases import CONTROL
from portal.requests.queue import Asked, Pile
from portal.requests.saved_views import MOST_VIEWS, SavedView, SavedViews
from portal.requests.states import STANDING_STILL
from portal.requests.terms import KINDS, Kind
from portal.requests.working_days import WorkingDays

MOST_AT_ONCE = 50

_WHO = re.compile(r"|nobody|[0-9a-f]{32}")
_CODE_PART = re.compile(r"[A-Z0-9.-]{0,60}")
LONGEST_NAME = 80


@dataclass(frozen=True)
class QueueLine:
    """One case: `left` are working days until the answer is due, None while nothing is due."""

    case: Case
    state: str
    left: int | None
    tone: str
    kinds: str
    assigned: str


def add_routes(desk: Blueprint, office: CaseOffice, views: SavedViews) -> None:
    """The queue, its saved views, and steps with many cases."""

    @desk.get("/ho-so", endpoint="queue")
    @declares(Duty.HANDLE_CASES)
    def queue() -> ResponseReturnValue:
        return _page(office, views)

    @desk.post("/ho-so/nhieu", endpoint="batch")
    @declares(Duty.HANDLE_CASES)
    def batch() -> ResponseReturnValue:
        back = _query(read_asked(dict(parse_qsl(request.form.get("query", "")))))
        _with_many(office)
        return redirect(f"{page_url('desk.queue')}?{back}", 303)

    @desk.post("/ho-so/cach-xem", endpoint="save_view")
    @declares(Duty.HANDLE_CASES)
    def save_view() -> ResponseReturnValue:
        name = CONTROL.sub("", request.form.get("name", "")).strip()[:LONGEST_NAME]
        query = _query(read_asked(request.form))
        if request.form.get("act") == "remove":
            views.remove(member().id, name)
        elif name and not views.save(member().id, SavedView(name, query)):
            flash(_("Đã có %(most)s cách xem; xin bỏ bớt rồi lưu lại.", most=MOST_VIEWS))
        return redirect(f"{page_url('desk.queue')}?{query}", 303)


def read_asked(given: Mapping[str, str]) -> Asked:
    """The question that stands in an address or form. Raises NotFound for what is none."""
    get = given.get
    part = get("part", "1") or "1"
    assigned_to, code = get("assigned_to", ""), get("code", "").strip().upper()
    try:
        kind = Kind(get("kind")) if get("kind") else None
        pile = Pile(get("pile", "") or Pile.NEW.value)
    except ValueError:
        raise NotFound from None
    if not (part.isascii() and part.isdigit() and len(part) <= 4 and int(part) >= 1):
        raise NotFound
    if not (_WHO.fullmatch(assigned_to) and _CODE_PART.fullmatch(code)):
        raise NotFound
    return Asked(pile, assigned_to, kind, code, int(part))


def line_of(case: Case, *, calendar: WorkingDays, office: CaseOffice, names: dict[str, str]) -> QueueLine:
    """One row of the queue."""
    left = calendar.between(office.today, case.due_on) if case.due_on and case.decided_at is None else None
    return QueueLine(
        case=case,
        state=_(STATES[case.state]),
        left=left,
        tone="" if left is None else "closed" if left < 0 else "conditional" if left <= 1 else "open",
        kinds=", ".join(_(KINDS[kind]) for kind in Kind if any(line.kind is kind for line in case.lines)),
        assigned=names.get(case.assigned_to, ""),
    )


def _page(office: CaseOffice, views: SavedViews) -> str:
    asked = read_asked(request.args)
    found = office.queue.find(asked, today=office.today)
    names, calendar = dict(office.names()), office.in_force().calendar.working_days()
    return render_template(
        "cases/queue.html",
        asked=asked,
        lines=[line_of(case, calendar=calendar, office=office, names=names) for case in found.cases],
        piles=[(pile, _(PILES[pile])) for pile in Pile],
        counts=office.queue.counts(today=office.today, assigned_to=asked.assigned_to),
        kinds=[(kind.value, _(word)) for kind, word in KINDS.items()],
        names=names,
        handlers=office.handlers(),
        views=views.of(member().id),
        query=_query(asked),
        url_of=lambda **changed: f"{page_url('desk.queue')}?{_query(asked, **changed)}",
        more=found.more,
        standing_still=STANDING_STILL,
    )


def _query(asked: Asked, **changed: str) -> str:
    fields = {
        "pile": asked.pile.value,
        "assigned_to": asked.assigned_to,
        "kind": asked.kind.value if asked.kind else "",
        "code": asked.code,
        "part": str(asked.part) if asked.part > 1 else "",
    }
    return urlencode({name: value for name, value in (fields | {"part": ""} | changed).items() if value})


def _with_many(office: CaseOffice) -> None:
    """Receive the chosen cases, or give them to somebody; each on its own, so that one that fails holds up no other."""
    by, to, done = acting(member()), request.form.get("to", ""), 0
    for case_id in request.form.getlist("case")[:MOST_AT_ONCE]:
        try:
            office.handling.case(case_id)  # a draft is nobody's business here
            turn = turn_in(request.form, f"turn-{case_id}")
            if request.form.get("act") == "receive":
                office.handling.receive(case_id, by=by, turn=turn, now=office.now())
            elif request.form.get("act") == "assign" and to in office.handlers():
                office.handling.assign(case_id, to=to, by=by, turn=turn, now=office.now())
            else:
                continue
            done += 1
        except NotAllowed as refused:
            flash(_(BARS[refused.bar]))
        except (NoSuchCase, Overtaken):
            flash(_("Một hồ sơ vừa được người khác thay đổi."))
    flash(_("Đã làm với %(n)s hồ sơ.", n=done) if request.form.getlist("case") else _("Chưa chọn hồ sơ nào."))
