"""Personal data at rest: sealed so that only the portal reads it, matched by a digest that nobody can turn round."""

import hmac
from base64 import urlsafe_b64encode
from collections.abc import Sequence

from cryptography.fernet import Fernet, InvalidToken, MultiFernet

from portal.audit.keys import derived


class SealBroken(Exception):
    """What is stored was sealed with a key that is not at hand, or has been changed."""


class Sealing:
    """`keys` seal, the first of them anew, the others only open what they sealed before; `matching_key` must never
    change, or nobody is recognised any more. Each is a secret of at least 32 bytes.
    """

    def __init__(self, keys: Sequence[bytes], *, matching_key: bytes) -> None:
        self._fernet = MultiFernet([Fernet(urlsafe_b64encode(derived(key, "personal data"))) for key in keys])
        self._matching = derived(matching_key, "matching of personal data")

    def seal(self, text: str) -> str:
        """The text, readable by `open` alone; never twice the same."""
        return self._fernet.encrypt(text.encode()).decode()

    def open(self, sealed: str) -> str:
        """What was sealed. Raises SealBroken."""
        try:
            return self._fernet.decrypt(sealed.encode()).decode()
        except InvalidToken:
            raise SealBroken("personal data cannot be opened with the keys that are set") from None

    def seal_bytes(self, content: bytes) -> bytes:
        """The content of a file, readable by `open_bytes` alone."""
        return self._fernet.encrypt(content)

    def open_bytes(self, sealed: bytes) -> bytes:
        """What was sealed. Raises SealBroken."""
        try:
            return self._fernet.decrypt(sealed)
        except InvalidToken:
            raise SealBroken("personal data cannot be opened with the keys that are set") from None

    def match(self, text: str) -> str:
        """64 hexadecimal digits that are the same for the same text."""
        return hmac.digest(self._matching, text.encode(), "sha256").hex()
