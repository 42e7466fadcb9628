"""The statement of who has signed in."""

from datetime import datetime
from hmac import compare_digest
from typing import Any

from portal.accounts.providers.faults import not_trusted
from portal.accounts.providers.profile import Profile
from portal.accounts.providers.signed import FindKey, check_claims, verified

_TYPES = frozenset({"jwt"})


def signed_in(token: object, profile: Profile, find_key: FindKey, *, nonce: str, now: datetime) -> dict[str, Any]:
    """The claims of an id_token that was made by this provider, for this portal, now, for the attempt with `nonce`.

    SignInFault ANSWER_NOT_TRUSTED otherwise.
    """
    claims = verified(token, profile, find_key, types=_TYPES, what="id_token")
    check_claims(claims, profile, required=("sub", "exp", "iat"), now=now, what="id_token")
    _check_nonce(claims.get("nonce"), profile, nonce)
    return claims


def _check_nonce(found: object, profile: Profile, expected: str) -> None:
    if profile.nonce == "off" or (profile.nonce == "optional" and found is None):
        return
    if not expected or not isinstance(found, str) or not compare_digest(found.encode(), expected.encode()):
        raise not_trusted("id_token: nonce is missing or another one")
