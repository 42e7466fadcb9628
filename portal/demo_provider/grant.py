"""The one grant of the provider: a code, for a request with PKCE (S256) and a nonce."""

from collections.abc import Mapping

from authlib.oauth2.rfc6749 import ClientMixin, InvalidRequestError, OAuth2Request, grants
from authlib.oauth2.rfc7636 import CodeChallenge
from authlib.oidc.core import UserInfo
from authlib.oidc.core.grants import OpenIDCode
from joserfc.jwk import RSAKey

from portal.demo_provider.client import PortalClient
from portal.demo_provider.issued import Code, Issued
from portal.demo_provider.keys import SigningKeys
from portal.demo_provider.people import Presence


class ChallengeRequired(CodeChallenge):
    """Proof of who asked, S256 and nothing weaker, also for a client that has a secret."""

    SUPPORTED_CODE_CHALLENGE_METHOD = ["S256"]  # noqa: RUF012 - as the class above declares it

    def validate_code_challenge(self, grant: grants.AuthorizationCodeGrant, redirect_uri: str) -> None:
        asked = _asked(grant.request)
        if not asked.get("code_challenge") or asked.get("code_challenge_method") != "S256":
            raise InvalidRequestError("A code_challenge with the method S256 is required.")
        super().validate_code_challenge(grant, redirect_uri)


class IdToken(OpenIDCode):
    """The identity token says who, in which session and at which level; the names and numbers are in the userinfo."""

    def __init__(self, *, issuer: str, keys: SigningKeys, issued: Issued) -> None:
        super().__init__(require_nonce=True)
        self._issuer, self._keys, self._issued = issuer, keys, issued

    def exists_nonce(self, nonce: str, _request: OAuth2Request) -> bool:
        return self._issued.nonces.get(nonce) is not None

    def resolve_client_private_key(self, _client: PortalClient) -> RSAKey:
        return self._keys.private

    def get_encode_header(self, _client: PortalClient) -> dict[str, str]:
        return self._keys.header

    def get_client_claims(self, client: PortalClient) -> dict[str, str]:
        return {"iss": self._issuer, "aud": client.client_id}

    def generate_user_info(self, user: Presence, _scope: str) -> UserInfo:
        return UserInfo(sub=user.person.subject, sid=user.sid)


def code_grant(issued: Issued) -> type[grants.AuthorizationCodeGrant]:
    """The grant that keeps its codes in `issued`; authlib makes one instance of it for each request."""

    class CodeGrant(grants.AuthorizationCodeGrant):
        TOKEN_ENDPOINT_AUTH_METHODS = ["client_secret_post"]  # noqa: RUF012 - as the class above declares it

        def save_authorization_code(self, code: str, request: OAuth2Request) -> None:
            issued.nonces.put(_asked(request)["nonce"], True)
            issued.codes.put(code, _code(request, auth_time=int(issued.now().timestamp())))

        def query_authorization_code(self, code: str, _client: ClientMixin) -> Code | None:
            return issued.codes.take(code)  # gone whatever comes of it: a wrong verifier gets no second try

        def delete_authorization_code(self, authorization_code: Code) -> None:
            """It went when it was asked for."""

        def authenticate_user(self, authorization_code: Code) -> Presence:
            return authorization_code.presence

    return CodeGrant


def _code(request: OAuth2Request, *, auth_time: int) -> Code:
    asked, presence = _asked(request), request.user
    assert isinstance(presence, Presence)
    return Code(
        presence=presence,
        redirect_uri=asked["redirect_uri"],
        scope=request.scope,
        nonce=asked["nonce"],
        code_challenge=asked["code_challenge"],
        code_challenge_method=asked["code_challenge_method"],
        auth_time=auth_time,
    )


def _asked(request: OAuth2Request) -> Mapping[str, str]:
    """The parameters of the request; authlib makes no request without any."""
    assert request.payload is not None
    return request.payload.data
