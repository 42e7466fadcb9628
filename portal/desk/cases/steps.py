"""Steps with one case: a form each, one address for all of them."""

from collections.abc import Mapping

from flask import Blueprint, flash, redirect, request
from flask.typing import ResponseReturnValue

from access_policy.register.errors import RegisterUnavailable
from portal.accounts.staff.roles import Duty
from portal.desk.cases.acting import acting
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
    "amount": N_("Ghi số tiền bằng đồng, chỉ gồm chữ số."),
    "on": N_("Ghi ngày như 2026-11-21."),
    "reason": N_("Chọn lý do."),
    "to": N_("Chọn một người."),
}


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
        case = case_of(office, case_id)
        faults = _take(takers.of(step), case)
        if faults:
            return show(office, case, Wrong(faults, request.form))
        return redirect(page_url("desk.case", case_id=case.id), 303)


def _take(taker: Taker, case: Case) -> Mapping[str, str]:
    """Take the step, or say why not: what is wrong with the form by field; whatever else with the next page."""
    try:
        return taker(case, acting(member()), _turn()) or {}
    except NotAllowed as refused:
        flash(_(BARS[refused.bar]))
    except Overtaken:
        flash(_("Hồ sơ vừa được người khác thay đổi; xin xem lại rồi làm tiếp."))
    except RegisterUnavailable:
        flash(_("Sổ giấy phép chưa trả lời; chưa có gì thay đổi, xin thử lại."))
    except UnknownReason:
        return {"reason": _fault("reason")}
    except Unreadable as error:
        return {str(error): _fault(str(error))}
    except ValueError:
        return {"words": _fault("words")}
    return {}


def _fault(field: str) -> str:
    """What is wrong with this field, in the language of the request."""
    return _(_FAULTS[field])


def _turn() -> int:
    """The turn of the page on which the button was pressed."""
    given = request.form.get("turn", "")
    return int(given) if given.isascii() and given.isdigit() and len(given) < 10 else -1
