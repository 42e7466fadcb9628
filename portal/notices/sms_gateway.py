"""Text messages handed to the gateway of the province over HTTP.

One message is `POST {"to", "text", "id"}` as JSON, with the key as a bearer token; an answer of 200 to 299 means that
the gateway has taken it. The same `id` twice is the same message handed over twice, and one of the two is enough.
"""

import secrets
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from datetime import datetime
from urllib.parse import urlsplit

from requests import RequestException, Session

from portal.notices.mail import LOOPBACK
from portal.notices.message import Message, NoticeFailed, WayClosed

LONGEST_ANSWER = 65_536

_NOT_OF_THE_MESSAGE = frozenset({401, 403, 404, 408, 429})


@dataclass(frozen=True)
class Gateway:
    """Where the gateway listens. `seconds` bounds connecting, and each wait for its answer. ValueError where the key
    would travel unprotected.
    """

    url: str
    key: str = ""
    seconds: float = 10

    def __post_init__(self) -> None:
        parts = urlsplit(self.url)
        if parts.scheme != "https" and parts.hostname not in LOOPBACK:
            raise ValueError("the SMS gateway needs https")


class SmsGateway:
    """The outlet for text messages."""

    def __init__(self, gateway: Gateway, session: Session | None = None) -> None:
        self._gateway, self._session = gateway, session

    def send(self, message: Message, *, now: datetime) -> None:
        """Hand one message over. Raises NoticeFailed, and WayClosed when the gateway takes messages from nobody now."""
        if self._session is None:
            with self.together() as line:
                line.send(message, now=now)
            return
        body = {"to": message.to, "text": message.text, "id": message.id or secrets.token_hex(16)}
        try:
            status = self._posted(self._session, body)
        except RequestException as error:
            raise WayClosed(f"sms: {type(error).__name__}") from None
        if status in _NOT_OF_THE_MESSAGE or status >= 500:
            raise WayClosed(f"sms: HTTP {status}")
        if not 200 <= status < 300:
            raise NoticeFailed(f"sms: HTTP {status}")

    @contextmanager
    def together(self) -> Iterator["SmsGateway"]:
        """One connection for many messages."""
        with Session() as session:
            session.trust_env = False  # no proxy, and no password of another place
            if self._gateway.key:
                session.headers["Authorization"] = f"Bearer {self._gateway.key}"
            yield SmsGateway(self._gateway, session)

    def _posted(self, session: Session, body: dict[str, str]) -> int:
        with session.post(
            self._gateway.url, json=body, timeout=self._gateway.seconds, allow_redirects=False, stream=True
        ) as answer:
            next(answer.iter_content(LONGEST_ANSWER), b"")  # read, so that the connection serves the next one too
            return answer.status_code
