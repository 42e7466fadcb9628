"""The public keys that a provider signs with."""

import threading
from collections.abc import Sequence
from datetime import UTC, datetime, timedelta

from joserfc.errors import JoseError
from joserfc.jwk import ECKey, JWKRegistry, Key, OKPKey, RSAKey
from joserfc.util import urlsafe_b64decode

from portal.accounts.providers.conversation import Conversation
from portal.accounts.providers.faults import Fault, SignInFault, not_trusted

LIFE = timedelta(hours=1)

BETWEEN_REREADS = timedelta(minutes=1)
"""Tokens with made-up key ids must not make the portal ask without end."""

KEY_TYPES = {"RS256": "RSA", "PS256": "RSA", "ES256": "EC", "EdDSA": "OKP", "Ed25519": "OKP"}
"""Signature algorithms that may be used, by the only type of key that each may be used with."""

# Public members alone: a secret key, a certificate or an address beside a key is nothing to work with.
_MEMBERS = frozenset({"kty", "kid", "use", "alg", "n", "e", "crv", "x", "y"})
_MOST_KEYS = 40
_RSA_BYTES = range(256, 1025)
_LONG_AGO = datetime.min.replace(tzinfo=UTC)


class SigningKeys:
    """One provider's keys, read when first needed, again after an hour, and once when a new key id turns up."""

    def __init__(self) -> None:
        self._lock = threading.Lock()
        self._keys: tuple[Key, ...] = ()
        self._read_at = self._reread_at = _LONG_AGO

    def key(self, conversation: Conversation, address: str, *, kid: str, algorithm: str, now: datetime) -> Key:
        """The key of that id; with no id, the only one that fits. SignInFault when there is none."""
        if not address:
            raise SignInFault(Fault.NOT_CONFIGURED, "the provider names no address of its keys")
        fresh = timedelta() <= now - self._read_at < LIFE
        if not fresh:
            self._read(conversation, address, now)
        found = _fitting(self._keys, kid, algorithm)
        if not found and fresh and self._may_reread(now):
            self._read(conversation, address, now)
            found = _fitting(self._keys, kid, algorithm)
        if len(found) != 1:
            raise not_trusted("no key of the provider has the id and type of the signature" if kid else "no key id")
        return found[0]

    def _may_reread(self, now: datetime) -> bool:
        with self._lock:
            if now - self._reread_at < BETWEEN_REREADS:
                return False
            self._reread_at = now
            return True

    def _read(self, conversation: Conversation, address: str, now: datetime) -> None:
        listed = conversation.ask("GET", address, "keys").get("keys")
        if not isinstance(listed, list):
            raise not_trusted("keys: not a set of keys")
        keys = tuple(key for one in listed[:_MOST_KEYS] if (key := _usable(one)) is not None)
        with self._lock:
            self._keys, self._read_at = keys, now


def _usable(listed: object) -> Key | None:
    """A public key for signatures; None for any other, which a set may well hold besides."""
    if not isinstance(listed, dict) or listed.get("use", "sig") != "sig":
        return None
    members = {name: value for name, value in listed.items() if name in _MEMBERS}
    try:
        if members.get("kty") == "RSA" and len(urlsafe_b64decode(members["n"].encode())) not in _RSA_BYTES:
            return None
        key = JWKRegistry.import_key(members)
    except (JoseError, ValueError, TypeError, KeyError, AttributeError):
        return None
    return key if isinstance(key, RSAKey | ECKey | OKPKey) else None


def _fitting(keys: Sequence[Key], kid: str, algorithm: str) -> list[Key]:
    """Those that could have made such a signature; the first, when a set lists an id twice."""
    of_type = [key for key in keys if key.key_type == KEY_TYPES[algorithm] and key.alg in (None, algorithm)]
    return [key for key in of_type if key.kid == kid][:1] if kid else of_type
