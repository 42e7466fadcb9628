"""One message to one person, and the one error of sending it."""

import re
from contextlib import AbstractContextManager
from dataclasses import dataclass
from datetime import datetime
from enum import StrEnum
from typing import Protocol

LONGEST_ADDRESS = 254
LONGEST_SUBJECT = 200

_ID = re.compile(r"[A-Za-z0-9.-]{0,100}")


class Channel(StrEnum):
    """The ways in which a message may travel."""

    EMAIL = "email"
    SMS = "sms"


class NoticeFailed(Exception):
    """The message was not handed over; one line says why, without address and text."""


class WayClosed(NoticeFailed):
    """The way itself leads nowhere at the moment: any other message would fare the same."""


@dataclass(frozen=True)
class Message:
    """Text for one address. ValueError for an address or subject with line breaks or other control characters: they
    would become headers of a letter. An SMS has no subject and no `html`. Two messages with the same `id` are one that
    was handed over twice; "" has one of its own.
    """

    channel: Channel
    to: str
    subject: str
    text: str
    html: str = ""
    id: str = ""

    def __post_init__(self) -> None:
        if not self.to or len(self.to) > LONGEST_ADDRESS or not _one_line(self.to) or "," in self.to:
            raise ValueError("a message goes to one address on one line")
        if len(self.subject) > LONGEST_SUBJECT or not _one_line(self.subject):
            raise ValueError("the subject of a message is one line")
        if not _ID.fullmatch(self.id):
            raise ValueError("the id of a message is made of letters, digits, dots and hyphens")


class Outlet(Protocol):
    """One way out."""

    def send(self, message: Message, *, now: datetime) -> None:
        """Hand the message over, wholly. Raises NoticeFailed."""
        ...

    def together(self) -> AbstractContextManager["Outlet"]:
        """The outlet for many messages in a row, which share whatever it costs to begin."""
        ...


def _one_line(text: str) -> bool:
    return text.isprintable()
