"""A mail server that takes whatever it is handed, and remembers in which order."""

from __future__ import annotations

import email
import email.policy
import time
from collections.abc import Callable
from email.message import EmailMessage
from types import TracebackType
from typing import Self

from aiosmtpd.controller import Controller
from aiosmtpd.smtp import SMTP, Envelope, Session

from tests.servers.ports import free_port


class MailSink:
    """Listens on a port of 127.0.0.1 while it is entered. `taken` is called with the count of letters before each is
    answered for; while `refusing` no address is accepted.
    """

    def __init__(self, taken: Callable[[int], None] = lambda _count: None) -> None:
        self.letters: list[EmailMessage] = []
        self.moments: list[float] = []
        self.refusing = False
        self.sessions = 0
        self._taken = taken
        self.port = free_port()
        self._controller = Controller(self, hostname="127.0.0.1", port=self.port)

    @property
    def ids(self) -> list[str]:
        """The Message-IDs, in order of arrival."""
        return [str(letter["Message-ID"]) for letter in self.letters]

    async def handle_EHLO(  # noqa: N802
        self, _server: SMTP, session: Session, _envelope: Envelope, hostname: str, responses: list[str]
    ) -> list[str]:
        session.host_name = hostname
        self.sessions += 1
        return responses

    async def handle_RCPT(  # noqa: N802
        self, _server: SMTP, _session: Session, envelope: Envelope, address: str, _options: list[str]
    ) -> str:
        if self.refusing:
            return f"550 nobody is called {address}"
        envelope.rcpt_tos.append(address)
        return "250 OK"

    async def handle_DATA(self, _server: SMTP, _session: Session, envelope: Envelope) -> str:  # noqa: N802
        letter = email.message_from_bytes(envelope.content or b"", policy=email.policy.default)
        assert isinstance(letter, EmailMessage)
        self.letters.append(letter)
        self.moments.append(time.monotonic())
        self._taken(len(self.letters))
        return "250 OK"

    def __enter__(self) -> Self:
        self._controller.start()
        return self

    def __exit__(
        self, _kind: type[BaseException] | None, _error: BaseException | None, _trace: TracebackType | None
    ) -> None:
        self._controller.stop()
