"""Passwords of one kind of owner or another: checked, handed out, changed, locked."""

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import datetime
from typing import Any

from sqlalchemy import Connection, Row, select, update

from portal.accounts.credentials import turns
from portal.accounts.credentials.events import PORTAL, Happened, Owner, note
from portal.accounts.credentials.hashing import Hashing
from portal.accounts.credentials.history import UsedPasswords
from portal.accounts.credentials.issuing import add
from portal.accounts.credentials.locks import WhenLocked, untold
from portal.accounts.credentials.passwords import (
    MOST_CHARACTERS,
    PasswordFault,
    faults_of,
    normalised,
    one_time_password,
)
from portal.accounts.credentials.rules import PasswordRules
from portal.accounts.credentials.second_factor import SecondFactors
from portal.accounts.credentials.stored import Credential, normal_login, read, row_of
from portal.accounts.credentials.turns import Turn
from portal.store.database import Database
from portal.store.sealing import Sealing
from portal.store.tables import credentials

_C = credentials.c


class NoSuchLogin(Exception):
    """An administrator named a login that is not there; the argument is the login."""


@dataclass(frozen=True)
class Checked:
    """What a password opened: a credential, or nothing, and then nobody is told why."""

    credential: Credential | None

    @property
    def passed(self) -> bool:
        """Whether the password was right and may be used now."""
        return self.credential is not None


class Credentials:
    """Local sign-in. Every method that names an owner knows nothing of the other kind's. Raises StoreUnavailable.

    `asks_code_of` are the owners whom the sites let in with a second factor only; passwords of others are longer.
    `when_locked` is told of each lock that wrong entries close.
    """

    def __init__(
        self,
        database: Database,
        sealing: Sealing,
        rules: PasswordRules,
        *,
        hashing: Hashing | None = None,
        asks_code_of: frozenset[Owner] = frozenset(Owner),
        when_locked: WhenLocked = untold,
    ) -> None:
        self.rules, self._asks_code_of, self._when_locked = rules, asks_code_of, when_locked
        self.second_factors = SecondFactors(database, sealing, rules, when_locked=when_locked)
        self._database, self._hashing = database, hashing or Hashing()
        self._used = UsedPasswords(self._hashing, rules.history)

    def check(self, login: str, password: str, *, owner: Owner, now: datetime) -> Checked:
        """The password alone, which for most is half a sign-in. An unknown login, a wrong password, a lock, an idle
        account: the same answer after the same work, two writes and one hash.
        """
        login, password = normal_login(login), normalised(password)[: MOST_CHARACTERS + 1]
        with self._database.writing() as connection:
            turn = turns.take(connection, login, owner=owner, rules=self.rules, now=now)
            row = row_of(connection, login, owner) if turn is not Turn.NONE else None
            self._note(connection, Happened.TRIED, row, owner=owner, author=login if row else "", now=now)
        right = self._hashing.verify(row.password_hash if row else "", password)
        with self._database.writing() as connection:
            if row is not None and right:
                self._passed(connection, row, password, owner=owner, now=now)
                return Checked(read(row))
            lock = turns.note_refusal(
                connection, login, owner=owner, turn=turn, rules=self.rules, step="password", now=now
            )
        if lock:
            self._when_locked(lock)
        return Checked(None)

    def signed_in(self, login: str, *, owner: Owner, now: datetime) -> None:
        """A sign-in without a code, or whose code has just been set up, is complete: failures count no more."""
        with self._database.writing() as connection:
            row = _existing(connection, login, owner)
            turns.forget(connection, login, now=now)
            self._note(connection, Happened.SIGNED_IN, row, owner=owner, author=login, now=now)

    def issue(self, login: str, *, owner: Owner, owner_id: str, author: str, now: datetime) -> str:
        """Credentials with a password that is told once and changed at the first sign-in. Raises LoginTaken."""
        password, password_hash = self.new_password()
        with self._database.writing() as connection:
            add(connection, login, password_hash, owner=owner, owner_id=owner_id, author=author, now=now)
        return password

    def new_password(self) -> tuple[str, str]:
        """A one-time password and its hash."""
        password = one_time_password()
        return password, self._hashing.hash(password)

    def reset_password(self, login: str, *, owner: Owner, author: str, now: datetime) -> str:
        """Another one-time password; the old one opens nothing any more. Raises NoSuchLogin, also for somebody without
        a password, whom an identity provider signs in.
        """
        password, password_hash = self.new_password()
        with self._database.writing() as connection:
            row = _existing(connection, login, owner)
            if not row.password_hash:
                raise NoSuchLogin(login)
            self._replace(connection, row, password_hash, must_change=True, now=now)
            self._note(connection, Happened.PASSWORD_RESET, row, owner=owner, author=author, now=now)
        return password

    def replace_password(
        self, login: str, password: str, *, owner: Owner, name: str, now: datetime
    ) -> tuple[PasswordFault, ...]:
        """The owner's own new password, kept when nothing is wrong with it. `name` is the owner's. Raises NoSuchLogin.

        The caller has made sure who asks, and ends the owner's other sessions.
        """
        password = normalised(password)
        with self._database.reading() as connection:
            row = _existing(connection, login, owner)
            earlier = self._used.newest(connection, row)
        second_factor = owner in self._asks_code_of or row.totp_confirmed_at is not None
        faults = faults_of(password, self.rules, login=login, name=name, second_factor=second_factor)
        if not faults and self._used.hold(password, earlier):
            faults = (PasswordFault.USED_BEFORE,)
        if faults:
            return faults
        password_hash = self._hashing.hash(password)
        with self._database.writing() as connection:
            row = _existing(connection, login, owner)
            self._replace(connection, row, password_hash, must_change=False, now=now)
            self._note(connection, Happened.PASSWORD_CHANGED, row, owner=owner, author=login, now=now)
        return ()

    def lock(self, login: str, *, owner: Owner, author: str, now: datetime) -> None:
        """Closed until somebody unlocks it. Raises NoSuchLogin."""
        self._set(login, Happened.LOCKED, owner=owner, author=author, now=now, locked_at=now, locked_by=author)

    def unlock(self, login: str, *, owner: Owner, author: str, now: datetime) -> None:
        """Open again after failures, a lock or long idleness. Raises NoSuchLogin."""
        freed: dict[str, Any] = {"failures": 0, "locked_at": None, "locked_by": None, "used_at": now}
        self._set(login, Happened.UNLOCKED, owner=owner, author=author, now=now, **freed)

    def of_login(self, login: str, *, owner: Owner) -> Credential | None:
        """The credential of a login, without its secrets."""
        with self._database.reading() as connection:
            row = row_of(connection, login, owner)
        return read(row) if row else None

    def usable(self, credential: Credential, *, now: datetime) -> bool:
        """Whether neither a lock nor long idleness closes it now."""
        locked_at = credential.locked_at
        by_itself = credential.locked_by == PORTAL
        locked = locked_at is not None and not (by_itself and self.rules.lock_ends(locked_at) <= now)
        return not locked and not self.rules.idle(credential.used_at, now=now)

    def all_of(self, owner: Owner) -> Mapping[str, Credential]:
        """Every credential of one kind of owner, by the owner's id."""
        query = select(credentials).where(_C.owner == owner.value)
        with self._database.reading() as connection:
            return {row.owner_id: read(row) for row in connection.execute(query)}

    def _passed(self, connection: Connection, row: Row[Any], password: str, *, owner: Owner, now: datetime) -> None:
        turns.give_back(connection, row.login)
        if self._hashing.outdated(row.password_hash):
            renewed = {"password_hash": self._hashing.hash(password)}
            unchanged = (_C.login == row.login) & (_C.password_hash == row.password_hash)
            connection.execute(update(credentials).where(unchanged).values(renewed))
        self._note(connection, Happened.PASSWORD_PASSED, row, owner=owner, author=row.login, now=now)

    def _replace(
        self, connection: Connection, row: Row[Any], password_hash: str, *, must_change: bool, now: datetime
    ) -> None:
        self._used.add(connection, row, now=now)
        values = {"password_hash": password_hash, "password_at": now, "must_change": must_change}
        connection.execute(update(credentials).where(_C.login == row.login).values(values))

    def _set(self, login: str, what: Happened, *, owner: Owner, author: str, now: datetime, **values: Any) -> None:
        with self._database.writing() as connection:
            row = _existing(connection, login, owner)
            connection.execute(update(credentials).where(_C.login == login).values(values))
            self._note(connection, what, row, owner=owner, author=author, now=now)

    def _note(
        self, connection: Connection, what: Happened, row: Row[Any] | None, *, owner: Owner, author: str, now: datetime
    ) -> None:
        note(connection, what, owner=owner, owner_id=row.owner_id if row else "", at=now, author=author)


def _existing(connection: Connection, login: str, owner: Owner) -> Row[Any]:
    row = row_of(connection, login, owner)
    if row is None:
        raise NoSuchLogin(login)
    return row
