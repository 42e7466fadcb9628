"""Steps with one case: a form each, one address for all of them."""

from collections.abc import Mapping

from flask import Blueprint, flash, redirect, request
from flask.typing import ResponseReturnValue

from access_policy.register.errors import RegisterUnavailable
from portal.accounts.staff.roles import Duty
from portal.desk.cases.acting import acting, turn_in
from portal.desk.cases.case_page import Wrong, case_of, show
from portal.desk.cases.office import CaseOffice
from portal.desk.cases.takers import Taker, Takers, Unreadable
from portal.desk.cases.words import BARS
from portal.desk.gate import declares, member
from portal.i18n import N_, _, page_url
from portal.requests.case import Case, NotAllowed, Overtaken
from portal.requests.rulings import UnknownReason

_FAULTS = {
    "words": N_("Xin viết từ 1 đến 2.000 ký tự."),
    "reference": N_("Số văn bản dài nhất 200 ký tự."),
    "amount": N_("Ghi số tiền bằng đồng, chỉ gồm chữ số."),
    "on": N_("Ghi ngày như 2026-11-21, không sau hôm nay và không trước ngày có hồ sơ."),
    "reason": N_("Chọn lý do."),
    "to": N_("Chọn một người."),
}


_OF_THE_PAGE = frozenset({"csrf_token", "turn", "step", "to"})


def add_routes(desk: Blueprint, office: CaseOffice) -> None:
    """One address for each step, and notes among staff."""
    takers = Takers(office)

    @desk.post("/ho-so/<case_id>/ghi-chu", endpoint="add_note")
    @declares(Duty.HANDLE_CASES)
    def note(case_id: str) -> ResponseReturnValue:
        case = case_of(office, case_id)
        try:
            office.handling.add_note(case.id, request.form.get("note", ""), by=acting(member()), now=office.now())
        except ValueError:
            return show(office, case, Wrong({"note": _fault("words")}, request.form))
        return redirect(page_url("desk.case", case_id=case.id), 303)

    @desk.post("/ho-so/<case_id>/<step>", endpoint="step")
    @declares(Duty.HANDLE_CASES)
    def take(case_id: str, step: str) -> ResponseReturnValue:
        case, taker = case_of(office, case_id), takers.of(step)
        try:
            faults = _take(taker, case, words_field=f"words-{step}")
        except (NotAllowed, Overtaken, RegisterUnavailable) as refused:
            flash(_why(refused))
            if _typed():
                return show(office, case_of(office, case_id), Wrong({}, request.form, status=409))
            return redirect(page_url("desk.case", case_id=case.id), 303)
        if faults:
            return show(office, case, Wrong(faults, request.form))
        return redirect(page_url("desk.case", case_id=case.id), 303)


def _take(taker: Taker, case: Case, *, words_field: str) -> Mapping[str, str]:
    """Take the step; what is wrong with the form by field. Raises what stands against the step itself."""
    try:
        return taker(case, acting(member()), turn_in(request.form)) or {}
    except UnknownReason:
        return {"reason": _fault("reason")}
    except Unreadable as error:
        field = str(error)
        return {words_field if field == "reference" else field: _fault(field)}
    except ValueError:
        return {words_field: _fault("words")}


def _why(refused: NotAllowed | Overtaken | RegisterUnavailable) -> str:
    """Why a step was not taken, in words."""
    if isinstance(refused, NotAllowed):
        return _(BARS[refused.bar])
    if isinstance(refused, Overtaken):
        return _("Hồ sơ vừa được người khác thay đổi; xin xem lại rồi làm tiếp.")
    return _("Sổ giấy phép chưa trả lời; chưa có gì thay đổi, xin thử lại.")


def _typed() -> bool:
    """Whether the form holds what its writer would miss, besides what the page itself has put in."""
    return any(value.strip() for name, value in request.form.items() if name not in _OF_THE_PAGE)


def _fault(field: str) -> str:
    """What is wrong with this field, in the language of the request."""
    return _(_FAULTS[field])
