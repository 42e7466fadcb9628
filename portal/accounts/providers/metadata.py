"""Where a provider is asked for what: from its settings, or from the document in which it describes itself."""

from dataclasses import dataclass
from datetime import datetime, timedelta
from typing import Any

from portal.accounts.providers.conversation import Conversation
from portal.accounts.providers.faults import Fault, SignInFault, not_trusted
from portal.accounts.providers.hosts import Hosts
from portal.accounts.providers.profile import Profile

LIFE = timedelta(hours=1)

_WELL_KNOWN = "/.well-known/openid-configuration"


@dataclass(frozen=True)
class Endpoints:
    """Absolute addresses, each on an allowed host; "" where the provider has none."""

    authorization: str
    token: str
    userinfo: str
    jwks: str
    end_session: str
    revocation: str


class Metadata:
    """The endpoints of one provider. An address in the settings goes before one in the provider's document."""

    def __init__(self, profile: Profile, hosts: Hosts) -> None:
        self._profile, self._hosts = profile, hosts
        self._known: tuple[datetime, Endpoints] | None = None

    def endpoints(self, conversation: Conversation, *, now: datetime) -> Endpoints:
        """Not older than an hour. Two threads may read the document at once, which does no harm."""
        known = self._known
        if known is None or not timedelta() <= now - known[0] < LIFE:
            known = self._known = now, self._read(conversation)
        return known[1]

    def whatever_known(self, conversation: Conversation) -> Endpoints:
        """However old: for signing out, which nobody is kept waiting for."""
        return self._known[1] if self._known else self._read(conversation)

    def _read(self, conversation: Conversation) -> Endpoints:
        profile = self._profile
        document: dict[str, Any] = {}
        if profile.discovery:
            address = profile.metadata_url or profile.issuer.rstrip("/") + _WELL_KNOWN
            document = conversation.ask("GET", address, "metadata")
            if document.get("issuer") != profile.issuer:
                raise not_trusted("metadata: issuer is not the one of the settings")
        return self._checked(
            Endpoints(
                authorization=profile.authorization_endpoint or _text(document, "authorization_endpoint"),
                token=profile.token_endpoint or _text(document, "token_endpoint"),
                userinfo=profile.userinfo_endpoint or _text(document, "userinfo_endpoint"),
                jwks=profile.jwks_uri or _text(document, "jwks_uri"),
                end_session=profile.end_session_endpoint or _text(document, "end_session_endpoint"),
                revocation=profile.revocation_endpoint or _text(document, "revocation_endpoint"),
            )
        )

    def _checked(self, endpoints: Endpoints) -> Endpoints:
        for what, address in vars(endpoints).items():
            if address:
                self._hosts.checked(address, f"metadata: {what}")
        if not endpoints.authorization or not endpoints.token:
            raise SignInFault(Fault.NOT_CONFIGURED, "the provider names no authorization or token endpoint")
        return endpoints


def _text(document: dict[str, Any], name: str) -> str:
    value = document.get(name, "")
    if not isinstance(value, str):
        raise not_trusted(f"metadata: {name} is no text")
    return value
