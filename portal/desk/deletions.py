"""Deleting the accounts of readers who have asked for it: which, since when, how long is left, and the button."""

from dataclasses import dataclass
from datetime import datetime

from flask import Blueprint, flash, redirect, render_template, request
from flask.typing import ResponseReturnValue

from portal.accounts.people.account import Account
from portal.accounts.people.deletion import DeletionNotAsked
from portal.accounts.presented import WORDS_OF_KINDS
from portal.accounts.staff.roles import Duty
from portal.accounts.terms import DELETION_DAYS
from portal.clock import ARCHIVE_ZONE
from portal.desk.gate import declares, member
from portal.desk.services import DeskServices
from portal.errors import NotFound
from portal.i18n import _, page_url

SHORT = 3
"""Days left from which a request stands out."""


@dataclass(frozen=True)
class Line:
    """One request. `left` are whole days at the archive; below 0 the promise has not been kept."""

    account_id: str
    kind: str
    asked_at: datetime
    left: int

    @property
    def tone(self) -> str:
        """Which colour tells how urgent it is."""
        return "closed" if self.left < 0 else "conditional" if self.left <= SHORT else "open"


def add_routes(desk: Blueprint, services: DeskServices) -> None:
    """The list, the question whether it is really meant, and the deed."""

    @desk.get("/xoa-tai-khoan", endpoint="deletions")
    @declares(Duty.DELETE_READER_ACCOUNTS)
    def deletions() -> ResponseReturnValue:
        lines = [_line(account, services.now()) for account in services.accounts.deletions_asked()]
        return render_template("deletions.html", lines=lines, days=DELETION_DAYS)

    @desk.get("/xoa-tai-khoan/<account_id>", endpoint="deletion")
    @declares(Duty.DELETE_READER_ACCOUNTS)
    def deletion(account_id: str) -> ResponseReturnValue:
        return _page(_asked(services, account_id), services)

    @desk.post("/xoa-tai-khoan/<account_id>", endpoint="delete_account")
    @declares(Duty.DELETE_READER_ACCOUNTS)
    def delete(account_id: str) -> ResponseReturnValue:
        account = _asked(services, account_id)
        if request.form.get("sure") != "yes":
            return _page(account, services, faults={"sure": _("Xin đánh dấu vào ô này để xác nhận.")})
        _carry_out(account.id, services)
        flash(_("Đã xóa tài khoản bạn đọc %(id)s.", id=account.id[:8]))
        return redirect(page_url("desk.deletions"), 303)


def days_left(asked_at: datetime, *, now: datetime) -> int:
    """Days at the archive until the promise of the terms ends; below 0 afterwards."""
    passed = now.astimezone(ARCHIVE_ZONE).date() - asked_at.astimezone(ARCHIVE_ZONE).date()
    return DELETION_DAYS - passed.days


def _carry_out(account_id: str, services: DeskServices) -> None:
    """Sessions first: while their store is away nothing has been deleted, and it can be tried again."""
    services.reader_sessions.end_owner(account_id)
    try:
        services.accounts.delete(account_id, author=member().login, now=services.now())
    except DeletionNotAsked:
        raise NotFound from None


def _asked(services: DeskServices, account_id: str) -> Account:
    found = next((each for each in services.accounts.deletions_asked() if each.id == account_id), None)
    if found is None:
        raise NotFound
    return found


def _line(account: Account, now: datetime) -> Line:
    asked_at = account.deletion_asked_at or now
    return Line(account.id, _(WORDS_OF_KINDS[account.kind]), asked_at, days_left(asked_at, now=now))


def _page(account: Account, services: DeskServices, *, faults: dict[str, str] | None = None) -> ResponseReturnValue:
    body = render_template(
        "deletion.html",
        account=account,
        line=_line(account, services.now()),
        ways=[each.provider for each in services.accounts.known_as(account.id)],
        faults=faults or {},
    )
    return body, 422 if faults else 200
