"""The statement that a session at the provider has ended (OpenID Connect Back-Channel Logout 1.0)."""

from datetime import UTC, datetime
from typing import Any

from portal.accounts.providers.faults import not_trusted
from portal.accounts.providers.profile import Profile
from portal.accounts.providers.provider import Ended
from portal.accounts.providers.signed import LEEWAY_SECONDS, FindKey, check_claims, verified

_TYPES = frozenset({"jwt", "logout+jwt"})
_EVENT = "http://schemas.openid.net/event/backchannel-logout"
_WHAT = "logout_token"

MOST_SECONDS = 3600
"""A message that is valid for longer would have to be remembered for longer; the standard advises two minutes."""


def ended_session(token: object, profile: Profile, find_key: FindKey, *, now: datetime) -> Ended:
    """What the token says. SignInFault ANSWER_NOT_TRUSTED when it is not a logout token of this provider for us."""
    claims = verified(token, profile, find_key, types=_TYPES, what=_WHAT)
    check_claims(claims, profile, required=("iat", "exp", "jti", "events"), now=now, what=_WHAT)
    if claims["exp"] - claims["iat"] > MOST_SECONDS:
        raise not_trusted(f"{_WHAT}: valid for too long")
    if "nonce" in claims:
        raise not_trusted(f"{_WHAT}: holds a nonce, so it is something else")
    events = claims["events"]
    if not isinstance(events, dict) or not isinstance(events.get(_EVENT), dict):
        raise not_trusted(f"{_WHAT}: does not report a sign-out")
    ended = Ended(
        issuer=profile.issuer,
        sid=_text(claims, "sid"),
        subject=_text(claims, "sub"),
        jti=_text(claims, "jti"),
        expires_at=datetime.fromtimestamp(claims["exp"] + LEEWAY_SECONDS, UTC),
    )
    if not ended.sid and not ended.subject:
        raise not_trusted(f"{_WHAT}: names no session and no subject")
    return ended


def _text(claims: dict[str, Any], name: str) -> str:
    value = claims.get(name, "")
    if not isinstance(value, str) or len(value) > 255:
        raise not_trusted(f"{_WHAT}: {name} is no short text")
    return value
