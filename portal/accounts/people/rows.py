"""Rows of accounts and identities, read and written within a transaction that somebody else began."""

import secrets
from dataclasses import dataclass
from datetime import datetime
from typing import Any

from sqlalchemy import Connection, Row, Select, insert, select, update

from portal.accounts.people.account import Account, Facts, KnownAs
from portal.accounts.providers.identity import AccountKind, Identity
from portal.store.sealing import Sealing
from portal.store.tables import accounts, identities

EMPTIED = ""
"""What stands in the column `sealed` of an account that has been deleted: nothing is sealed there any more."""


@dataclass(frozen=True)
class Rows:
    """The accounts of one transaction. `sealing` is the key to what stands in them."""

    connection: Connection
    sealing: Sealing

    def by_id(self, account_id: str, *, to_change: bool = False) -> Account | None:
        """The account; held until the end of the transaction when it is `to_change`."""
        query = select(accounts).where(accounts.c.id == account_id)
        return self._one(query.with_for_update() if to_change else query)

    def of_identity(self, provider: str, subject: str, *, to_change: bool = False) -> Account | None:
        """The account of this subject of this provider."""
        query = (
            select(accounts)
            .join(identities, identities.c.account_id == accounts.c.id)
            .where(identities.c.provider == provider, identities.c.subject == subject)
        )
        return self._one(query.with_for_update(of=accounts) if to_change else query)

    def same_number(self, identity: Identity, *, level: int) -> Account | None:
        """The oldest account of the citizen of this identity, known elsewhere at this level or above."""
        query = (
            select(accounts)
            .join(identities, identities.c.account_id == accounts.c.id)
            .where(accounts.c.citizen_match == self.match(identity.kind, identity.citizen_number))
            .where(identities.c.level >= level, accounts.c.deletion_asked_at.is_(None))
            .order_by(accounts.c.created_at)
            .limit(1)
        )
        return self._one(query) if identity.citizen_number else None

    def known_as(self, account_id: str) -> list[KnownAs]:
        """The identities of an account, the oldest first."""
        query = select(identities).where(identities.c.account_id == account_id).order_by(identities.c.linked_at)
        return [KnownAs(r.provider, r.subject, r.level, r.linked_at, r.used_at) for r in self.connection.execute(query)]

    def add(self, kind: AccountKind, facts: Facts, *, language: str, issued_by: str | None, now: datetime) -> Account:
        """A new account, half made."""
        account_id = secrets.token_hex(16)
        row = {
            "id": account_id,
            "kind": kind.value,
            "language": language,
            "terms_version": "",
            "issued_by": issued_by,
            "created_at": now,
        }
        self.connection.execute(insert(accounts).values(row | self._sealed(kind, facts)))
        return self.present(account_id)

    def add_identity(self, account_id: str, identity: Identity, *, now: datetime) -> None:
        """One more way in. IntegrityError when the identity belongs to an account already."""
        key = {"provider": identity.provider, "subject": identity.subject, "account_id": account_id}
        state = {"level": identity.level, "linked_at": now, "used_at": now}
        self.connection.execute(insert(identities).values(key | state))

    def use_identity(self, identity: Identity, *, now: datetime) -> None:
        """The reader came in by it now, at this level."""
        here = (identities.c.provider == identity.provider) & (identities.c.subject == identity.subject)
        self.connection.execute(update(identities).where(here).values(level=identity.level, used_at=now))

    def change(self, account: Account, *, facts: Facts | None = None, **values: object) -> Account:
        """The account with other facts and values of its columns."""
        sealed = self._sealed(account.kind, facts) if facts is not None else {}
        if values or sealed:
            self.connection.execute(update(accounts).where(accounts.c.id == account.id).values(values | sealed))
        return self.present(account.id)

    def deletions_asked(self) -> list[Account]:
        """The accounts that wait to be deleted, the first asked first."""
        waiting = accounts.c.deletion_asked_at.is_not(None) & (accounts.c.sealed != EMPTIED)
        query = select(accounts).where(waiting).order_by(accounts.c.deletion_asked_at, accounts.c.id)
        return [self._read(row) for row in self.connection.execute(query)]

    def empty(self, account_id: str) -> None:
        """Leave nothing personal in the row: what it still says is that somebody had an account, and asked."""
        nothing = {"sealed": EMPTIED, "citizen_match": None, "terms_version": "", "terms_at": None}
        unseen = {"contact_verified_at": None, "signed_in_at": None}
        self.connection.execute(update(accounts).where(accounts.c.id == account_id).values(nothing | unseen))

    def emptied(self, account_id: str) -> bool:
        """Whether the account has been deleted."""
        kept = select(accounts.c.sealed).where(accounts.c.id == account_id)
        return bool(self.connection.execute(kept).scalar_one() == EMPTIED)

    def match(self, kind: AccountKind, citizen_number: str) -> str | None:
        """By what a citizen is recognised; None for whoever is not a citizen with a number."""
        if kind is not AccountKind.CITIZEN or not citizen_number:
            return None
        return self.sealing.match(f"citizen {citizen_number}")

    def _sealed(self, kind: AccountKind, facts: Facts) -> dict[str, object]:
        match = self.match(kind, facts.citizen_number)
        return {"sealed": self.sealing.seal(facts.to_json()), "citizen_match": match}

    def present(self, account_id: str) -> Account:
        """An account that is known to be there. LookupError when it is not."""
        found = self.by_id(account_id)
        if found is None:
            raise LookupError("no such account")
        return found

    def _one(self, query: Select[Any]) -> Account | None:
        row = self.connection.execute(query).first()
        return self._read(row) if row is not None else None

    def _read(self, row: Row[Any]) -> Account:
        return Account(
            id=row.id,
            kind=AccountKind(row.kind),
            facts=Facts() if row.sealed == EMPTIED else Facts.from_json(self.sealing.open(row.sealed)),
            language=row.language,
            terms_version=row.terms_version,
            terms_at=row.terms_at,
            contact_verified_at=row.contact_verified_at,
            issued_by=row.issued_by or "",
            created_at=row.created_at,
            signed_in_at=row.signed_in_at,
            deletion_asked_at=row.deletion_asked_at,
        )
