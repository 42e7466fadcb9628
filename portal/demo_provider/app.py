"""The demonstration provider as a web application."""

import secrets
from pathlib import Path
from typing import cast

from authlib.integrations.flask_oauth2 import AuthorizationServer
from authlib.integrations.flask_oauth2.requests import FlaskOAuth2Request
from authlib.oauth2 import OAuth2Error
from flask import Flask, Response, render_template, request
from flask.typing import ResponseReturnValue
from flask_wtf import CSRFProtect
from werkzeug.exceptions import HTTPException, SecurityError

from portal import assets, headers
from portal.clock import Now
from portal.demo_provider import pages, protocol, server, signing_in
from portal.demo_provider.client import PortalClient
from portal.demo_provider.issued import Issued
from portal.demo_provider.keys import SigningKeys
from portal.demo_provider.leaving import tell_portal
from portal.demo_provider.people import Presence


def create_provider(*, issuer: str, client: PortalClient, mail_folder: Path, now: Now) -> Flask:
    """The provider at `issuer` (an origin without a slash at its end) for one portal. Keys and memory are new."""
    app = Flask("portal", template_folder=assets.folder("templates"), static_folder=assets.folder("static"))
    app.config.from_mapping(
        SECRET_KEY=secrets.token_bytes(32),
        TRUSTED_HOSTS=["127.0.0.1", "localhost"],
        MAX_CONTENT_LENGTH=64_000,
        # Cookies know no ports: with a name of its own, this one does not push out the portal's on the same machine.
        SESSION_COOKIE_NAME="demo-provider",
        SESSION_COOKIE_SAMESITE="Lax",
    )
    form_tokens = CSRFProtect(app)
    headers.install(app, sends_to=[client.portal])
    assets.install(app)
    keys, issued = SigningKeys(), Issued(now)
    authorization = server.install(app, issuer=issuer, client=client, keys=keys, issued=issued)
    asked_by_programs = protocol.make_blueprint(authorization, issuer=issuer, keys=keys)
    form_tokens.exempt(asked_by_programs)

    def tell(presence: Presence) -> bool:
        return tell_portal(presence, issuer=issuer, client=client, keys=keys, now=now())

    app.register_blueprint(asked_by_programs)
    app.register_blueprint(signing_in.make_blueprint(authorization, issued))
    app.register_blueprint(pages.make_blueprint(issued, mail_folder=mail_folder, tell_portal=tell))
    app.context_processor(lambda: {"portal": client.portal})
    _install_errors(app, authorization)
    return app


def _install_errors(app: Flask, authorization: AuthorizationServer) -> None:
    @app.errorhandler(OAuth2Error)
    def _refused(error: OAuth2Error) -> ResponseReturnValue:
        """Back to the portal where its address is known to be right; else told here, on a page."""
        if not error.redirect_uri:
            return render_template("demo_provider/error.html", detail=str(error.description or error.error)), 400
        response = cast(Response, authorization.handle_error_response(FlaskOAuth2Request(request), error))
        authorization.execute_hook("after_create_authorization_response", response)
        return response

    @app.errorhandler(HTTPException)
    def _failed(error: HTTPException) -> ResponseReturnValue:
        if isinstance(error, SecurityError):  # a foreign host: not even addresses can be made for a page
            return "400", 400
        return render_template("demo_provider/error.html", detail=f"{error.code} {error.name}"), error.code or 500
