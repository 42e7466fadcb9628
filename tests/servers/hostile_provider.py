"""An OpenID provider on loopback that does everything right, until a test tells it what to do wrong."""

from __future__ import annotations

import json
import secrets
import ssl
import threading
from base64 import urlsafe_b64encode
from collections.abc import Callable
from dataclasses import dataclass, field
from datetime import datetime
from hashlib import sha256
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from types import TracebackType
from typing import Any, Self
from urllib.parse import parse_qsl, urlencode, urlsplit

from joserfc import jws
from joserfc.jwk import ECKey, Key, KeySet, OctKey, OKPKey, RSAKey

CLIENT_ID, CLIENT_SECRET = "portal-of-the-archive", "secret-of-the-portal"
CALLBACK = "https://archive.example/dang-nhap/hostile/tro-ve"

KEYS: dict[str, Key] = {
    "RS256": RSAKey.generate_key(2048, {"kid": "key-1", "use": "sig"}),
    "ES256": ECKey.generate_key("P-256", {"kid": "key-2"}),
    "EdDSA": OKPKey.generate_key("Ed25519", {"kid": "key-3"}),
}
KEYS["PS256"] = KEYS["RS256"]
NEW_KEY = RSAKey.generate_key(2048, {"kid": "key-new"})
FOREIGN_KEY = RSAKey.generate_key(2048, {"kid": "key-1"})


@dataclass(frozen=True)
class Asked:
    """One request as the server saw it."""

    method: str
    path: str
    query: dict[str, str]
    form: dict[str, str]
    headers: dict[str, str]
    content_type: str = ""


@dataclass(frozen=True)
class Reply:
    """What to answer, and how: the body, or the whole answer, may come a byte at a time."""

    body: bytes | object = b""
    status: int = 200
    headers: dict[str, str] = field(default_factory=dict)
    seconds_before: float = 0
    drip_headers: bool = False
    drip_body: bool = False
    length_told: bool = True

    def content(self) -> bytes:
        return self.body if isinstance(self.body, bytes) else json.dumps(self.body).encode()


Answer = Callable[[Asked], Reply]


class LoopbackServer:
    """Answers by path with what `answers` holds, over TLS if so given; remembers what it was asked. A context manager."""

    def __init__(self, tls: ssl.SSLContext | None = None) -> None:
        self.asked: list[Asked] = []
        self.answers: dict[str, Answer] = {}
        self.stopping = threading.Event()
        self._server = ThreadingHTTPServer(("127.0.0.1", 0), _handler(self))
        self._server.daemon_threads = True
        if tls:
            self._server.socket = tls.wrap_socket(self._server.socket, server_side=True, do_handshake_on_connect=False)
        self._thread = threading.Thread(target=self._server.serve_forever, args=(0.02,), daemon=True)
        self.url = f"{'https' if tls else 'http'}://127.0.0.1:{self._server.server_port}"

    def __enter__(self) -> Self:
        self._thread.start()
        return self

    def __exit__(
        self, kind: type[BaseException] | None, error: BaseException | None, trace: TracebackType | None
    ) -> None:
        self.stop()

    def stop(self) -> None:
        """From now on connections are refused."""
        if not self.stopping.is_set():
            self.stopping.set()
            self._server.shutdown()
            self._server.server_close()
            self._thread.join()

    def close(self) -> None:
        """For one that was never started."""
        self._server.server_close()

    def says(self, path: str, reply: Reply | object) -> None:
        """Answer this path so, whatever is asked."""
        fixed = reply if isinstance(reply, Reply) else Reply(reply)
        self.answers[path] = lambda _asked: fixed

    def paths(self) -> list[str]:
        return [one.path for one in self.asked]


class HostileProvider(LoopbackServer):
    """Honest by default: codes work once, for the client that knows its secret and the PKCE verifier.

    `claims` and `header` change what the next id_tokens say; None takes a claim away. `signed_with` is a private key
    and an algorithm. `published` are the keys that the provider shows. `told` is its userinfo.
    """

    def __init__(self, *, now: datetime, tls: ssl.SSLContext | None = None) -> None:
        super().__init__(tls)
        self.now = now
        self.claims: dict[str, Any] = {}
        self.header: dict[str, Any] = {}
        self.told: dict[str, Any] = {"sub": "subject-1"}
        self.signed_with: tuple[Key, str] = (KEYS["RS256"], "RS256")
        self.published: list[Any] = public(KEYS["RS256"], KEYS["ES256"], KEYS["EdDSA"])
        self._codes: dict[str, dict[str, str]] = {}
        self.answers = {
            "/.well-known/openid-configuration": lambda _asked: Reply(self.metadata()),
            "/keys": lambda _asked: Reply({"keys": self.published}),
            "/authorize": self._authorize,
            "/token": self._token,
            "/userinfo": lambda asked: Reply(self.told if "Authorization" in asked.headers else {}),
            "/revoke": lambda _asked: Reply({}),
        }

    def metadata(self) -> dict[str, Any]:
        names = {"authorization": "authorize", "token": "token", "userinfo": "userinfo", "end_session": "leave"}
        addresses = {f"{name}_endpoint": f"{self.url}/{path}" for name, path in names.items()}
        return {
            "issuer": self.url,
            "jwks_uri": f"{self.url}/keys",
            "revocation_endpoint": f"{self.url}/revoke",
            **addresses,
        }

    def signed(self, **claims: Any) -> str:
        """A token with the usual times, issuer and audience; None takes a claim away."""
        seconds = int(self.now.timestamp())
        usual = {"iss": self.url, "aud": CLIENT_ID, "iat": seconds, "exp": seconds + 120}
        said = {name: value for name, value in (usual | claims).items() if value is not None}
        return compact(said, *self.signed_with, **self.header)

    def logout_token(self, **claims: Any) -> str:
        events: dict[str, object] = {"http://schemas.openid.net/event/backchannel-logout": {}}
        return self.signed(**({"jti": secrets.token_hex(8), "sid": "session-1", "events": events} | claims))

    def _authorize(self, asked: Asked) -> Reply:
        code = secrets.token_urlsafe(16)
        self._codes[code] = asked.query
        back = urlencode({"code": code, "state": asked.query.get("state", "")})
        return Reply(status=302, headers={"Location": f"{asked.query['redirect_uri']}?{back}"})

    def _token(self, asked: Asked) -> Reply:
        begun = self._codes.pop(asked.form.get("code", ""), None)
        if asked.form.get("client_secret") != CLIENT_SECRET:
            return Reply({"error": "invalid_client"}, 401)
        if begun is None or not _proves(begun.get("code_challenge", ""), asked.form.get("code_verifier", "")):
            return Reply({"error": "invalid_grant"}, 400)
        if asked.form.get("redirect_uri") != begun["redirect_uri"]:
            return Reply({"error": "invalid_grant"}, 400)
        usual = {"sub": "subject-1", "nonce": begun.get("nonce"), "sid": "session-1"}
        return Reply(
            {
                "access_token": "access-" + secrets.token_urlsafe(8),
                "token_type": "Bearer",
                "expires_in": 60,
                "id_token": self.signed(**(usual | self.claims)),
            }
        )


def public(*keys: Key) -> list[Any]:
    return list(KeySet(list(keys)).as_dict(private=False)["keys"])


def compact(claims: dict[str, Any], key: Key | None, algorithm: str, **header: Any) -> str:
    """A signed token; "none" and keys of any type are taken as they come."""
    start: dict[str, Any] = {"alg": algorithm, "typ": "JWT"}
    if key is not None and not isinstance(key, OctKey):
        start["kid"] = key.kid
    protected = {name: value for name, value in (start | header).items() if value is not None}
    if algorithm == "none":
        return f"{_part(protected)}.{_part(claims)}."
    registry = _AnyAlgorithm(algorithms=[algorithm], strict_check_header=False)
    return jws.serialize_compact(protected, json.dumps(claims), key, registry=registry)


class _AnyAlgorithm(jws.JWSRegistry):
    """Without joserfc's warnings, which a provider may ignore."""

    def get_alg(self, name: str) -> Any:
        return self.algorithms[name]


def _part(content: object) -> str:
    return urlsafe_b64encode(json.dumps(content).encode()).rstrip(b"=").decode()


def _proves(challenge: str, verifier: str) -> bool:
    return not challenge or challenge == urlsafe_b64encode(sha256(verifier.encode()).digest()).rstrip(b"=").decode()


def _unknown(_asked: Asked) -> Reply:
    return Reply(status=404)


def _handler(server: LoopbackServer) -> type[BaseHTTPRequestHandler]:
    class Handler(BaseHTTPRequestHandler):
        protocol_version = "HTTP/1.1"

        def do_GET(self) -> None:
            self._answer(b"")

        def do_POST(self) -> None:
            self._answer(self.rfile.read(int(self.headers.get("Content-Length") or 0)))

        def log_message(self, format: str, *args: object) -> None:  # noqa: A002
            """A test's output is for the test."""

        def _answer(self, body: bytes) -> None:
            parts = urlsplit(self.path)
            asked = Asked(
                self.command,
                parts.path,
                dict(parse_qsl(parts.query, keep_blank_values=True)),
                dict(parse_qsl(body.decode(), keep_blank_values=True)),
                dict(self.headers),
                self.headers.get("Content-Type", ""),
            )
            server.asked.append(asked)
            answer = server.answers.get(parts.path, _unknown)
            reply = answer(asked)
            server.stopping.wait(reply.seconds_before)
            try:
                _send(self.wfile.write, reply, server.stopping)
            except OSError:
                self.close_connection = True
            self.close_connection |= not reply.length_told

    return Handler


def _send(write: Callable[[bytes], object], reply: Reply, stopping: threading.Event) -> None:
    content = reply.content()
    headers = {"Content-Type": "application/json"} | reply.headers
    headers |= {"Content-Length": str(len(content))} if reply.length_told else {"Connection": "close"}
    lines = [f"HTTP/1.1 {reply.status} Said", *(f"{name}: {value}" for name, value in headers.items()), "", ""]
    head = "\r\n".join(lines).encode()
    if not reply.drip_headers and not reply.drip_body:
        write(head + content)  # in one piece: two would wait for each other's acknowledgement
        return
    for part, dripping in ((head, reply.drip_headers), (content, reply.drip_body)):
        for at in range(0, len(part), 1 if dripping else len(part) or 1):
            write(part[at : at + 1] if dripping else part)
            stopping.wait(0.05 if dripping else 0)
