"""Signed statements of a provider (JSON Web Tokens): who signed, for whom, and when."""

import json
import re
from collections.abc import Callable, Collection
from dataclasses import dataclass
from datetime import datetime
from typing import Any

from joserfc import jwt
from joserfc.errors import JoseError
from joserfc.jwk import Key
from joserfc.jws import JWSRegistry
from joserfc.jwt import ClaimsOption, JWTClaimsRegistry
from joserfc.util import urlsafe_b64decode

from portal.accounts.providers.faults import not_trusted
from portal.accounts.providers.keys import KEY_TYPES
from portal.accounts.providers.profile import Profile

LEEWAY_SECONDS = 30
"""How far two clocks may be apart."""

_COMPACT = re.compile(r"[A-Za-z0-9_-]{1,4096}\.[A-Za-z0-9_-]{1,128000}\.[A-Za-z0-9_-]{1,1024}")

# A statement may not bring the key it is to be believed by, nor ask for rules of reading of its own.
_FORBIDDEN = frozenset({"jwk", "jku", "x5u", "x5c", "crit", "b64"})

FindKey = Callable[[str, str], Key]
"""From a key id ("" when the statement names none) and an algorithm to the provider's key. Raises SignInFault."""


@dataclass(frozen=True)
class _Header:
    algorithm: str
    kid: str


class _Allowed(JWSRegistry):
    """joserfc's own list warns about EdDSA and knows `none`; here only the algorithms of the profile exist."""

    def get_alg(self, name: str) -> Any:
        return self.algorithms[name] if name in (self.allowed or ()) else super().get_alg("")


def verified(
    token: object, profile: Profile, find_key: FindKey, *, types: Collection[str], what: str
) -> dict[str, Any]:
    """The claims of a token whose signature is the provider's. `types` are the `typ` it may carry, lower case.

    Nothing is said yet about issuer, audience and time. SignInFault, naming `what`, for everything else.
    """
    if not isinstance(token, str) or _COMPACT.fullmatch(token) is None:
        raise not_trusted(f"{what}: not a signed token")
    header = _header(token, profile, types, what)
    key = find_key(header.kid, header.algorithm)
    registry = _Allowed(algorithms=[header.algorithm], strict_check_header=False)
    try:
        return jwt.decode(token, key, registry=registry).claims
    except (JoseError, ValueError, TypeError, RecursionError) as error:
        raise not_trusted(f"{what}: {type(error).__name__}") from None


def check_claims(
    claims: dict[str, Any], profile: Profile, *, required: Collection[str], now: datetime, what: str
) -> None:
    """Issuer, audience and time always, and that the required claims are there. SignInFault otherwise."""
    options: dict[str, ClaimsOption] = {name: {"essential": True} for name in required}
    options["iss"] = {"essential": True, "value": profile.issuer}
    options["aud"] = {"essential": True, "value": profile.client_id}
    registry = JWTClaimsRegistry(now=int(now.timestamp()), leeway=LEEWAY_SECONDS, **options)
    try:
        registry.validate(claims)
    except JoseError as error:
        raise not_trusted(f"{what}: {type(error).__name__} {getattr(error, 'claim', '')}".rstrip()) from None
    _check_party(claims, profile.client_id, what)


def _check_party(claims: dict[str, Any], client_id: str, what: str) -> None:
    """OpenID Connect Core 3.1.3.7: a token for several has to say that it was made for us, and never for another."""
    several = isinstance(claims["aud"], list) and len(claims["aud"]) > 1
    party = claims.get("azp")
    if party is None and several:
        raise not_trusted(f"{what}: several audiences, and no azp")
    if party is not None and party != client_id:
        raise not_trusted(f"{what}: azp is another client")


def _header(token: str, profile: Profile, types: Collection[str], what: str) -> _Header:
    try:
        header = json.loads(urlsafe_b64decode(token.split(".")[0].encode()))
    except (ValueError, RecursionError):
        raise not_trusted(f"{what}: header cannot be read") from None
    if not isinstance(header, dict) or _FORBIDDEN & set(header):
        raise not_trusted(f"{what}: header brings its own key or rules")
    algorithm, kid, typ = header.get("alg"), header.get("kid", ""), header.get("typ", "jwt")
    if algorithm not in profile.algorithms or algorithm not in KEY_TYPES:
        raise not_trusted(f"{what}: algorithm not allowed")
    if not isinstance(kid, str) or not isinstance(typ, str) or typ.lower() not in types:
        raise not_trusted(f"{what}: key id or type of an unexpected kind")
    return _Header(algorithm, kid)
