"""The page of a case: who asks for what and why, what the policy says of it, what happened, what may be done."""

import re
from collections.abc import Collection, Mapping, Sequence
from dataclasses import dataclass
from typing import Any

from flask import Blueprint, Response, render_template
from flask.typing import ResponseReturnValue

from portal.accounts.staff.roles import Duty
from portal.clock import archive_day
from portal.desk.cases.acting import acting, opens_files
from portal.desk.cases.office import CaseOffice
from portal.desk.cases.queue_page import line_of
from portal.desk.cases.rulings_form import typed
from portal.desk.cases.words import APPROVERS, BARS, STATES, STEPS
from portal.desk.gate import declares, member
from portal.errors import NotFound
from portal.i18n import _, day, language
from portal.requests.authority import check_decides
from portal.requests.case import Case, CaseEvent, NoSuchCase, NotAllowed
from portal.requests.pages.presented import asked_in_words, pages_in_words
from portal.requests.provisions.models import Approval, Fee, Reasons
from portal.requests.ruling import Ruling
from portal.requests.states import Actor, Step, steps_of
from portal.requests.taking import By
from portal.requests.terms import BEHALVES, FEE_CLASSES, OUTCOMES, PLACES, PURPOSES, Behalf, FeeClass, Purpose

EARLIER = 10
RULING_STEPS = (Step.DECIDE.value, Step.PROPOSE.value)

_OF_A_RECORD = re.compile(r"[a-z_]+-([0-9]+)")


@dataclass(frozen=True)
class Wrong:
    """What is wrong with a form of the page by field, and what was typed into it; the status says what kind of wrong:
    409 for a form that nothing is wrong with, but which cannot be answered as the case stands.
    """

    faults: Mapping[str, str]
    given: Mapping[str, str]
    status: int = 422


def add_routes(desk: Blueprint, office: CaseOffice) -> None:
    """The page and the reader's papers."""

    @desk.get("/ho-so/<case_id>", endpoint="case")
    @declares(Duty.HANDLE_CASES)
    def case_page(case_id: str) -> ResponseReturnValue:
        return show(office, case_of(office, case_id))

    @desk.get("/ho-so/<case_id>/tep/<file_id>", endpoint="case_file")
    @declares(Duty.HANDLE_CASES)
    def case_file(case_id: str, file_id: str) -> ResponseReturnValue:
        case = case_of(office, case_id)
        opened = office.files.opened(case.id, file_id) if opens_files(member(), case) else None
        if opened is None:
            raise NotFound
        kept, content = opened
        answer = Response(content, mimetype=kept.media_type)
        answer.headers.set("Content-Disposition", "attachment", filename=kept.name)
        answer.headers["Content-Security-Policy"] = "default-src 'none'; sandbox"
        return answer


def case_of(office: CaseOffice, case_id: str) -> Case:
    """A case that has been submitted. Raises NotFound."""
    try:
        return office.handling.case(case_id)
    except NoSuchCase:
        raise NotFound from None


def show(office: CaseOffice, case: Case, wrong: Wrong | None = None) -> ResponseReturnValue:
    """The page; with `wrong` as it is shown again after a form that could not be read."""
    in_force, names, by = office.in_force(), dict(office.names()), acting(member())
    approval = office.handling.approval(office.as_it_stands(case), on=office.today)
    values = _values(office, case)
    steps = {step.value for step in steps_of(case.state, by.actors)}
    ruling_steps, barred = _ruling(case, approval, by, steps)
    given: Mapping[str, str] = typed(_rulings(case))
    if wrong:  # a form of rulings that was sent has all their fields; boxes that are not in it are not ticked
        given = wrong.given if wrong.given.get("step") in RULING_STEPS else {**given, **wrong.given}
    body = render_template(
        "cases/case.html",
        case=case,
        line=line_of(case, calendar=in_force.calendar.working_days(), office=office, names=names),
        told=_told(case),
        records=_records(office, case, in_force.reasons),
        events=_events(office, case, names),
        notes=[(note.at, names.get(note.staff_id, ""), note.words) for note in office.handling.notes(case.id)],
        permits=[(p, pages_in_words(p.permit.pages), p.good(office.today)) for p in office.handling.permits(case.id)],
        earlier=[(other, _(STATES[other.state])) for other in office.queue.earlier(case, most=EARLIER)],
        files=office.files.of(case.id),
        opens_files=opens_files(member(), case),
        steps=steps,
        ruling_steps=ruling_steps,
        barred=barred,
        words={step.value: _(word) for step, word in STEPS.items()},
        approval=approval,
        approver=approval.authority or _(APPROVERS[approval.approver]),
        reasons=[(each.code, each.text if language() == "vi" else each.text_en) for each in in_force.reasons.rows],
        letters=[(each.name, each.filled(language(), values)) for each in in_force.letters.rows],
        fees=_fees(in_force.fees.rows, case),
        outcomes=[(each.value, _(word)) for each, word in OUTCOMES.items()],
        places=[(each.value, _(word)) for each, word in PLACES.items()],
        handlers=office.handlers(),
        given=given,
        again=wrong is not None,
        wrong=wrong.faults if wrong else {},
        numbered=_numbered(wrong.faults) if wrong else {},
        today=archive_day(office.now()),
    )
    return body, wrong.status if wrong else 200


def _fees(rows: Sequence[Fee], case: Case) -> list[tuple[Fee, int]]:
    """Each fee, and what this requester pays of it for one unit."""
    said = case.application.fee_class
    return [(fee, fee.owed(1, FeeClass(said)) if said else fee.amount) for fee in rows]


def _ruling(case: Case, approval: Approval, by: By, steps: Collection[str]) -> tuple[list[str], str]:
    """The steps to which the form of rulings may be sent, the likeliest first, and what stands against deciding where
    deciding is what the case waits for.
    """
    found = [step for step in RULING_STEPS if step in steps]
    try:
        check_decides(case, approval, by)
    except NotAllowed as refused:
        waits = Step.DECIDE.value in steps and Step.PROPOSE.value not in steps
        return [step for step in found if step != Step.DECIDE.value], _(BARS[refused.bar]) if waits else ""
    return found, ""


def _numbered(faults: Mapping[str, str]) -> dict[str, str]:
    """The faults for the summary on top, where it has to be said of which record each one speaks."""
    matches = {name: _OF_A_RECORD.fullmatch(name) for name in faults}
    return {
        name: _("Tài liệu %(n)s: %(fault)s", n=m[1], fault=faults[name]) if m else faults[name]
        for name, m in matches.items()
    }


def _rulings(case: Case) -> dict[int, Ruling]:
    """What stands in the form of a decision: what was decided, else proposed, else the pages that were asked for."""
    return {line.number: ruling for line in case.lines if (ruling := line.decision or line.proposal)}


def _told(case: Case) -> list[tuple[str, str]]:
    """What the requester said, as label and value."""
    said, who = case.application, case.application.requester
    rows = [
        (_("Họ tên"), who.name if who else ""),
        (_("Tổ chức"), who.organisation if who else ""),
        (_("Số định danh hoặc giấy tờ"), who.number if who else ""),
        (_("Liên lạc"), who.contact if who else ""),
        (_("Mục đích"), _(PURPOSES[Purpose(said.purpose)]) if said.purpose else ""),
        (_("Mục đích cụ thể"), said.purpose_text),
        (_("Đề tài"), said.topic),
        (_("Xin cho"), _(BEHALVES[Behalf(said.behalf)]) if said.behalf else ""),
        (_("Tên người hoặc cơ quan đó"), said.behalf_name),
        (_("Đối tượng phí"), _(FEE_CLASSES[FeeClass(said.fee_class)]) if said.fee_class else ""),
        (_("Ghi chú"), said.remark),
        (_("Xin lại của hồ sơ"), case.extends),
    ]
    return [(label, value) for label, value in rows if value]


def _records(office: CaseOffice, case: Case, reasons: Reasons) -> list[dict[str, Any]]:
    standing = office.records.standing([line.record_id for line in case.lines], today=office.today)
    return [
        {
            "line": line,
            "asked": asked_in_words(line),
            "standing": standing.get(line.record_id),
            "proposed": _(OUTCOMES[line.proposal.outcome]) if line.proposal else "",
            "decided": _(OUTCOMES[line.decision.outcome]) if line.decision else "",
            **_said(line.decision or line.proposal, reasons),
        }
        for line in case.lines
    ]


def _said(ruling: Ruling | None, reasons: Reasons) -> dict[str, str]:
    """Why it was refused or is to be, and the words to the requester."""
    found = reasons.named(ruling.reason) if ruling and not ruling.granted else None
    vietnamese = language() == "vi"
    return {
        "reason": f"{found.text if vietnamese else found.text_en} ({found.article if vietnamese else found.article_en})"
        if found
        else "",
        "words": ruling.words if ruling else "",
    }


def _events(office: CaseOffice, case: Case, names: Mapping[str, str]) -> list[tuple[Any, str, str, str]]:
    return [
        (event.at, _(STEPS[Step(event.step)]), _who(event, names), event.words)
        for event in reversed(office.handling.events(case.id))
    ]


def _who(event: CaseEvent, names: Mapping[str, str]) -> str:
    if event.actor == Actor.SYSTEM.value:
        return _("cổng, tự động")
    return names.get(event.actor_id, _("người yêu cầu"))


def _values(office: CaseOffice, case: Case) -> dict[str, str]:
    who = case.application.requester
    return {
        "code": case.code,
        "name": who.name if who else "",
        "due": day(case.due_on) if case.due_on else "",
        "archive": office.archive_name,
    }
