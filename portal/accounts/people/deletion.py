"""Deleting a reader's account: what is personal goes, the row stays under its id.

The id means nothing by itself: events, permits and the access log go on naming somebody whom nobody can name any more.
"""

from datetime import datetime

from sqlalchemy import Connection, delete, select, tuple_

from portal.accounts.credentials.events import Happened, Owner, note
from portal.accounts.people.account import Account
from portal.accounts.people.case_rows import empty_cases
from portal.accounts.people.rows import Rows
from portal.store.readings import forget_readings
from portal.store.tables import (
    contact_codes,
    credentials,
    identities,
    password_history,
    recovery_codes,
    session_labels,
    sessions,
)


class DeletionNotAsked(Exception):
    """There is no such account, or its reader did not ask for this, or it is done already."""


def delete_account(rows: Rows, account_id: str, *, author: str, now: datetime) -> Account:
    """Take away everything personal, in the transaction of `rows`; the account as it was. Raises DeletionNotAsked."""
    account = rows.by_id(account_id, to_change=True)
    if account is None or account.deletion_asked_at is None or rows.emptied(account_id):
        raise DeletionNotAsked
    _delete_sign_in(rows.connection, account_id)
    _delete_sessions(rows.connection, account_id)
    forget_readings(rows.connection, account_id)
    empty_cases(rows.connection, account_id, seal=rows.sealing)
    for table in (identities, contact_codes):
        rows.connection.execute(delete(table).where(table.c.account_id == account_id))
    rows.empty(account_id)
    note(rows.connection, Happened.READER_DELETED, owner=Owner.READER, owner_id=account_id, at=now, author=author)
    return account


def _delete_sign_in(connection: Connection, account_id: str) -> None:
    """Credentials that the archive issued, and what hangs on them."""
    own = (credentials.c.owner == Owner.READER.value) & (credentials.c.owner_id == account_id)
    logins = list(connection.execute(select(credentials.c.login).where(own)).scalars())
    for table in (password_history, recovery_codes, credentials):
        connection.execute(delete(table).where(table.c.login.in_(logins)))


def _delete_sessions(connection: Connection, account_id: str) -> None:
    """Sessions that are kept here, those that are over among them. Another store of sessions has been told before."""
    keys = select(sessions.c.application, sessions.c.key).where(sessions.c.owner == account_id)
    named = tuple_(session_labels.c.application, session_labels.c.key)
    connection.execute(delete(session_labels).where(named.in_(keys)))
    connection.execute(delete(sessions).where(sessions.c.owner == account_id))
