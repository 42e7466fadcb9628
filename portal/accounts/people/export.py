"""A reader's own data, complete: what the store holds of them, opened."""

from datetime import date, datetime
from typing import Any

from sqlalchemy import Row, Select, select

from portal.accounts.people import case_rows
from portal.accounts.people.account import Facts
from portal.accounts.people.events import READER
from portal.accounts.people.rows import Rows
from portal.store.tables import accounts, contact_codes, credentials, events, identities, readings

NOT_EXPORTED = {
    "accounts.sealed": "opened: its facts stand under `facts`",
    "accounts.citizen_match": "a digest of the citizen number, which stands under `facts`",
    "contact_codes.sealed": "opened: it stands there as `address`",
    "contact_codes.digest": "a digest of the code that was sent",
    "credentials.password_hash": "secret of the reader's sign-in",
    "credentials.sealed_totp": "secret of the reader's sign-in",
    "credentials.totp_last_step": "a counter against replayed codes",
    **case_rows.NOT_EXPORTED,
}
"""Columns of which the value itself is not handed out, each with the reason."""


def exported(rows: Rows, account_id: str) -> dict[str, Any]:
    """Everything by table and column, moments in ISO 8601. Raises LookupError when there is no such account."""
    account = rows.present(account_id)
    found = {
        "accounts": _plain(rows, select(accounts).where(accounts.c.id == account_id)),
        "identities": _plain(rows, select(identities).where(identities.c.account_id == account_id)),
        "contact_codes": [_with_address(rows, row) for row in _codes(rows, account_id)],
        "credentials": _plain(rows, _owned(credentials, account_id)),
        "events": _plain(rows, _owned(events, account_id)),
        "readings": _plain(rows, select(readings).where(readings.c.account_id == account_id)),
    }
    requests = {
        table: [_columns(table, row) | opened for row, opened in of_table]
        for table, of_table in case_rows.rows_of_cases(rows, account_id)
    }
    return {"facts": _facts(account.facts), **found, **requests}


def _facts(facts: Facts) -> dict[str, Any]:
    return {name: _value(value) for name, value in vars(facts).items()}


def _codes(rows: Rows, account_id: str) -> list[Row[Any]]:
    query = select(contact_codes).where(contact_codes.c.account_id == account_id)
    return list(rows.connection.execute(query))


def _with_address(rows: Rows, row: Row[Any]) -> dict[str, Any]:
    return {"address": rows.sealing.open(row.sealed), **_columns("contact_codes", row)}


def _owned(table: Any, account_id: str) -> Select[Any]:
    return select(table).where(table.c.owner == READER, table.c.owner_id == account_id)


def _plain(rows: Rows, query: Select[Any]) -> list[dict[str, Any]]:
    table = query.get_final_froms()[0]
    return [_columns(str(table), row) for row in rows.connection.execute(query)]


def _columns(table: str, row: Row[Any]) -> dict[str, Any]:
    kept = row._mapping.items()
    return {name: _value(value) for name, value in kept if f"{table}.{name}" not in NOT_EXPORTED}


def _value(value: object) -> object:
    return value.isoformat() if isinstance(value, date | datetime) else value
