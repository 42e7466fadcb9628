"""A provider of the other kind on loopback: no id_token, no PKCE, and what it says encrypted to the portal's key."""

from __future__ import annotations

import json
import secrets
from base64 import b64encode
from typing import Any
from urllib.parse import quote

from cryptography.hazmat.primitives.asymmetric.padding import PKCS1v15
from cryptography.hazmat.primitives.asymmetric.rsa import RSAPrivateKey, generate_private_key
from cryptography.hazmat.primitives.ciphers import Cipher, algorithms, modes
from cryptography.hazmat.primitives.padding import PKCS7
from cryptography.hazmat.primitives.serialization import Encoding, NoEncryption, PrivateFormat

from tests.servers.hostile_provider import CLIENT_ID, CLIENT_SECRET, Asked, LoopbackServer, Reply

PORTAL_KEY: RSAPrivateKey = generate_private_key(public_exponent=65537, key_size=2048)
PORTAL_KEY_PEM = PORTAL_KEY.private_bytes(Encoding.PEM, PrivateFormat.PKCS8, NoEncryption())

PERSON: dict[str, Any] = {
    "sub": "9b2f7a64-0000-4000-8000-000000000001",
    "citizenPid": "999178000101",
    "fullName": "Nguyễn Thị Mẫu",
    "birthDate": "19780314",
    "accountType": 1,
    "accountLevel": "2",
}


class DirectProvider(LoopbackServer):
    """`mode` is cbc or ecb. The code in a callback, and every answer, is encrypted while `encrypting`."""

    def __init__(self, mode: str) -> None:
        super().__init__()
        self.mode, self.encrypting = mode, True
        self.person = dict(PERSON)
        self._codes: set[str] = set()
        self._tokens: set[str] = set()
        self.answers = {"/auth": self._authorize, "/token": self._token, "/userinfo": self._userinfo}

    def sealed(self, content: bytes, *, key_bytes: int = 32) -> tuple[str, str]:
        """Content and key as base64: AES under a key of its own, RSA around that key."""
        key, start = secrets.token_bytes(key_bytes), secrets.token_bytes(16)
        padder = PKCS7(128).padder()
        padded = padder.update(content) + padder.finalize()
        mode = modes.CBC(start) if self.mode == "cbc" else modes.ECB()
        encryptor = Cipher(algorithms.AES(key), mode).encryptor()
        data = (start if self.mode == "cbc" else b"") + encryptor.update(padded) + encryptor.finalize()
        return b64encode(data).decode(), b64encode(PORTAL_KEY.public_key().encrypt(key, PKCS1v15())).decode()

    def envelope(self, content: object) -> dict[str, str]:
        data, key = self.sealed(json.dumps(content).encode())
        return {"data": data, "key": key}

    def callback(self, code: str, state: str) -> str:
        """The query string as this provider writes it: base64 with its + as it is."""
        if not self.encrypting:
            return f"code={code}&state={quote(state)}"
        data, key = self.sealed(code.encode())
        return f"code={data}&encrypt_key={key}&state={quote(state)}"

    def _authorize(self, asked: Asked) -> Reply:
        if asked.query.get("client_id") != CLIENT_ID or {"nonce", "code_challenge"} & set(asked.query):
            return Reply({"message": "unknown parameter"}, 400)
        code = secrets.token_urlsafe(12)
        self._codes.add(code)
        location = f"{asked.query['redirect_uri']}?{self.callback(code, asked.query['state'])}"
        return Reply(status=302, headers={"Location": location})

    def _token(self, asked: Asked) -> Reply:
        if not asked.content_type.startswith("application/x-www-form-urlencoded"):
            return Reply(status=415)
        if (asked.form.get("client_id"), asked.form.get("client_secret")) != (CLIENT_ID, CLIENT_SECRET):
            return Reply(status=401)
        if asked.form.get("code") not in self._codes:
            return Reply({"error": "invalid_grant"}, 400)
        self._codes.remove(asked.form["code"])
        token = secrets.token_urlsafe(12)
        self._tokens.add(token)
        return Reply(self._said({"access_token": token, "token_type": "Bearer", "expires_in": 300}))

    def _userinfo(self, asked: Asked) -> Reply:
        token = asked.headers.get("Authorization", "").removeprefix("Bearer ")
        return Reply(self._said(self.person)) if token in self._tokens else Reply(status=401)

    def _said(self, content: dict[str, Any]) -> dict[str, Any]:
        return self.envelope(content) if self.encrypting else content
