"""Answers that a provider encrypts to the portal's key: RSA (PKCS #1 v1.5) around an AES key, AES around the content.

Whatever is wrong with such an answer, the fault is the same one in the same words, and the same work is done before
it: who sends made-up answers learns nothing about the key (Bleichenbacher 1998).
"""

import json
import secrets
from base64 import b64decode
from typing import Any, Literal

from cryptography.hazmat.primitives.asymmetric.padding import PKCS1v15
from cryptography.hazmat.primitives.asymmetric.rsa import RSAPrivateKey
from cryptography.hazmat.primitives.ciphers import Cipher, algorithms, modes
from cryptography.hazmat.primitives.padding import PKCS7

from portal.accounts.providers.callback import CODE
from portal.accounts.providers.faults import SignInFault, not_trusted

Mode = Literal["rsa+aes-cbc", "rsa+aes-ecb"]

_BLOCK = 16
_AES_KEY_BYTES = (16, 24, 32)


class Decryption:
    """Opens what was encrypted to `private_key`."""

    def __init__(self, private_key: RSAPrivateKey, mode: Mode) -> None:
        self._private_key, self._mode = private_key, mode

    def code(self, encrypted: str, encrypt_key: str) -> str:
        """The authorization code of a callback. SignInFault."""
        opened = self._opened(encrypted, encrypt_key)
        try:
            code = opened.decode("ascii")
        except UnicodeDecodeError:
            raise _unopened() from None
        if CODE.fullmatch(code) is None:
            raise _unopened()
        return code

    def document(self, answer: dict[str, Any]) -> dict[str, Any]:
        """The object inside of {"data", "key"}; an answer without these two is not encrypted. SignInFault."""
        if "data" not in answer or "key" not in answer:
            return answer
        opened = self._opened(answer["data"], answer["key"])
        try:
            found = json.loads(opened.decode())
        except (ValueError, RecursionError):
            raise _unopened() from None
        if not isinstance(found, dict):
            raise _unopened()
        return found

    def _opened(self, data: object, key: object) -> bytes:
        try:
            sealed, wrapped = b64decode(str(data), validate=True), b64decode(str(key), validate=True)
            return self._content(sealed, self._aes_key(wrapped))
        except ValueError:
            raise _unopened() from None

    def _aes_key(self, wrapped: bytes) -> bytes:
        """The wrapped key, or a random one that will open nothing: the fault then comes where all others come."""
        try:
            key = self._private_key.decrypt(wrapped, PKCS1v15())
        except ValueError:
            key = b""
        return key if len(key) in _AES_KEY_BYTES else secrets.token_bytes(_AES_KEY_BYTES[-1])

    def _content(self, sealed: bytes, key: bytes) -> bytes:
        """ValueError for what is not whole blocks or not padded as it should be."""
        mode: modes.Mode
        if self._mode == "rsa+aes-cbc":
            mode, sealed = modes.CBC(sealed[:_BLOCK]), sealed[_BLOCK:]
        else:
            mode = modes.ECB()  # noqa: S305 - what the other side may send; each content has a key of its own
        decryptor = Cipher(algorithms.AES(key), mode).decryptor()
        padded = decryptor.update(sealed) + decryptor.finalize()
        unpadder = PKCS7(_BLOCK * 8).unpadder()
        return unpadder.update(padded) + unpadder.finalize()


def _unopened() -> SignInFault:
    return not_trusted("an encrypted answer could not be opened")
