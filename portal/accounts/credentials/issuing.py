"""New credentials, in the transaction of whoever makes their owner."""

from datetime import datetime

from sqlalchemy import Connection, insert, select

from portal.accounts.credentials.events import Happened, Owner, note
from portal.accounts.credentials.stored import is_login
from portal.store.tables import credentials


class LoginTaken(Exception):
    """Somebody has this login already, or nobody may have it; the argument is the login."""


def add(
    connection: Connection,
    login: str,
    password_hash: str,
    *,
    owner: Owner,
    owner_id: str,
    author: str,
    now: datetime,
) -> None:
    """Add credentials whose password has to be changed at the first sign-in. With an empty hash no password is right:
    an identity provider signs the owner in, and the portal asks for its second factor only. Raises LoginTaken.
    """
    if not is_login(login) or connection.execute(select(credentials.c.login).filter_by(login=login)).first():
        raise LoginTaken(login)
    row = {"login": login, "owner": owner.value, "owner_id": owner_id, "password_hash": password_hash}
    state = {"password_at": now, "must_change": bool(password_hash), "failures": 0, "totp_last_step": 0}
    connection.execute(insert(credentials).values(**row, **state, used_at=now))
    note(connection, Happened.ISSUED, owner=owner, owner_id=owner_id, at=now, author=author)
