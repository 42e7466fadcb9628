"""Choosing a new password: at the first sign-in, when one has got too old, or because its owner likes to."""

from flask import Blueprint, flash, redirect, render_template, request
from flask.typing import ResponseReturnValue

from portal.accounts.credentials.events import Owner
from portal.accounts.staff.member import StaffMember
from portal.desk.gate import Open, declares, member
from portal.desk.pending import Step
from portal.desk.services import DeskServices
from portal.desk.steps import Steps
from portal.desk.words import password_fault
from portal.i18n import _, page_url
from portal.limits import Limits
from portal.sessions.session import current

Faults = dict[str, str]


def add_routes(desk: Blueprint, services: DeskServices, limits: Limits) -> None:
    """The pages for a new password, within a sign-in and without."""
    steps = Steps(services)

    @desk.get("/dang-nhap/mat-khau-moi", endpoint="first_password")
    @declares(Open.ANYONE)
    def ask_first() -> ResponseReturnValue:
        underway = steps.resume(Step.NEW_PASSWORD)
        return _page(services, {}, underway.member, own=False)

    @desk.post("/dang-nhap/mat-khau-moi", endpoint="set_first_password")
    @declares(Open.ANYONE)
    @limits.sign_in
    def set_first() -> ResponseReturnValue:
        underway = steps.resume(Step.NEW_PASSWORD)
        if faults := _replaced(services, underway.member):
            return _page(services, faults, underway.member, own=False)
        services.sessions.end_owner(underway.member.id)
        return steps.go_on(underway, underway.pending.with_password(_changed_at(services, underway.member)))

    @desk.get("/tai-khoan/mat-khau", endpoint="password")
    @declares(Open.STAFF)
    def ask_another() -> ResponseReturnValue:
        return _page(services, {}, member(), own=True)

    @desk.post("/tai-khoan/mat-khau", endpoint="change_password")
    @declares(Open.STAFF)
    @limits.sign_in
    def change() -> ResponseReturnValue:
        given = request.form.get("current", "")
        if not services.credentials.check(member().login, given, owner=Owner.STAFF, now=services.now()).passed:
            return _page(services, {"current": _("Mật khẩu hiện tại không đúng.")}, member(), own=True)
        if faults := _replaced(services, member()):
            return _page(services, faults, member(), own=True)
        services.sessions.end_owner(member().id, except_key=current().key)
        current().rotate()
        flash(_("Đã đổi mật khẩu. Các phiên khác của ông/bà đã kết thúc."))
        return redirect(page_url("desk.account"), 303)


def _replaced(services: DeskServices, who: StaffMember) -> Faults:
    """The new password of the form, set; or what is wrong with it."""
    password, again = request.form.get("new", ""), request.form.get("again", "")
    if password != again:
        return {"again": _("Hai lần gõ không giống nhau.")}
    found = services.credentials.replace_password(
        who.login, password, owner=Owner.STAFF, name=who.name, now=services.now()
    )
    return {"new": " ".join(password_fault(each, services.credentials.rules) for each in found)} if found else {}


def _changed_at(services: DeskServices, who: StaffMember) -> str:
    credential = services.credentials.of_login(who.login, owner=Owner.STAFF)
    return credential.password_at.isoformat() if credential else ""


def _page(services: DeskServices, faults: Faults, who: StaffMember, *, own: bool) -> ResponseReturnValue:
    rules = services.credentials.rules
    body = render_template("new_password.html", rules=rules, faults=faults, login=who.login, own=own)
    return body, 422 if faults else 200
