"""Setting up the app that makes codes: once, at the first sign-in or after an administrator has reset it."""

from flask import Blueprint, Response, render_template, request
from flask.typing import ResponseReturnValue

from portal.accounts.credentials.events import Owner
from portal.desk.gate import Open, declares
from portal.desk.pending import Step
from portal.desk.services import DeskServices
from portal.desk.steps import Steps, Underway
from portal.errors import NotFound
from portal.i18n import _, page_url
from portal.limits import Limits
from portal.sessions.session import current


def add_routes(desk: Blueprint, services: DeskServices, limits: Limits, *, issuer: str) -> None:
    """The key of the app, its picture, and the first code; `issuer` names the archive in the app."""
    steps, factors = Steps(services), services.credentials.second_factors

    @desk.get("/dang-nhap/cai-ma", endpoint="enrol")
    @declares(Open.ANYONE)
    def ask_app() -> ResponseReturnValue:
        underway = steps.resume(Step.ENROL)
        if not underway.pending.proposed:
            underway.pending.with_proposed(factors.propose()).keep(current())
            underway = steps.resume(Step.ENROL)
        return _enrolment(services, underway)

    @desk.get("/dang-nhap/cai-ma/anh-qr.svg", endpoint="enrol_picture")
    @declares(Open.ANYONE)
    def picture() -> ResponseReturnValue:
        underway = steps.resume(Step.ENROL)
        if not underway.pending.proposed:
            raise NotFound
        drawn = factors.picture(underway.pending.proposed, login=underway.member.login, issuer=issuer)
        return Response(drawn, mimetype="image/svg+xml")

    @desk.post("/dang-nhap/cai-ma", endpoint="confirm_app")
    @declares(Open.ANYONE)
    @limits.sign_in
    def confirm() -> ResponseReturnValue:
        underway = steps.resume(Step.ENROL)
        code = request.form.get("code", "").replace(" ", "")
        codes = _confirmed(services, underway, code) if underway.pending.proposed else ()
        if not codes:
            return _enrolment(services, underway, fault=_("Mã không đúng. Chờ ứng dụng hiện mã mới rồi gõ lại."))
        services.credentials.signed_in(underway.member.login, owner=Owner.STAFF, now=services.now())
        steps.finish(underway)
        onward = underway.pending.next or page_url("desk.home")
        return render_template("recovery_codes.html", codes=codes, onward=onward)


def _confirmed(services: DeskServices, underway: Underway, code: str) -> tuple[str, ...]:
    return services.credentials.second_factors.confirm(
        underway.member.login, underway.pending.proposed, code, owner=Owner.STAFF, now=services.now()
    )


def _enrolment(services: DeskServices, underway: Underway, *, fault: str = "") -> ResponseReturnValue:
    key = services.credentials.second_factors.key(underway.pending.proposed) if underway.pending.proposed else ""
    return render_template("enrol.html", key=key, fault=fault), 422 if fault else 200
