"""Keys of the access log, each derived from one secret under a label of its own, and the pseudonyms of readers."""

import hmac

from cryptography.hazmat.primitives.hashes import SHA256
from cryptography.hazmat.primitives.kdf.hkdf import HKDF

ANONYMOUS = "anonymous"
"""The reader who did not sign in."""

_PSEUDONYM = 32  # hexadecimal digits, 128 bits: two readers never share one


def log_key(configured: bytes, *, secret_key: bytes) -> bytes:
    """The key of the log: the one that was set for it, else one derived from the secret key of the portal."""
    return configured or derived(secret_key, "access log")


def entries_key(key: bytes) -> bytes:
    """Seals entries."""
    return derived(key, "access log entries")


def heads_key(key: bytes) -> bytes:
    """Seals exported heads: a line of the log can never pass for one."""
    return derived(key, "access log heads")


def reader_id(key: bytes, account_id: str) -> str:
    """The pseudonym of the reader with this account: always the same, and nobody can turn it round."""
    return hmac.digest(derived(key, "access log readers"), account_id.encode(), "sha256").hex()[:_PSEUDONYM]


def is_reader_id(text: str) -> bool:
    """Whether `text` is a pseudonym: a name, a number or an address is none."""
    return text == ANONYMOUS or (len(text) == _PSEUDONYM and set(text) <= set("0123456789abcdef"))


def derived(key: bytes, label: str) -> bytes:
    """32 bytes that tell nothing of `key` (HKDF with SHA-256)."""
    return HKDF(SHA256(), 32, None, label.encode()).derive(key)
