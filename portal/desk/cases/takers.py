"""What each step with a case reads from its form."""

import re
from collections.abc import Callable, Mapping
from contextlib import suppress
from datetime import date

from flask import request

from access_policy.register.errors import RegisterUnavailable
from portal.desk.cases.office import CaseOffice
from portal.desk.cases.rulings_form import read_rulings, reason_faults
from portal.errors import NotFound
from portal.requests.case import Case
from portal.requests.handling import LONGEST_REFERENCE, DayOutOfRange
from portal.requests.rulings import UnknownReason
from portal.requests.states import Step, steps_of
from portal.requests.taking import By

_AMOUNT = re.compile(r"[0-9]{1,9}|[0-9]{1,3}(?:[. ][0-9]{3}){1,2}")
"""Đồng, in groups of three if at all: 1.5 is no amount, and must not be read as 15."""


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
        if to not in self._office.handlers():
            raise Unreadable("to")
        self._office.handling.assign(case.id, to=to, by=by, turn=turn, now=self._office.now())

    def _ask_supplement(self, case: Case, by: By, turn: int) -> None:
        self._office.handling.ask_supplement(case.id, words=_words(), by=by, turn=turn, now=self._office.now())

    def _ask_payment(self, case: Case, by: By, turn: int) -> None:
        amount = request.form.get("amount", "").strip()
        dong = int(re.sub(r"\D", "", amount)) if _AMOUNT.fullmatch(amount) else 0
        if not dong:
            raise Unreadable("amount")
        self._office.handling.ask_payment(
            case.id, amount=dong, words=_words(), by=by, turn=turn, now=self._office.now()
        )

    def _note_payment(self, case: Case, by: By, turn: int) -> None:
        self._office.handling.note_payment(case.id, reference=_words(), by=by, turn=turn, now=self._office.now())

    def _propose(self, case: Case, by: By, turn: int) -> Mapping[str, str] | None:
        rulings, faults = read_rulings(request.form, case.lines)
        if faults:
            return faults
        self._office.check_grantable(case, rulings)
        try:
            self._office.handling.propose(case.id, rulings, by=by, turn=turn, now=self._office.now())
        except UnknownReason as unknown:
            return reason_faults(rulings, unknown)
        return None

    def _return_proposal(self, case: Case, by: By, turn: int) -> None:
        self._office.handling.return_proposal(case.id, words=_words(), by=by, turn=turn, now=self._office.now())

    def _send_to_authority(self, case: Case, by: By, turn: int) -> None:
        reference = _words()
        if len(reference) > LONGEST_REFERENCE:
            raise Unreadable("reference")
        on = _day(request.form.get("on", ""))
        try:
            self._office.handling.send_to_authority(
                case.id, reference=reference, on=on, by=by, turn=turn, now=self._office.now()
            )
        except DayOutOfRange:
            raise Unreadable("on") from None

    def _decide(self, case: Case, by: By, turn: int) -> Mapping[str, str] | None:
        rulings, faults = read_rulings(request.form, case.lines)
        if faults:
            return faults
        self._office.check_grantable(case, rulings)
        decides = Step.DECIDE in steps_of(case.state, by.actors)
        if decides and (standing := self._office.as_it_stands(case)) != case:
            self._office.handling.note_items(standing)
        try:
            self._office.deciding.decide(case.id, rulings, by=by, turn=turn, now=self._office.now())
        except UnknownReason as unknown:
            return reason_faults(rulings, unknown)
        with suppress(RegisterUnavailable):  # decided all the same; the worker brings the permits in
            self._office.deciding.grant_waiting(now=self._office.now())
        return None

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


def _day(text: str) -> date:
    try:
        return date.fromisoformat(text)
    except ValueError:
        raise Unreadable("on") from None


def _words() -> str:
    return request.form.get("words", "")
