"""Versions of provisions in the store. Nothing is ever changed: what is new is a version of its own."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date, datetime
from typing import Any, cast

from sqlalchemy import Connection, Row, func, insert, select
from sqlalchemy.exc import IntegrityError

from portal.clock import archive_day
from portal.requests.provisions.defaults import DEFAULTS
from portal.requests.provisions.models import (
    MODELS,
    Approvals,
    Calendar,
    Content,
    Deadlines,
    Fees,
    Letters,
    Provision,
    Reason,
    Reasons,
)
from portal.store.database import Database
from portal.store.tables import provisions as table


class VersionTaken(Exception):
    """Somebody else has written the next version meanwhile."""


@dataclass(frozen=True)
class Version:
    """One version; number 0 is what the product brings along, without author and moment."""

    provision: Provision
    number: int
    content: Content
    valid_from: date
    author: str
    at: datetime | None


@dataclass(frozen=True)
class InForce:
    """All provisions as they bind on one day."""

    deadlines: Deadlines
    calendar: Calendar
    fees: Fees
    approvals: Approvals
    reasons: Reasons
    letters: Letters


class Provisions:
    """Every method is one transaction and may raise StoreUnavailable."""

    def __init__(self, database: Database) -> None:
        self._database = database

    def in_force(self, on: date) -> InForce:
        """What binds on a day."""
        with self._database.reading() as connection:
            return in_force(connection, on)

    def versions(self, provision: Provision) -> Sequence[Version]:
        """Every version, the newest first; the last is the one of the product."""
        newest_first = select(table).where(table.c.kind == provision.value).order_by(table.c.version.desc())
        with self._database.reading() as connection:
            return [*map(_version, connection.execute(newest_first)), _brought_along(provision)]

    def reasons_at(self, moment: datetime) -> Reasons:
        """The reasons as they bound at a moment. What is written later changes nothing decided by then, even if it
        is valid from the same day.
        """
        written = (table.c.at <= moment) & (table.c.valid_from <= archive_day(moment))
        newest = select(table).where(table.c.kind == Provision.REASONS.value, written).order_by(table.c.version.desc())
        with self._database.reading() as connection:
            row = connection.execute(newest.limit(1)).first()
        content = _version(row).content if row else DEFAULTS[Provision.REASONS]
        return cast(Reasons, content)

    def reason_once(self, code: str) -> Reason | None:
        """A reason that stood in some version of the table, as it stood last."""
        contents = (cast(Reasons, version.content) for version in self.versions(Provision.REASONS))
        return next((known for content in contents if (known := content.named(code))), None)

    def add(
        self, provision: Provision, content: Content, *, after: int, valid_from: date, author: str, now: datetime
    ) -> int:
        """A new version behind version `after`, in force from a day on; its number. Raises VersionTaken."""
        row = {
            "kind": provision.value,
            "version": after + 1,
            "content": content.model_dump_json(),
            "valid_from": valid_from,
            "author": author,
            "at": now,
        }
        with self._database.writing() as connection:
            newest = select(func.max(table.c.version)).where(table.c.kind == provision.value)
            if (connection.execute(newest).scalar() or 0) != after:
                raise VersionTaken(provision.value)
            try:
                connection.execute(insert(table).values(row))
            except IntegrityError:
                raise VersionTaken(provision.value) from None
        return after + 1


def in_force(connection: Connection, on: date) -> InForce:
    """What binds on a day, within a transaction that somebody else began: of each kind the newest version that is valid
    by then.
    """
    newest_last = select(table).where(table.c.valid_from <= on).order_by(table.c.version)
    kept = {Provision(row.kind): _version(row).content for row in connection.execute(newest_last)}
    return InForce(**{each.value: kept.get(each, DEFAULTS[each]) for each in Provision})  # type: ignore[arg-type]


def _version(row: Row[Any]) -> Version:
    provision = Provision(row.kind)
    content = MODELS[provision].model_validate_json(row.content)
    return Version(provision, row.version, content, row.valid_from, row.author, row.at)


def _brought_along(provision: Provision) -> Version:
    return Version(provision, 0, DEFAULTS[provision], date.min, "", None)
