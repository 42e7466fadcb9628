"""Proving that a contact is the reader's: a code goes there, and comes back.

A code has six digits and is kept as a keyed digest. It lives ten minutes and stands five tries; an account gets at
most three messages in a quarter of an hour. Whether another account has the same contact is never asked.
"""

import hmac
import re
import secrets
from dataclasses import dataclass
from datetime import datetime, timedelta
from enum import Enum
from typing import Any

from sqlalchemy import Connection, Row, delete, func, insert, select, update

from portal.accounts.people.account import Account
from portal.accounts.people.events import Happening, note
from portal.accounts.people.rows import Rows
from portal.notices.message import LONGEST_ADDRESS, Channel
from portal.store.database import Database
from portal.store.sealing import Sealing
from portal.store.tables import contact_codes

LIVES = timedelta(minutes=10)
TRIES = 5
MESSAGES = 3
WINDOW = timedelta(minutes=15)

_EMAIL = re.compile(r"[A-Za-z0-9.!#$%&'*+/=?^_`{|}~-]{1,64}@(?:[A-Za-z0-9-]{1,63}\.)+[A-Za-z]{2,63}")
_PHONE = re.compile(r"(?:0|\+84)([1-9][0-9]{8})|(\+(?!84)[1-9][0-9]{7,14})")


class TooManyCodes(Exception):
    """This account has been sent as many codes as it may in this time."""


class Answer(Enum):
    """How a code that was typed fares."""

    RIGHT = "right"
    WRONG = "wrong"
    SPENT = "spent"  # too old, used, tried too often, or never sent


@dataclass(frozen=True)
class Code:
    """A code that is to be sent; `digits` is nowhere else in clear."""

    id: int
    digits: str


def contact_address(channel: Channel, typed: str) -> str:
    """An address in the form in which it is kept: a telephone number with its country. ValueError when it is none."""
    if channel is Channel.EMAIL:
        email = typed.strip()
        if len(email) > LONGEST_ADDRESS or not _EMAIL.fullmatch(email) or ".." in email or email.startswith("."):
            raise ValueError("not an e-mail address")
        return email
    found = _PHONE.fullmatch(re.sub(r"[\s.()-]", "", typed))
    if found is None:
        raise ValueError("not a telephone number")
    return f"+84{found[1]}" if found[1] else found[2]


class ContactCodes:
    """Codes of the accounts in the store. Everything may raise StoreUnavailable."""

    def __init__(self, database: Database, sealing: Sealing) -> None:
        self._database, self._sealing = database, sealing

    def start(self, account: Account, channel: Channel, address: str, *, now: datetime) -> Code:
        """A new code for this address; the ones before it no longer count. Raises TooManyCodes."""
        digits = f"{secrets.randbelow(1_000_000):06}"
        row = {
            "account_id": account.id,
            "channel": channel.value,
            "sealed": self._sealing.seal(address),
            "digest": self._digest(account.id, digits),
            "tries": 0,
            "sent_at": now,
            "expires_at": now + LIVES,
        }
        with self._database.writing() as connection:
            Rows(connection, self._sealing).by_id(account.id, to_change=True)
            if _sent_since(connection, account.id, now - WINDOW) >= MESSAGES:
                raise TooManyCodes
            added = connection.execute(insert(contact_codes).values(row).returning(contact_codes.c.id))
            return Code(added.scalar_one(), digits)

    def not_sent(self, code: Code) -> None:
        """Its message could not be handed over: it counts as never made."""
        with self._database.writing() as connection:
            connection.execute(delete(contact_codes).where(contact_codes.c.id == code.id))

    def pending(self, account_id: str, *, now: datetime) -> tuple[Channel, str] | None:
        """Where the newest code went, while it can still be typed."""
        with self._database.reading() as connection:
            row = _newest(connection, account_id, now)
        return (Channel(row.channel), self._sealing.open(row.sealed)) if row is not None else None

    def answer(self, account_id: str, digits: str, *, now: datetime) -> Answer:
        """Whether this is the newest code; if so, the address it went to is the account's verified contact now."""
        with self._database.writing() as connection:
            rows = Rows(connection, self._sealing)
            account = rows.by_id(account_id, to_change=True)
            row = _newest(connection, account_id, now)
            if account is None or row is None:
                return Answer.SPENT
            if not hmac.compare_digest(row.digest, self._digest(account_id, digits)):
                _change(connection, row, tries=row.tries + 1)
                return Answer.WRONG if row.tries + 1 < TRIES else Answer.SPENT
            _change(connection, row, used_at=now)
            facts = account.facts.reached_by(Channel(row.channel), self._sealing.open(row.sealed))
            rows.change(account, facts=facts, contact_verified_at=now)
            note(connection, account_id, Happening.CONTACT_VERIFIED, now=now, detail=row.channel)
            return Answer.RIGHT

    def _digest(self, account_id: str, digits: str) -> str:
        return self._sealing.match(f"contact code {account_id} {digits}")


def _sent_since(connection: Connection, account_id: str, since: datetime) -> int:
    sent = select(func.count()).where(contact_codes.c.account_id == account_id, contact_codes.c.sent_at > since)
    return connection.execute(sent).scalar_one()


def _newest(connection: Connection, account_id: str, now: datetime) -> Row[Any] | None:
    """The newest code of an account, if it still counts."""
    own = select(contact_codes).where(contact_codes.c.account_id == account_id)
    row = connection.execute(own.order_by(contact_codes.c.id.desc()).limit(1)).first()
    if row is None or row.used_at is not None or row.tries >= TRIES or row.expires_at <= now:
        return None
    return row


def _change(connection: Connection, row: Row[Any], **values: object) -> None:
    connection.execute(update(contact_codes).where(contact_codes.c.id == row.id).values(values))
