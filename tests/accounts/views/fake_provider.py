"""An identity provider that says what a test wants, behind the same port as the real ones."""

import json
import secrets
from datetime import datetime, timedelta
from urllib.parse import parse_qs, urlencode

from portal.accounts.providers.attempts import Attempt
from portal.accounts.providers.faults import Fault, SignInFault
from portal.accounts.providers.identity import Identity
from portal.accounts.providers.profile import Profile
from portal.accounts.providers.provider import Ended


class FakeProvider:
    """Whoever is put into `people` under a code comes back when the browser brings that code."""

    def __init__(self, provider_id: str, host: str, name: str) -> None:
        issuer = f"https://{host}"
        self.profile = Profile(
            id=provider_id,
            name=name,
            name_en=f"{name} (en)",
            issuer=issuer,
            client_id="portal",
            client_secret="s" * 16,  # type: ignore[arg-type]
        )
        self.reset()

    def reset(self) -> None:
        """As nobody had ever come."""
        self.people: dict[str, Identity] = {}
        self.away = False
        self.attempts: list[Attempt] = []

    def begin(self, *, next: str, level: int, purpose: str, now: datetime) -> tuple[str, Attempt]:  # noqa: A002
        if self.away:
            raise SignInFault(Fault.PROVIDER_AWAY, "no answer within 5 seconds")
        state, nonce, verifier = (secrets.token_urlsafe(16) for _ in range(3))
        attempt = Attempt(state, nonce, verifier, self.profile.id, next, level, purpose, now)
        self.attempts.append(attempt)
        return f"{self.profile.issuer}/auth?{urlencode({'state': state})}", attempt

    def finish(self, query: bytes, attempt: Attempt, *, now: datetime) -> Identity:
        given = parse_qs(query.decode())
        if self.away:
            raise SignInFault(Fault.PROVIDER_AWAY, "no answer within 5 seconds")
        if "error" in given:
            raise SignInFault(Fault.CANCELLED, "access_denied")
        identity = self.people.pop(given.get("code", [""])[0], None)
        if identity is None:
            raise SignInFault(Fault.PROVIDER_REFUSED, "code not accepted")
        if identity.level < attempt.level:
            raise SignInFault(Fault.LEVEL_TOO_LOW, f"level {identity.level} of {attempt.level}")
        return identity

    def logout_address(self, *, id_token: str, logout_uri: str, return_to: str, state: str = "") -> str:
        asked = urlencode({"id_token_hint": id_token, "post_logout_redirect_uri": return_to})
        return f"{self.profile.issuer}/logout?{asked}" if id_token else ""

    def ended(self, logout_token: str, *, now: datetime) -> Ended:
        try:
            told = json.loads(logout_token)
        except ValueError:
            raise SignInFault(Fault.ANSWER_NOT_TRUSTED, "logout token is no token") from None
        return Ended(
            self.profile.issuer, told.get("sid", ""), told.get("sub", ""), told["jti"], now + timedelta(minutes=2)
        )
