"""Accounts for readers without electronic identity, issued by an archivist who has seen their papers."""

import secrets

from flask import Blueprint, render_template, request
from flask.typing import ResponseReturnValue

from portal.accounts.credentials.events import Owner
from portal.accounts.credentials.issuing import LoginTaken
from portal.accounts.staff.roles import Duty
from portal.desk.gate import declares, member
from portal.desk.issue_form import Asked, IssueForm, choices, read_form
from portal.desk.services import DeskServices
from portal.i18n import _

FORM_SECONDS = 24 * 3600

_TRIES = 5


def add_routes(desk: Blueprint, services: DeskServices) -> None:
    """The form and the slip with the one-time password, which is shown once."""

    @desk.get("/cap-tai-khoan", endpoint="issue")
    @declares(Duty.ISSUE_READER_ACCOUNTS)
    def ask() -> ResponseReturnValue:
        return _page(Asked({}, {}))

    @desk.post("/cap-tai-khoan", endpoint="issue_account")
    @declares(Duty.ISSUE_READER_ACCOUNTS)
    def issue() -> ResponseReturnValue:
        read = read_form(request.form)
        if isinstance(read, Asked):
            return _page(read)
        if not services.sessions.once(f"issue {request.form.get('sheet', '')}", FORM_SECONDS):
            return _page(Asked({}, {"name": _("Phiếu này đã gửi rồi và tài khoản đã được cấp; xin làm phiếu mới.")}))
        login, password = _issued(read, services)
        return render_template("slip.html", name=read.name, login=login, password=password, reader=True)


def _issued(form: IssueForm, services: DeskServices) -> tuple[str, str]:
    account = services.accounts.issue(
        name=form.name,
        document=form.document,
        nationality=form.nationality,
        email=form.email,
        phone=form.phone,
        language=form.language,
        author=member().login,
        now=services.now(),
    )
    for _try in range(_TRIES):
        login = f"bd-{secrets.randbelow(10_000):04}-{secrets.randbelow(10_000):04}"
        try:
            password = services.credentials.issue(
                login, owner=Owner.READER, owner_id=account.id, author=member().login, now=services.now()
            )
        except LoginTaken:
            continue
        return login, password
    raise LoginTaken("five numbers in a row")


def _page(asked: Asked) -> ResponseReturnValue:
    sheet = secrets.token_hex(16)
    body = render_template("issue.html", values=dict(asked.values), faults=asked.faults, sheet=sheet, **choices())
    return body, 422 if asked.faults else 200
