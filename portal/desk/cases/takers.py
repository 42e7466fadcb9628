"""What each step with a case reads from its form."""

from collections.abc import Callable, Mapping
from contextlib import suppress
from datetime import date

from flask import request

from access_policy.register.errors import RegisterUnavailable
from portal.desk.cases.office import CaseOffice
from portal.desk.cases.rulings_form import read_rulings
from portal.errors import NotFound
from portal.requests.case import Case
from portal.requests.states import Step
from portal.requests.taking import By


class Unreadable(ValueError):
    """A field of the form makes no sense; the argument is its name."""


Taker = Callable[[Case, By, int], Mapping[str, str] | None]
"""Takes one step with what the form says; what is wrong with the form by field, or nothing."""


class Takers:
    """What each step reads from its form."""

    def __init__(self, office: CaseOffice) -> None:
        self._office = office
        self._takers: Mapping[Step, Taker] = {
            Step.RECEIVE: self._receive,
            Step.REFUSE_RECEIPT: self._refuse_receipt,
            Step.ASSIGN: self._assign,
            Step.ASK_SUPPLEMENT: self._ask_supplement,
            Step.ASK_PAYMENT: self._ask_payment,
            Step.NOTE_PAYMENT: self._note_payment,
            Step.PROPOSE: self._propose,
            Step.RETURN_PROPOSAL: self._return_proposal,
            Step.SEND_TO_AUTHORITY: self._send_to_authority,
            Step.DECIDE: self._decide,
            Step.REPLY: self._reply,
            Step.REVOKE: self._revoke,
            Step.STOP: self._stop,
            Step.CLOSE: self._close,
            Step.REOPEN: self._reopen,
        }

    def of(self, step: str) -> Taker:
        """The taker of a step by its name. Raises NotFound."""
        found = next((taker for each, taker in self._takers.items() if each.value == step), None)
        if found is None:
            raise NotFound
        return found

    def _receive(self, case: Case, by: By, turn: int) -> None:
        self._office.handling.receive(case.id, by=by, turn=turn, now=self._office.now())

    def _refuse_receipt(self, case: Case, by: By, turn: int) -> None:
        self._office.handling.refuse_receipt(
            case.id, reason=request.form.get("reason", ""), words=_words(), by=by, turn=turn, now=self._office.now()
        )

    def _assign(self, case: Case, by: By, turn: int) -> None:
        to = request.form.get("to", "")
        if to not in self._office.names():
            raise Unreadable("to")
        self._office.handling.assign(case.id, to=to, by=by, turn=turn, now=self._office.now())

    def _ask_supplement(self, case: Case, by: By, turn: int) -> None:
        self._office.handling.ask_supplement(case.id, words=_words(), by=by, turn=turn, now=self._office.now())

    def _ask_payment(self, case: Case, by: By, turn: int) -> None:
        amount = request.form.get("amount", "").replace(".", "").replace(" ", "")
        if not (amount.isascii() and amount.isdigit() and 0 < len(amount) <= 9 and int(amount)):
            raise Unreadable("amount")
        self._office.handling.ask_payment(
            case.id, amount=int(amount), words=_words(), by=by, turn=turn, now=self._office.now()
        )

    def _note_payment(self, case: Case, by: By, turn: int) -> None:
        self._office.handling.note_payment(case.id, reference=_words(), by=by, turn=turn, now=self._office.now())

    def _propose(self, case: Case, by: By, turn: int) -> Mapping[str, str] | None:
        rulings, faults = read_rulings(request.form, case.lines)
        if not faults:
            self._office.handling.propose(case.id, rulings, by=by, turn=turn, now=self._office.now())
        return faults

    def _return_proposal(self, case: Case, by: By, turn: int) -> None:
        self._office.handling.return_proposal(case.id, words=_words(), by=by, turn=turn, now=self._office.now())

    def _send_to_authority(self, case: Case, by: By, turn: int) -> None:
        try:
            on = date.fromisoformat(request.form.get("on", ""))
        except ValueError:
            raise Unreadable("on") from None
        self._office.handling.send_to_authority(
            case.id, reference=_words(), on=on, by=by, turn=turn, now=self._office.now()
        )

    def _decide(self, case: Case, by: By, turn: int) -> Mapping[str, str] | None:
        rulings, faults = read_rulings(request.form, case.lines)
        if not faults:
            self._office.deciding.decide(case.id, rulings, by=by, turn=turn, now=self._office.now())
            with suppress(RegisterUnavailable):  # decided all the same; the worker brings the permits in
                self._office.deciding.grant_waiting(now=self._office.now())
        return faults

    def _reply(self, case: Case, by: By, turn: int) -> None:
        self._office.handling.reply(case.id, words=_words(), by=by, turn=turn, now=self._office.now())

    def _revoke(self, case: Case, by: By, turn: int) -> None:
        codes = request.form.getlist("permit")
        self._office.deciding.revoke(case.id, codes, words=_words(), by=by, turn=turn, now=self._office.now())

    def _stop(self, case: Case, by: By, turn: int) -> None:
        self._office.handling.stop(case.id, words=_words(), by=by, turn=turn, now=self._office.now())

    def _close(self, case: Case, by: By, turn: int) -> None:
        self._office.handling.close(case.id, by=by, turn=turn, now=self._office.now())

    def _reopen(self, case: Case, by: By, turn: int) -> None:
        self._office.handling.reopen(case.id, words=_words(), by=by, turn=turn, now=self._office.now())


def _words() -> str:
    return request.form.get("words", "")
