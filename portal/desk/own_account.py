"""One's own account: sessions, and recovery codes."""

from flask import Blueprint, flash, redirect, render_template, request
from flask.typing import ResponseReturnValue

from portal.accounts.credentials.events import Happened, Owner
from portal.desk.gate import Open, declares, member
from portal.desk.home import role_names
from portal.desk.services import DeskServices
from portal.errors import NotFound
from portal.i18n import _, page_url
from portal.limits import Limits
from portal.sessions.session import current


def add_routes(desk: Blueprint, services: DeskServices, limits: Limits) -> None:
    """The page of one's own account, and what is done there."""

    @desk.get("/tai-khoan", endpoint="account")
    @declares(Open.STAFF)
    def account() -> ResponseReturnValue:
        return _page(services)

    @desk.post("/tai-khoan/phien/<key>/ket-thuc", endpoint="end_session")
    @declares(Open.STAFF)
    def end_session(key: str) -> ResponseReturnValue:
        if key not in {each.key for each in services.sessions.of_owner(member().id)}:
            raise NotFound
        if key == current().key:
            current().end()
        services.sessions.delete(key)
        _note_ended(services)
        return redirect(page_url("desk.account"), 303)

    @desk.post("/tai-khoan/phien/ket-thuc-het", endpoint="end_other_sessions")
    @declares(Open.STAFF)
    def end_others() -> ResponseReturnValue:
        services.sessions.end_owner(member().id, except_key=current().key)
        _note_ended(services)
        flash(_("Mọi phiên khác của ông/bà đã kết thúc."))
        return redirect(page_url("desk.account"), 303)

    @desk.post("/tai-khoan/ma-du-phong", endpoint="new_recovery_codes")
    @declares(Open.STAFF)
    @limits.sign_in
    def new_codes() -> ResponseReturnValue:
        factors, now = services.credentials.second_factors, services.now()
        if not factors.check(member().login, request.form.get("code", ""), owner=Owner.STAFF, now=now):
            return _page(services, fault=_("Mã không đúng hoặc đã dùng rồi."))
        codes = factors.new_recovery_codes(member().login, owner=Owner.STAFF, now=now)
        current().rotate()
        return render_template("recovery_codes.html", codes=codes, onward=page_url("desk.account"))


def _note_ended(services: DeskServices) -> None:
    services.staff.note(Happened.SESSION_ENDED, member=member(), author=member().login, now=services.now())


def _page(services: DeskServices, *, fault: str = "") -> ResponseReturnValue:
    credential = services.credentials.of_login(member().login, owner=Owner.STAFF)
    body = render_template(
        "account.html",
        roles=role_names(member()),
        credential=credential,
        codes_left=services.credentials.second_factors.recovery_codes_left(member().login),
        sessions=services.sessions.of_owner(member().id),
        own_key=current().key,
        fault=fault,
    )
    return body, 422 if fault else 200
