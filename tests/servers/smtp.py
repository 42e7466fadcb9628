"""A mail server of one process: what it was handed can be read, and each of its refusals can be asked for.

It speaks EHLO, STARTTLS, AUTH PLAIN, MAIL, RCPT, DATA, RSET, QUIT of RFC 5321 and its extensions, one thread a
connection.
"""

from __future__ import annotations

import base64
import datetime
import email
import email.policy
import ipaddress
import socketserver
import ssl
import threading
import time
from dataclasses import dataclass, field
from email.message import EmailMessage
from pathlib import Path
from types import TracebackType
from typing import Self

from cryptography import x509
from cryptography.hazmat.primitives import hashes, serialization
from cryptography.hazmat.primitives.asymmetric import ec


@dataclass
class Behaviour:
    """How the server treats the next letters. `silent` is how many seconds it waits before it greets anybody."""

    refuse_recipient: bool = False
    refuse_data: bool = False
    hang_up_at: str = ""
    silent: float = 0
    starttls: bool = False
    login: tuple[str, str] | None = None


@dataclass
class Delivered:
    """One letter as it was handed over."""

    sender: str
    recipients: list[str]
    content: bytes
    encrypted: bool
    user: str

    @property
    def letter(self) -> EmailMessage:
        parsed = email.message_from_bytes(self.content, policy=email.policy.default)
        assert isinstance(parsed, EmailMessage)
        return parsed


@dataclass
class SmtpServer:
    """Listens on a port of 127.0.0.1 while it is entered."""

    folder: Path
    behaviour: Behaviour = field(default_factory=Behaviour)
    delivered: list[Delivered] = field(default_factory=list)
    said: list[str] = field(default_factory=list)

    def __enter__(self) -> Self:
        self.certificate = self.folder / "mail.pem"
        _write_certificate(self.certificate)
        self.context = ssl.SSLContext(ssl.PROTOCOL_TLS_SERVER)
        self.context.load_cert_chain(self.certificate)
        server = self

        class Handler(_Conversation):
            smtp = server

        self._listening = _Listening(("127.0.0.1", 0), Handler)
        self.port: int = self._listening.server_address[1]
        self._thread = threading.Thread(target=self._listening.serve_forever, args=(0.05,), daemon=True)
        self._thread.start()
        return self

    def __exit__(
        self, _kind: type[BaseException] | None, _error: BaseException | None, _trace: TracebackType | None
    ) -> None:
        self._listening.shutdown()
        self._thread.join()
        self._listening.server_close()


class _Listening(socketserver.ThreadingTCPServer):
    daemon_threads = True
    allow_reuse_address = True

    def handle_error(self, request: object, client_address: object) -> None:
        """A client that goes away in the middle is what some tests want."""


class _Conversation(socketserver.StreamRequestHandler):
    smtp: SmtpServer

    def handle(self) -> None:
        self.user, self.sender, self.recipients, self.encrypted = "", "", list[str](), False
        time.sleep(self.smtp.behaviour.silent)
        self._say("220 test")
        while line := self.rfile.readline(4096):
            command = line.decode().strip()
            verb = command.split(" ")[0].upper()
            self.smtp.said.append(verb)
            if verb == self.smtp.behaviour.hang_up_at or not self._answered(verb, command):
                return

    def _answered(self, verb: str, command: str) -> bool:
        if verb == "QUIT":
            self._say("221 bye")
            return False
        if verb == "EHLO":
            self._greet()
        elif verb == "STARTTLS":
            self._say("220 go ahead")
            self.rfile.close()
            self.connection = self.smtp.context.wrap_socket(self.connection, server_side=True)
            self.setup()
            self.encrypted = True
        elif verb == "AUTH":
            self._authenticate(command)
        elif verb == "DATA":
            self._receive()
        else:
            self._envelope(verb, command)
        return True

    def setup(self) -> None:
        if not hasattr(self, "connection"):
            self.connection = self.request
        self.rfile = self.connection.makefile("rb")
        self.wfile = self.connection.makefile("wb", buffering=0)

    def finish(self) -> None:
        self.rfile.close()
        self.wfile.close()
        self.connection.close()

    def _greet(self) -> None:
        offers = ["test", "8BITMIME"]
        if self.smtp.behaviour.starttls and not self.encrypted:
            offers.append("STARTTLS")
        if self.smtp.behaviour.login:
            offers.append("AUTH PLAIN")
        for offer in offers[:-1]:
            self._say(f"250-{offer}")
        self._say(f"250 {offers[-1]}")

    def _authenticate(self, command: str) -> None:
        _nothing, user, password = base64.b64decode(command.split(" ")[2]).decode().split("\0")
        right = (user, password) == self.smtp.behaviour.login
        self.user = user if right else ""
        self._say("235 welcome" if right else "535 no such person")

    def _envelope(self, verb: str, command: str) -> None:
        if verb == "MAIL":
            self.sender = command.split("<")[1].split(">")[0]
        if verb == "RCPT":
            if self.smtp.behaviour.refuse_recipient:
                self._say(f"550 no mailbox {command}")
                return
            self.recipients.append(command.split("<")[1].split(">")[0])
        self._say("250 ok")

    def _receive(self) -> None:
        self._say("354 go on")
        lines = []
        while (line := self.rfile.readline(4096)) not in (b".\r\n", b""):
            lines.append(line[1:] if line.startswith(b".") else line)
        if self.smtp.behaviour.refuse_data:
            self._say("554 not wanted")
            return
        self.smtp.delivered.append(
            Delivered(self.sender, list(self.recipients), b"".join(lines), self.encrypted, self.user)
        )
        self._say("250 kept")

    def _say(self, words: str) -> None:
        self.wfile.write(f"{words}\r\n".encode())


def _write_certificate(file: Path) -> None:
    """A certificate of its own making for 127.0.0.1, with its key in the same file."""
    key = ec.generate_private_key(ec.SECP256R1())
    name = x509.Name([x509.NameAttribute(x509.NameOID.COMMON_NAME, "127.0.0.1")])
    now = datetime.datetime.now(datetime.UTC)
    certificate = (
        x509.CertificateBuilder()
        .subject_name(name)
        .issuer_name(name)
        .public_key(key.public_key())
        .serial_number(x509.random_serial_number())
        .not_valid_before(now - datetime.timedelta(hours=1))
        .not_valid_after(now + datetime.timedelta(hours=1))
        .add_extension(x509.SubjectAlternativeName([x509.IPAddress(ipaddress.ip_address("127.0.0.1"))]), critical=False)
        .add_extension(x509.BasicConstraints(ca=True, path_length=0), critical=True)
        .sign(key, hashes.SHA256())
    )
    file.write_bytes(
        key.private_bytes(serialization.Encoding.PEM, serialization.PrivateFormat.PKCS8, serialization.NoEncryption())
        + certificate.public_bytes(serialization.Encoding.PEM)
    )
