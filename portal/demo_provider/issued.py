"""What the provider has given out: codes and access tokens, in the shapes that authlib asks for."""

from dataclasses import dataclass

from authlib.oauth2.rfc6749 import TokenMixin
from authlib.oidc.core import AuthorizationCodeMixin

from portal.clock import Now
from portal.demo_provider.client import PortalClient
from portal.demo_provider.kept import Kept
from portal.demo_provider.people import Presence, acr

CODE_SECONDS = 60
TOKEN_SECONDS = 300
SESSION_SECONDS = 8 * 3600


@dataclass(frozen=True)
class Code(AuthorizationCodeMixin):
    """What a code stands for: who signed in, and the question that it answers."""

    presence: Presence
    redirect_uri: str
    scope: str
    nonce: str
    code_challenge: str
    code_challenge_method: str
    auth_time: int

    def get_redirect_uri(self) -> str:
        return self.redirect_uri

    def get_scope(self) -> str:
        return self.scope

    def get_nonce(self) -> str:
        return self.nonce

    def get_auth_time(self) -> int:
        return self.auth_time

    def get_acr(self) -> str:
        return acr(self.presence.level)


@dataclass(frozen=True)
class Token(TokenMixin):
    """An access token; one whose time is over is not kept, and none is ever revoked."""

    presence: Presence
    client: PortalClient
    scope: str

    def check_client(self, client: PortalClient) -> bool:
        return client is self.client

    def get_scope(self) -> str:
        return self.scope

    def get_expires_in(self) -> int:
        return TOKEN_SECONDS

    def is_expired(self) -> bool:
        return False

    def is_revoked(self) -> bool:
        return False

    def get_user(self) -> Presence:
        return self.presence

    def get_client(self) -> PortalClient:
        return self.client


class Issued:
    """All of it, in memory. A code works once and for a minute; a session lasts a working day."""

    def __init__(self, now: Now) -> None:
        self.now = now
        self.codes = Kept[Code](seconds=CODE_SECONDS, now=now)
        self.nonces = Kept[bool](seconds=600, now=now)
        self.tokens = Kept[Token](seconds=TOKEN_SECONDS, now=now)
        self.sessions = Kept[Presence](seconds=SESSION_SECONDS, now=now)
