"""The second step of a sign-in: a code of the app, or a recovery code."""

from flask import Blueprint, render_template, request
from flask.typing import ResponseReturnValue

from portal.accounts.credentials.events import Owner
from portal.desk.gate import Open, declares
from portal.desk.pending import Step
from portal.desk.services import DeskServices
from portal.desk.steps import Steps
from portal.i18n import _
from portal.limits import Limits


def add_routes(desk: Blueprint, services: DeskServices, limits: Limits) -> None:
    """The code of a sign-in."""
    steps = Steps(services)

    @desk.get("/dang-nhap/ma", endpoint="code")
    @declares(Open.ANYONE)
    def ask_code() -> ResponseReturnValue:
        steps.resume(Step.CODE)
        return render_template("code.html", fault="")

    @desk.post("/dang-nhap/ma", endpoint="check_code")
    @declares(Open.ANYONE)
    @limits.sign_in
    def check_code() -> ResponseReturnValue:
        underway = steps.resume(Step.CODE)
        typed, login = request.form.get("code", ""), underway.member.login
        if not services.credentials.second_factors.check(login, typed, owner=Owner.STAFF, now=services.now()):
            return render_template("code.html", fault=_("Mã không đúng hoặc đã dùng rồi.")), 422
        return steps.go_on(underway, underway.pending.with_code())
