"""The members of staff in the store."""

import secrets
from collections.abc import Collection, Sequence
from datetime import datetime
from typing import Any

from sqlalchemy import ColumnElement, Connection, Row, insert, select, update

from portal.accounts.credentials import issuing
from portal.accounts.credentials.credentials import Credentials
from portal.accounts.credentials.events import Happened, Owner, note
from portal.accounts.staff.member import StaffMember
from portal.accounts.staff.roles import Role, checked
from portal.store.database import Database
from portal.store.tables import staff

_S = staff.c


class NoSuchStaff(Exception):
    """Nobody of the staff has this login or id, which is the argument."""


class SubjectTaken(Exception):
    """Another member of staff is known to the provider by this subject."""


class StaffRegister:
    """Everything is one transaction, with its event in it, and may raise StoreUnavailable."""

    def __init__(self, database: Database, credentials: Credentials) -> None:
        self._database, self._credentials = database, credentials

    def add(self, *, login: str, name: str, roles: Collection[Role], author: str, now: datetime) -> str:
        """Somebody who signs in with a password; the one-time password, which is told once. Raises RolesIncompatible
        and LoginTaken.
        """
        password, password_hash = self._credentials.new_password()
        self._add(login, name, roles, password_hash, identity=None, author=author, now=now)
        return password

    def add_known(
        self, *, login: str, name: str, roles: Collection[Role], provider: str, subject: str, author: str, now: datetime
    ) -> None:
        """Somebody whom an identity provider signs in, and nothing else. Raises RolesIncompatible, LoginTaken and
        SubjectTaken.
        """
        self._add(login, name, roles, "", identity=(provider, subject), author=author, now=now)

    def by_id(self, staff_id: str) -> StaffMember | None:
        """The member with this id."""
        return self._one(_S.id == staff_id)

    def by_login(self, login: str) -> StaffMember | None:
        """The member with this login."""
        return self._one(_S.login == login)

    def of_identity(self, provider: str, subject: str) -> StaffMember | None:
        """Who was added with this identity. Nobody is ever added for having one."""
        return self._one((_S.provider == provider) & (_S.subject == subject)) if provider and subject else None

    def all(self) -> Sequence[StaffMember]:
        """Everybody, by login."""
        with self._database.reading() as connection:
            return [_read(row) for row in connection.execute(select(staff).order_by(_S.login))]

    def lock(self, login: str, *, author: str, now: datetime) -> StaffMember:
        """Nothing opens this account until it is unlocked. Raises NoSuchStaff."""
        return self._set(login, Happened.LOCKED, disabled_at=now, author=author, now=now)

    def unlock(self, login: str, *, author: str, now: datetime) -> StaffMember:
        """Open again after a lock, after failures, after long idleness. Raises NoSuchStaff."""
        member = self._set(login, None, disabled_at=None, author=author, now=now)
        self._credentials.unlock(login, owner=Owner.STAFF, author=author, now=now)
        return member

    def change_roles(self, login: str, roles: Collection[Role], *, author: str, now: datetime) -> StaffMember:
        """These roles and no others from now on; the caller ends the member's sessions. Raises RolesIncompatible and
        NoSuchStaff.
        """
        held = _written(roles)
        with self._database.writing() as connection:
            connection.execute(update(staff).where(_S.login == login).values(roles=held))
            row = _existing(connection, login)
            _note_roles(connection, Happened.ROLES_CHANGED, row.id, held, author=author, now=now)
            return _read(row)

    def note(self, what: Happened, *, member: StaffMember, author: str, now: datetime, detail: str = "") -> None:
        """Something that happened to a member and changes nothing here."""
        with self._database.writing() as connection:
            note(connection, what, owner=Owner.STAFF, owner_id=member.id, at=now, author=author, detail=detail)

    def _one(self, which: ColumnElement[bool]) -> StaffMember | None:
        with self._database.reading() as connection:
            row = connection.execute(select(staff).where(which)).one_or_none()
        return _read(row) if row else None

    def _add(
        self,
        login: str,
        name: str,
        roles: Collection[Role],
        password_hash: str,
        *,
        identity: tuple[str, str] | None,
        author: str,
        now: datetime,
    ) -> None:
        held = _written(roles)
        provider, subject = identity or (None, None)
        row = {"id": secrets.token_hex(16), "login": login, "name": name, "roles": held, "created_by": author}
        with self._database.writing() as connection:
            _refuse_taken(connection, provider, subject)
            issuing.add(connection, login, password_hash, owner=Owner.STAFF, owner_id=row["id"], author=author, now=now)
            connection.execute(insert(staff).values(**row, provider=provider, subject=subject, created_at=now))
            _note_roles(connection, Happened.STAFF_ADDED, row["id"], held, author=author, now=now)

    def _set(
        self, login: str, what: Happened | None, *, disabled_at: datetime | None, author: str, now: datetime
    ) -> StaffMember:
        with self._database.writing() as connection:
            connection.execute(update(staff).where(_S.login == login).values(disabled_at=disabled_at))
            row = _existing(connection, login)
            if what:
                note(connection, what, owner=Owner.STAFF, owner_id=row.id, at=now, author=author)
            return _read(row)


def _refuse_taken(connection: Connection, provider: str | None, subject: str | None) -> None:
    known = select(_S.id).where(_S.provider == provider, _S.subject == subject)
    if provider is not None and connection.execute(known).first():
        raise SubjectTaken(provider)


def _existing(connection: Connection, login: str) -> Row[Any]:
    row = connection.execute(select(staff).where(_S.login == login)).one_or_none()
    if row is None:
        raise NoSuchStaff(login)
    return row


def _written(roles: Collection[Role]) -> str:
    return ",".join(sorted(role.value for role in checked(roles)))


def _note_roles(
    connection: Connection, what: Happened, staff_id: str, held: str, *, author: str, now: datetime
) -> None:
    note(connection, what, owner=Owner.STAFF, owner_id=staff_id, at=now, author=author, detail=held)


def _read(row: Row[Any]) -> StaffMember:
    return StaffMember(
        id=row.id,
        login=row.login,
        name=row.name,
        roles=frozenset(Role(name) for name in row.roles.split(",")),
        provider=row.provider or "",
        subject=row.subject or "",
        created_by=row.created_by,
        created_at=row.created_at,
        disabled_at=row.disabled_at,
    )
