"""Letters handed to the mail server of the province."""

import ssl
from collections.abc import Iterator
from contextlib import contextmanager, suppress
from dataclasses import dataclass
from datetime import datetime
from email.errors import MessageError
from email.headerregistry import Address
from email.message import EmailMessage
from email.policy import SMTP as SMTP_POLICY
from email.utils import format_datetime, make_msgid
from pathlib import Path
from smtplib import SMTP, SMTPException, SMTPResponseException

from portal.notices.message import Message, NoticeFailed, WayClosed

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
        with self.together() as line:
            line.send(message, now=now)

    @contextmanager
    def together(self) -> Iterator["MailLine"]:
        """One conversation with the server for many letters."""
        line = MailLine(self._server, self._domain)
        try:
            yield line
        finally:
            line.close()


class MailLine:
    """A conversation with the server. It begins with the first letter, and anew after one that failed."""

    def __init__(self, server: MailServer, domain: str) -> None:
        self._server, self._domain = server, domain
        self._connection: SMTP | None = None

    def send(self, message: Message, *, now: datetime) -> None:
        """Hand one letter over. Raises NoticeFailed, and WayClosed when the server takes letters from nobody now."""
        try:
            letter = self._letter(message, now)
        except (MessageError, ValueError) as error:
            raise NoticeFailed(f"mail: {_said(error)}") from None
        connection = self._connected()
        try:
            connection.send_message(letter)
        except (SMTPException, OSError, ValueError) as error:
            self.close()
            raise NoticeFailed(f"mail: {_said(error)}") from None

    @contextmanager
    def together(self) -> Iterator["MailLine"]:
        """This conversation, which goes on."""
        yield self

    def close(self) -> None:
        """End the conversation. What was handed over stays so, however the server takes the goodbye."""
        connection, self._connection = self._connection, None
        if connection is not None:
            with suppress(SMTPException, OSError):
                connection.quit()
            connection.close()

    def _connected(self) -> SMTP:
        if self._connection is None:
            try:
                self._connection = self._connect()
            except (SMTPException, OSError) as error:
                raise WayClosed(f"mail: {_said(error)}") from None
        return self._connection

    def _connect(self) -> SMTP:
        server = self._server
        # Named by the sender's domain, so that no name of this machine is looked up or told.
        connection = SMTP(server.host, server.port, local_hostname=self._domain, timeout=server.seconds)
        try:
            if server.starttls:
                connection.starttls(context=ssl.create_default_context(cafile=server.ca_file))
            if server.user:
                connection.login(server.user, server.password)
        except (SMTPException, OSError):
            connection.close()
            raise
        return connection

    def _letter(self, message: Message, now: datetime) -> EmailMessage:
        letter = EmailMessage(policy=SMTP_POLICY)
        letter["From"] = Address(addr_spec=self._server.sender)
        letter["To"] = Address(addr_spec=message.to)
        letter["Subject"] = message.subject
        letter["Date"] = format_datetime(now)
        letter["Message-ID"] = f"<{message.id}@{self._domain}>" if message.id else make_msgid(domain=self._domain)
        letter["Auto-Submitted"] = "auto-generated"
        letter.set_content(message.text)
        if message.html:
            letter.add_alternative(message.html, subtype="html")
        return letter


def _said(error: Exception) -> str:
    """The kind of failure and the server's code. What it says besides may repeat the address."""
    code = f" {error.smtp_code}" if isinstance(error, SMTPResponseException) else ""
    return f"{type(error).__name__}{code}"
