"""Withdrawals: what is out of use and why, taking something out after a second look, and lifting it again."""

from collections.abc import Mapping
from dataclasses import dataclass

from flask import Blueprint, flash, redirect, render_template, request
from flask.typing import ResponseReturnValue

from access_policy.record import lineage
from indexer.index.description import Description
from indexer.index.port import IndexUnavailable
from portal.accounts.staff.roles import Duty
from portal.desk.administration.ledger import Impossible, NoSuchWithdrawal
from portal.desk.administration.office import AdministrationOffice
from portal.desk.administration.typed import read_pages, tidy_line
from portal.desk.gate import declares, member
from portal.errors import NotFound
from portal.i18n import _, page_url
from portal.register_watch import RegisterAway

LONGEST_REASON = 1000
LONGEST_ID = 120
LIFTED_SHOWN = 200


@dataclass(frozen=True)
class Asked:
    """A withdrawal as it was typed, read. `pages` None is the record as a whole, with everything below it."""

    target: str
    pages: tuple[int, int] | None
    reason: str


@dataclass(frozen=True)
class Reach:
    """What the public index knows of the target: its title, None for what is not in it, and how many records that
    anybody can read now would close. `known` is False while nobody can tell.
    """

    known: bool
    record: Description | None = None
    closes: int = 0


def add_routes(desk: Blueprint, office: AdministrationOffice) -> None:
    """The list with its form, the second look, and lifting."""

    @desk.get("/rut-tai-lieu", endpoint="withdrawals")
    @declares(Duty.WITHDRAW)
    def withdrawals() -> ResponseReturnValue:
        return _list(office, request.args, {})

    @desk.post("/rut-tai-lieu", endpoint="withdraw")
    @declares(Duty.WITHDRAW)
    def withdraw() -> ResponseReturnValue:
        asked, faults = _read(request.form)
        if asked is None or request.form.get("act") == "back":
            return _list(office, request.form, faults)
        if request.form.get("sure") != "yes":
            return render_template("administration/withdraw.html", asked=asked, reach=_reach(office, asked))
        return _withdraw(office, asked)

    @desk.get("/rut-tai-lieu/<int(max=2147483647):number>", endpoint="withdrawal")
    @declares(Duty.WITHDRAW)
    def withdrawal(number: int) -> ResponseReturnValue:
        return _one(office, number, {})

    @desk.post("/rut-tai-lieu/<int(max=2147483647):number>", endpoint="lift_withdrawal")
    @declares(Duty.WITHDRAW)
    def lift(number: int) -> ResponseReturnValue:
        return _lift(office, number)


def _withdraw(office: AdministrationOffice, asked: Asked) -> ResponseReturnValue:
    try:
        office.ledger.withdraw(asked.target, pages=asked.pages, reason=asked.reason, by=member(), now=office.now())
    except Impossible:
        return _list(office, request.form, {"record": _no_record()})
    flash(_("Đã rút %(id)s khỏi sử dụng.", id=asked.target))
    return redirect(page_url("desk.withdrawals"), 303)


def _lift(office: AdministrationOffice, number: int) -> ResponseReturnValue:
    reason = _reason(request.form)
    if reason is None:
        return _one(office, number, {"reason": _no_reason()})
    try:
        office.ledger.lift(number, reason=reason, by=member(), now=office.now())
    except NoSuchWithdrawal:
        raise NotFound from None
    flash(_("Đã cho dùng lại."))
    return redirect(page_url("desk.withdrawals"), 303)


def _list(office: AdministrationOffice, given: Mapping[str, str], faults: Mapping[str, str]) -> ResponseReturnValue:
    found = office.ledger.withdrawals()
    body = render_template(
        "administration/withdrawals.html",
        standing=[each for each in found if each.lifted_at is None],
        lifted=[each for each in found if each.lifted_at is not None][:LIFTED_SHOWN],
        given=given,
        faults=faults,
        names=office.names(),
    )
    return body, 422 if faults else 200


def _one(office: AdministrationOffice, number: int, faults: Mapping[str, str]) -> ResponseReturnValue:
    found = next((each for each in office.ledger.withdrawals() if each.id == number), None)
    if found is None or found.lifted_at is not None:
        raise NotFound
    body = render_template(
        "administration/withdrawal.html", kept=found, given=request.form, faults=faults, names=office.names()
    )
    return body, 422 if faults else 200


def _reach(office: AdministrationOffice, asked: Asked) -> Reach:
    try:
        known = office.index.known([asked.target], today=office.today)
        closes = office.index.open_at_or_below([asked.target], today=office.today)
    except (IndexUnavailable, RegisterAway):
        return Reach(known=False)
    return Reach(True, known.get(asked.target), closes)


def _read(given: Mapping[str, str]) -> tuple[Asked | None, Mapping[str, str]]:
    faults = {}
    target = (tidy_line(given.get("record", "")) or "").lower()
    if not 0 < len(target) <= LONGEST_ID or " " in target or not lineage(target, ())[0]:
        faults["record"] = _no_record()
    pages = None
    try:
        pages = read_pages(given.get("pages", ""))
    except ValueError:
        faults["pages"] = _("Ghi trang như 3-5, một khoảng; để trống là cả tài liệu.")
    reason = _reason(given)
    if reason is None:
        faults["reason"] = _no_reason()
    return (None if faults or reason is None else Asked(target, pages, reason)), faults


def _reason(given: Mapping[str, str]) -> str | None:
    reason = tidy_line(given.get("reason", ""))
    return reason if reason and len(reason) <= LONGEST_REASON else None


def _no_record() -> str:
    return _("Ghi mã của tài liệu như trong địa chỉ trang của nó, ví dụ qn.td.04.16.")


def _no_reason() -> str:
    return _("Ghi lý do, từ 1 đến 1.000 ký tự.")
