"""Routes that programs ask, and the one that a browser passes on its way out."""

from typing import cast

from authlib.integrations.flask_oauth2 import AuthorizationServer
from authlib.oidc.rpinitiated import EndSessionRequest
from flask import Blueprint, Response, jsonify, render_template
from flask.typing import ResponseReturnValue

from portal.demo_provider.discovery import metadata
from portal.demo_provider.keys import SigningKeys


def make_blueprint(server: AuthorizationServer, *, issuer: str, keys: SigningKeys) -> Blueprint:
    """Discovery, keys, tokens, userinfo, signing out. Needs no form token: a client proves itself by its secret, a
    request to sign out by the identity token that it carries.
    """
    protocol = Blueprint("protocol", __name__)

    @protocol.get("/.well-known/openid-configuration")
    def discovery() -> ResponseReturnValue:
        return jsonify(metadata(issuer))

    @protocol.get("/oauth2/jwks")
    def jwks() -> ResponseReturnValue:
        return jsonify(keys.public().as_dict(private=False))

    @protocol.post("/oauth2/token")
    def token() -> ResponseReturnValue:
        return cast(Response, server.create_token_response())

    @protocol.route("/oauth2/userinfo", methods=["GET", "POST"])
    def userinfo() -> ResponseReturnValue:
        return cast(Response, server.create_endpoint_response("userinfo"))  # type: ignore[no-untyped-call]

    @protocol.route("/oauth2/logout", methods=["GET", "POST"])
    def logout() -> ResponseReturnValue:
        asked = cast(EndSessionRequest, server.validate_endpoint_request("end_session"))
        if asked.needs_confirmation:
            return render_template("demo_provider/signed_out.html", ended=False)
        back = cast(Response | None, server.create_endpoint_response("end_session", asked))  # type: ignore[no-untyped-call]
        return back or render_template("demo_provider/signed_out.html", ended=True)

    return protocol
