"""What happened to a reader's account. A detail names a provider, a version, a channel: nothing personal."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime
from enum import StrEnum

from sqlalchemy import Connection, insert, select

from portal.store.tables import events

READER = "reader"
"""The owner of the events of readers, and the author of what readers do themselves."""


class Happening(StrEnum):
    """Everything that is noted of an account."""

    CREATED = "created"
    ISSUED = "issued"
    SIGNED_IN = "signed-in"
    SIGN_IN_REFUSED = "sign-in-refused"
    SIGNED_OUT = "signed-out"
    STEPPED_UP = "stepped-up"
    TERMS_ACCEPTED = "terms-accepted"
    CONTACT_VERIFIED = "contact-verified"
    LANGUAGE_CHANGED = "language-changed"
    NUMBER_CHANGED = "number-changed"
    LINKED = "linked"
    SESSION_ENDED = "session-ended"
    EXPORTED = "exported"
    DELETION_ASKED = "deletion-asked"


@dataclass(frozen=True)
class Event:
    """What happened, when, by whom; `what` may be of another release or another part of the product."""

    at: datetime
    what: str
    author: str
    detail: str


def note(
    connection: Connection,
    account_id: str,
    what: Happening,
    *,
    now: datetime,
    detail: str = "",
    author: str = READER,
) -> None:
    """Add one event; nothing is ever changed or taken away."""
    row = {"owner": READER, "owner_id": account_id, "at": now, "what": what, "author": author, "detail": detail}
    connection.execute(insert(events).values(row))


def events_of(connection: Connection, account_id: str, *, most: int | None = None) -> Sequence[Event]:
    """What happened to an account, the newest first."""
    own = select(events).where(events.c.owner == READER, events.c.owner_id == account_id)
    newest_first = own.order_by(events.c.at.desc(), events.c.id.desc()).limit(most)
    return [Event(row.at, row.what, row.author, row.detail) for row in connection.execute(newest_first)]
