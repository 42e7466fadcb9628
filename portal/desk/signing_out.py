"""Out of the desk, and out of the province's identity provider where it can be asked."""

import logging

from flask import Blueprint, g, redirect, render_template
from flask.typing import ResponseReturnValue

from portal.accounts.credentials.events import Happened
from portal.accounts.providers.faults import SignInFault
from portal.desk.came_by import CameBy, came_by
from portal.desk.gate import Open, declares, member
from portal.desk.services import DeskServices
from portal.i18n import page_url
from portal.sessions.session import current
from portal.store.sealing import SealBroken

log = logging.getLogger("portal.desk.sign_out")


def add_routes(desk: Blueprint, services: DeskServices) -> None:
    """The button of the masthead, and the page afterwards."""

    @desk.post("/dang-xuat", endpoint="sign_out")
    @declares(Open.STAFF)
    def sign_out() -> ResponseReturnValue:
        who, left, done = member(), came_by(current()), page_url("desk.signed_out")
        # The session here ends first: whatever the store or the provider does, nobody is signed in any more.
        current().end()
        g.member = None
        services.staff.note(Happened.SIGNED_OUT, member=who, author=who.login, now=services.now())
        return redirect(_elsewhere(left, done, services) or done, 303)

    @desk.get("/dang-xuat/xong", endpoint="signed_out")
    @declares(Open.ANYONE)
    def done() -> ResponseReturnValue:
        """A provider may have added words of its own to the address, which are not read."""
        return render_template("signed_out.html", providers=bool(services.providers))


def _elsewhere(left: CameBy, done: str, services: DeskServices) -> str:
    provider = services.providers.get(left.provider)
    if provider is None:
        return ""
    try:
        id_token, logout_uri = (services.seal.open(text) if text else "" for text in (left.id_token, left.logout_uri))
        return provider.logout_address(id_token=id_token, logout_uri=logout_uri, return_to=done)
    except (SignInFault, SealBroken) as error:
        log.warning("signed out here only: %s provider=%s", type(error).__name__, left.provider)
        return ""
