"""The first step of a sign-in: login and password."""

from flask import Blueprint, redirect, render_template, request
from flask.typing import ResponseReturnValue

from portal.accounts.credentials.events import Owner
from portal.accounts.local_path import local_path
from portal.desk.gate import Open, declares, signed_in
from portal.desk.services import DeskServices
from portal.desk.steps import Steps
from portal.i18n import _, page_url
from portal.limits import Limits


def add_routes(desk: Blueprint, services: DeskServices, limits: Limits) -> None:
    """Signing in with a password."""
    steps = Steps(services)

    @desk.get("/dang-nhap", endpoint="sign_in")
    @declares(Open.ANYONE)
    @limits.search
    def ask_password() -> ResponseReturnValue:
        if signed_in(services.staff):
            return redirect(_next() or page_url("desk.home"), 303)
        return _page(services)

    @desk.post("/dang-nhap", endpoint="check_password")
    @declares(Open.ANYONE)
    @limits.sign_in
    def check_password() -> ResponseReturnValue:
        login, password = request.form.get("login", ""), request.form.get("password", "")
        credential = services.credentials.check(login, password, owner=Owner.STAFF, now=services.now()).credential
        found = services.staff.by_id(credential.owner_id) if credential else None
        if credential is None or found is None:
            return _page(services, fault=_("Tên đăng nhập hoặc mật khẩu không đúng."))
        if not found.active:
            steps.refuse(found)
            return _page(services, fault=_("Tên đăng nhập hoặc mật khẩu không đúng."))
        return steps.begin(found, credential, next_address=_next(), password=True)


def _page(services: DeskServices, *, fault: str = "") -> ResponseReturnValue:
    body = render_template(
        "sign_in.html",
        providers=[provider.profile for provider in services.providers.values()],
        login=request.form.get("login", ""),
        next=_next(),
        ended="het-phien" in request.args,
        fault=fault,
    )
    return body, 422 if fault else 200


def _next() -> str:
    """Where to go on to: a path of the desk, or "" for its first page."""
    return local_path(request.values.get("next", ""), otherwise="")
