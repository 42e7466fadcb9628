"""Letters handed to the mail server of the province."""

import ssl
from dataclasses import dataclass
from datetime import datetime
from email.errors import MessageError
from email.headerregistry import Address
from email.message import EmailMessage
from email.policy import SMTP as SMTP_POLICY
from email.utils import format_datetime, make_msgid
from pathlib import Path
from smtplib import SMTP, SMTPException, SMTPResponseException

from portal.notices.message import Message, NoticeFailed

LOOPBACK = ("127.0.0.1", "::1", "localhost")


@dataclass(frozen=True)
class MailServer:
    """Where letters are handed over. `seconds` bounds each wait for the server; `ca_file` names the authority of a
    server that has no certificate of a public one. ValueError where a password would travel unprotected.
    """

    host: str
    port: int
    sender: str
    starttls: bool
    user: str = ""
    password: str = ""
    seconds: float = 10
    ca_file: Path | None = None

    def __post_init__(self) -> None:
        if self.password and not self.starttls and self.host not in LOOPBACK:
            raise ValueError("a password for the mail server needs STARTTLS")


class Mail:
    """The outlet for e-mail."""

    def __init__(self, server: MailServer) -> None:
        self._server = server
        self._domain = Address(addr_spec=server.sender).domain

    def send(self, message: Message, *, now: datetime) -> None:
        """Hand one letter over; a server that takes the letter but not its address has not taken it. NoticeFailed."""
        try:
            self._deliver(self._letter(message, now))
        except (SMTPException, MessageError, OSError, ValueError) as error:
            raise NoticeFailed(f"mail: {_said(error)}") from None

    def _letter(self, message: Message, now: datetime) -> EmailMessage:
        letter = EmailMessage(policy=SMTP_POLICY)
        letter["From"] = Address(addr_spec=self._server.sender)
        letter["To"] = Address(addr_spec=message.to)
        letter["Subject"] = message.subject
        letter["Date"] = format_datetime(now)
        letter["Message-ID"] = make_msgid(domain=self._domain)
        letter["Auto-Submitted"] = "auto-generated"
        letter.set_content(message.text)
        return letter

    def _deliver(self, letter: EmailMessage) -> None:
        server = self._server
        # Named by the sender's domain, so that no name of this machine is looked up or told.
        with SMTP(server.host, server.port, local_hostname=self._domain, timeout=server.seconds) as connection:
            if server.starttls:
                connection.starttls(context=ssl.create_default_context(cafile=server.ca_file))
            if server.user:
                connection.login(server.user, server.password)
            connection.send_message(letter)


def _said(error: Exception) -> str:
    """The kind of failure and the server's code. What it says besides may repeat the address."""
    code = f" {error.smtp_code}" if isinstance(error, SMTPResponseException) else ""
    return f"{type(error).__name__}{code}"
