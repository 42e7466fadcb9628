"""Authlib's authorization server with what this provider offers: codes, userinfo, signing out."""

from authlib.integrations.flask_oauth2 import AuthorizationServer, ResourceProtector
from authlib.oauth2.rfc6749 import OAuth2Request
from authlib.oauth2.rfc6750 import BearerTokenValidator
from authlib.oauth2.rfc9207 import IssuerParameter
from authlib.oidc.core import UserInfo
from authlib.oidc.core.userinfo import UserInfoEndpoint
from authlib.oidc.rpinitiated import EndSessionEndpoint, EndSessionRequest
from flask import Flask
from joserfc.jwk import KeySet

from portal.demo_provider.client import PortalClient
from portal.demo_provider.grant import ChallengeRequired, IdToken, code_grant
from portal.demo_provider.issued import TOKEN_SECONDS, Issued, Token
from portal.demo_provider.keys import ALGORITHM, SigningKeys
from portal.demo_provider.people import Presence, userinfo


def install(app: Flask, *, issuer: str, client: PortalClient, keys: SigningKeys, issued: Issued) -> AuthorizationServer:
    """The server for this application; it knows one client and asks that client for its secret."""
    app.config["OAUTH2_SCOPES_SUPPORTED"] = ["openid"]
    app.config["OAUTH2_TOKEN_EXPIRES_IN"] = {"authorization_code": TOKEN_SECONDS}

    def save_token(token: dict[str, str], request: OAuth2Request) -> None:
        assert isinstance(request.user, Presence)
        issued.tokens.put(token["access_token"], Token(request.user, client, token["scope"]))

    server = AuthorizationServer(app, {client.client_id: client}.get, save_token)
    server.register_grant(
        code_grant(issued), [ChallengeRequired(required=True), IdToken(issuer=issuer, keys=keys, issued=issued)]
    )
    server.register_extension(_issuer_told(issuer))
    # The class that authlib has for this endpoint is none of its Endpoints.
    server.register_endpoint(_UserInfo(resource_protector=_protector(issued)))  # type: ignore[arg-type]
    server.register_endpoint(_end_session(keys, issued))
    return server


def _issuer_told(issuer: str) -> IssuerParameter:
    class IssuerTold(IssuerParameter):
        def get_issuer(self) -> str:
            return issuer

    return IssuerTold()


def _protector(issued: Issued) -> ResourceProtector:
    class KnownToken(BearerTokenValidator):
        def authenticate_token(self, token_string: str) -> Token | None:
            return issued.tokens.get(token_string)

    protector = ResourceProtector()
    protector.register_token_validator(KnownToken())
    return protector


class _UserInfo(UserInfoEndpoint):
    def generate_user_info(self, user: Presence, _scope: str) -> UserInfo:
        return userinfo(user)


def _end_session(keys: SigningKeys, issued: Issued) -> type[EndSessionEndpoint]:
    class EndSession(EndSessionEndpoint):
        def get_server_jwks(self) -> KeySet:
            return keys.public()

        def get_algorithms(self) -> list[str]:
            return [ALGORITHM]

        def end_session(self, end_session_request: EndSessionRequest) -> None:
            claims = end_session_request.id_token_claims or {}
            issued.sessions.take(str(claims.get("sid", "")))

    return EndSession
