"""Looking up a case without signing in: by its code and the digits of its receipt. Nothing personal is shown."""

from dataclasses import dataclass

from flask import render_template, request
from flask.typing import ResponseReturnValue

from portal.gate import declares
from portal.i18n import _, day
from portal.requests.case import Case
from portal.requests.codes import CODE, LOOKUP_DIGITS
from portal.requests.pages.next_step import next_step
from portal.requests.pages.office import Office
from portal.requests.pages.presented import moment, state_word, tone


@dataclass(frozen=True)
class LookingUp:
    """For everybody, as often as sign-ins may be tried. One answer for whatever is wrong."""

    office: Office

    @declares(None)
    def ask(self) -> ResponseReturnValue:
        """The two fields; the code of a QR code is filled in."""
        return render_template("requests/look_up.html", code=request.args.get("code", "")[:60], wrong={})

    @declares(None)
    def answer(self) -> ResponseReturnValue:
        """Where the case stands."""
        code, lookup = request.form.get("code", "").strip().upper(), request.form.get("lookup", "").strip()
        case = self._found(code, lookup)
        if case is None:
            wrong = {"code": _("Không có hồ sơ nào với mã hồ sơ và mã tra cứu này; xin xem lại giấy tiếp nhận.")}
            return render_template("requests/look_up.html", code=code[:60], wrong=wrong), 422
        return render_template(
            "requests/looked_up.html",
            code=case.code,
            state=state_word(case.state),
            next_step=next_step(case),
            tone=tone(case.state),
            submitted=moment(case.submitted_at) if case.submitted_at else "",
            received=moment(case.received_at) if case.received_at else "",
            due=day(case.due_on) if case.due_on else "",
            decided=moment(case.decided_at) if case.decided_at else "",
        )

    def _found(self, code: str, lookup: str) -> Case | None:
        sensible = CODE.fullmatch(code) and len(lookup) == LOOKUP_DIGITS and lookup.isascii() and lookup.isdigit()
        return self.office.cases.looked_up(code, lookup) if sensible else None
