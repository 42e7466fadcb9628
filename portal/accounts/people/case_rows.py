"""What a reader's requests hold in the store: handed out opened, and emptied when the account is deleted."""

import json
from collections.abc import Callable, Iterator, Sequence
from typing import Any

from sqlalchemy import Connection, Row, Select, Table, delete, select, update

from portal.accounts.people.rows import Rows
from portal.store.sealing import Sealing
from portal.store.tables import (
    case_events,
    case_files,
    case_lines,
    case_notes,
    case_permits,
    cases,
    notices,
    permit_pages,
)

STEPS_OF_THE_ARCHIVE = frozenset({"assign", "propose", "return-proposal"})
"""Steps that staff take among themselves: no reader is told of them."""

WORDS_OF_THE_ARCHIVE = frozenset({"send-to-authority", "note-payment"})
"""Steps of which a reader is told, but not what was said by them."""

NOT_EXPORTED = {
    "cases.sealed": "opened: it stands there as `application`",
    "cases.lookup_digest": "a digest of the digits, which stand under `application`",
    "cases.assigned_to": "a member of staff",
    "cases.proposed_by": "a member of staff",
    "cases.decided_by": "a member of staff",
    "case_lines.title": "as it was on that day; it may have been closed since, and the reference code names it",
    "case_lines.proposal": "not said to anybody but the one who decides; the decision stands there",
    "case_events.sealed": "opened: it stands there as `words`",
    "case_events.actor_id": "the reader, or a member of staff",
    "case_files.sealed_name": "opened: it stands there as `name`",
    "case_permits.author": "a member of staff",
    "notices.sealed": "opened: it stands there as `values`",
}
"""Columns of which the value itself is not handed out, each with the reason."""

Extra = Callable[[Row[Any]], dict[str, Any]]
Found = Iterator[tuple[str, Sequence[tuple[Row[Any], dict[str, Any]]]]]


def rows_of_cases(rows: Rows, account_id: str) -> Found:
    """Each table with its rows of this reader, and what of a row stands there opened."""
    own = select(cases.c.id).where(cases.c.account_id == account_id)
    codes = select(case_permits.c.code).where(case_permits.c.account_id == account_id)
    seal = rows.sealing
    told = case_events.c.step.not_in(STEPS_OF_THE_ARCHIVE)
    queries: tuple[tuple[Table, Select[Any], Extra], ...] = (
        (cases, select(cases).where(cases.c.account_id == account_id), lambda row: _application(row, seal)),
        (case_lines, select(case_lines).where(case_lines.c.case_id.in_(own)), _nothing),
        (case_events, select(case_events).where(case_events.c.case_id.in_(own), told), lambda row: _words(row, seal)),
        (case_files, select(case_files).where(case_files.c.case_id.in_(own)), lambda row: _name(row, seal)),
        (case_permits, select(case_permits).where(case_permits.c.account_id == account_id), _nothing),
        (permit_pages, select(permit_pages).where(permit_pages.c.permit.in_(codes)), _nothing),
        (notices, select(notices).where(notices.c.account_id == account_id), lambda row: _values(row, seal)),
    )
    for table, query, extra in queries:
        found = rows.connection.execute(query.order_by(*table.primary_key.columns))
        yield table.name, [(row, extra(row)) for row in found]


def empty_cases(connection: Connection, account_id: str, *, seal: Sealing) -> None:
    """Leave of each request what the archive did, when, and by which law; of a draft nothing.

    What was attached is no longer known; its sealed content goes when attachments are swept.
    """
    drafts = select(cases.c.id).where(cases.c.account_id == account_id, cases.c.state == "draft")
    own = select(cases.c.id).where(cases.c.account_id == account_id)
    codes = select(case_permits.c.code).where(case_permits.c.account_id == account_id)
    connection.execute(delete(permit_pages).where(permit_pages.c.permit.in_(codes)))
    connection.execute(delete(notices).where(notices.c.account_id == account_id))
    for table in (case_notes, case_files):
        connection.execute(delete(table).where(table.c.case_id.in_(own)))
    connection.execute(delete(case_lines).where(case_lines.c.case_id.in_(drafts)))
    connection.execute(delete(cases).where(cases.c.account_id == account_id, cases.c.state == "draft"))
    connection.execute(update(case_events).where(case_events.c.case_id.in_(own)).values(sealed=None))
    emptied = {"sealed": seal.seal("{}"), "lookup_digest": None}
    connection.execute(update(cases).where(cases.c.account_id == account_id).values(emptied))
    _silence_rulings(connection, own)


def _silence_rulings(connection: Connection, own: Select[Any]) -> None:
    """Take out of proposals and decisions what was said to the reader by them."""
    lines = case_lines.c
    for row in connection.execute(select(case_lines).where(lines.case_id.in_(own))).all():
        which = (lines.case_id == row.case_id) & (lines.number == row.number)
        rulings = {"proposal": _silent(row.proposal), "decision": _silent(row.decision)}
        connection.execute(update(case_lines).where(which).values(rulings))


def _silent(ruling: str | None) -> str | None:
    return json.dumps(json.loads(ruling) | {"words": ""}) if ruling else None


def _nothing(_row: Row[Any]) -> dict[str, Any]:
    return {}


def _application(row: Row[Any], seal: Sealing) -> dict[str, Any]:
    return {"application": json.loads(seal.open(row.sealed))}


def _words(row: Row[Any], seal: Sealing) -> dict[str, Any]:
    kept = row.sealed and row.step not in WORDS_OF_THE_ARCHIVE
    return {"words": seal.open(row.sealed) if kept else ""}


def _name(row: Row[Any], seal: Sealing) -> dict[str, Any]:
    return {"name": seal.open(row.sealed_name)}


def _values(row: Row[Any], seal: Sealing) -> dict[str, Any]:
    return {"values": json.loads(seal.open(row.sealed))}
