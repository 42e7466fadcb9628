"""The provider's signing key: made when the process starts, never written down. A restart is a change of keys."""

from typing import Any

from joserfc import jwt
from joserfc.jwk import KeySet, RSAKey

ALGORITHM = "RS256"


class SigningKeys:
    """One RSA key of 2048 bits and its public half as a JSON Web Key Set."""

    def __init__(self) -> None:
        self.private = RSAKey.generate_key(2048, {"use": "sig", "alg": ALGORITHM}, auto_kid=True)

    @property
    def header(self) -> dict[str, str]:
        """What a token's header says about the key."""
        return {"alg": ALGORITHM, "kid": str(self.private.kid)}

    def public(self) -> KeySet:
        """What everybody may know."""
        return KeySet([RSAKey.import_key(self.private.as_dict(private=False))])

    def sign(self, claims: dict[str, Any], *, kind: str) -> str:
        """A compact signed token whose header names its `kind` (typ)."""
        return jwt.encode({**self.header, "typ": kind}, claims, self.private, [ALGORITHM])
