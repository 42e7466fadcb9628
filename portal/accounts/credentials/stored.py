"""Credentials as they stand in the store, without their secrets."""

import re
from dataclasses import dataclass
from datetime import datetime
from typing import Any

from sqlalchemy import Connection, Row, select

from portal.accounts.credentials.events import Owner
from portal.store.tables import credentials

_LOGIN = re.compile(r"[a-z0-9][a-z0-9.-]{1,38}[a-z0-9]")


@dataclass(frozen=True)
class Credential:
    """One local sign-in. `locked_by` names the administrator, or the portal, that locked it; `used_at` is when it last
    opened, or was issued or unlocked. `password` is False where only an identity provider opens.
    """

    login: str
    owner: Owner
    owner_id: str
    password: bool
    password_at: datetime
    must_change: bool
    failures: int
    locked_at: datetime | None
    locked_by: str
    second_factor: bool
    used_at: datetime


def normal_login(typed: str) -> str:
    """A login as it is kept."""
    return typed.strip().lower()


def is_login(login: str) -> bool:
    """Whether somebody may be called so: 3 to 40 small letters without accents, digits, dots and hyphens."""
    return _LOGIN.fullmatch(login) is not None


def row_of(connection: Connection, login: str, owner: Owner) -> Row[Any] | None:
    """The row of a login, if its owner is of that kind."""
    query = select(credentials).where(credentials.c.login == login, credentials.c.owner == owner.value)
    return connection.execute(query).one_or_none()


def read(row: Row[Any]) -> Credential:
    """A row without its secrets."""
    return Credential(
        login=row.login,
        owner=Owner(row.owner),
        owner_id=row.owner_id,
        password=bool(row.password_hash),
        password_at=row.password_at,
        must_change=row.must_change,
        failures=row.failures,
        locked_at=row.locked_at,
        locked_by=row.locked_by or "",
        second_factor=row.totp_confirmed_at is not None,
        used_at=row.used_at,
    )
