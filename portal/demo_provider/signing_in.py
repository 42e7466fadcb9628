"""The page on which a visitor of the demonstration chooses who to be."""

import secrets
from typing import cast

from authlib.integrations.flask_oauth2 import AuthorizationServer
from flask import Blueprint, Response, abort, render_template, request
from flask.typing import ResponseReturnValue

from portal.demo_provider.issued import Issued
from portal.demo_provider.people import PEOPLE, Presence, acr

LEVELS = (1, 2)


def make_blueprint(server: AuthorizationServer, issued: Issued) -> Blueprint:
    """One address: asked for, it shows the choice; answered, it sends the browser back to the portal."""
    signing_in = Blueprint("signing_in", __name__)

    @signing_in.get("/oauth2/authorize")
    def choose() -> ResponseReturnValue:
        server.get_consent_grant(end_user=None)  # type: ignore[no-untyped-call]
        wanted = _wanted_level()
        return render_template("demo_provider/choose.html", people=PEOPLE.values(), levels=LEVELS, wanted=wanted)

    @signing_in.post("/oauth2/authorize")
    def chosen() -> ResponseReturnValue:
        grant = server.get_consent_grant(end_user=None)  # type: ignore[no-untyped-call]
        presence = None if "refuse" in request.form else _presence(issued)
        return cast(Response, server.create_authorization_response(grant=grant, grant_user=presence))

    return signing_in


def _wanted_level() -> int:
    """The level that the portal asks for; the lower one when it names none."""
    asked = request.args.get("acr_values", "").split()
    return max((level for level in LEVELS if acr(level) in asked), default=LEVELS[0])


def _presence(issued: Issued) -> Presence:
    """The person and level of the form. Nobody gets a level that their electronic identity does not have."""
    person = PEOPLE.get(request.form.get("person", ""))
    level = request.form.get("level", "")
    if person is None or level not in map(str, LEVELS):
        abort(400)
    presence = Presence(person, min(int(level), person.highest_level), secrets.token_urlsafe(16))
    issued.sessions.put(presence.sid, presence)
    return presence
