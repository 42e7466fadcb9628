"""Finding cases for staff: by what there is to do, by whom, by code; a page at a time, the most urgent first."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, replace
from datetime import date
from enum import Enum
from typing import Any

from sqlalchemy import ColumnElement, Connection, Select, and_, func, or_, select

from portal.requests.case import Case
from portal.requests.rows import CaseRows
from portal.requests.states import IN_HAND, STANDING_STILL, State
from portal.requests.terms import Kind
from portal.store.database import Database
from portal.store.sealing import Sealing
from portal.store.tables import case_lines, cases

PAGE = 50

_C = cases.c


class Pile(Enum):
    """What there is to do with cases."""

    NEW = "new"
    IN_PROGRESS = "in-progress"
    PROPOSED = "proposed"
    WAITING = "waiting"
    OVERDUE = "overdue"
    TO_HAND_OVER = "to-hand-over"
    FINISHED = "finished"


_STATES: Mapping[Pile, frozenset[State]] = {
    Pile.NEW: frozenset({State.SUBMITTED}),
    Pile.IN_PROGRESS: frozenset({State.RECEIVED, State.IN_PROGRESS}),
    Pile.PROPOSED: frozenset({State.PROPOSED, State.AT_AUTHORITY}),
    Pile.WAITING: STANDING_STILL,
    Pile.OVERDUE: IN_HAND - STANDING_STILL,
    Pile.TO_HAND_OVER: frozenset({State.DECIDED}),
    Pile.FINISHED: frozenset({State.CLOSED, State.WITHDRAWN, State.STOPPED, State.RECEIPT_REFUSED}),
}


@dataclass(frozen=True)
class Asked:
    """A question to the queue. `assigned_to` is the id of a member of staff, "nobody", or "" for whoever; `code` the
    beginning of a mã hồ sơ or its end; `part` counts from 1.
    """

    pile: Pile = Pile.NEW
    assigned_to: str = ""
    kind: Kind | None = None
    code: str = ""
    part: int = 1


@dataclass(frozen=True)
class Found:
    """One page of the queue, and whether there is another."""

    cases: Sequence[Case]
    more: bool


class Queue:
    """May raise StoreUnavailable. Nothing here counts cases that are over: there are too many of them."""

    def __init__(self, database: Database, seal: Sealing) -> None:
        self._database, self._seal = database, seal

    def find(self, asked: Asked, *, today: date, most: int = PAGE) -> Found:
        """A page of cases with their records: what is due first, then what came first; finished ones newest first."""
        query = _ordered(select(cases).where(*_wanted(asked, today)), asked.pile)
        with self._database.reading() as connection:
            rows = CaseRows(connection, self._seal)
            found = rows.found(query.offset((asked.part - 1) * most).limit(most + 1))
            return Found(_with_lines(rows, found[:most]), more=len(found) > most)

    def counts(self, *, today: date, assigned_to: str = "") -> Mapping[Pile, int]:
        """How many cases lie on each pile, of one member of staff or of all; finished ones are not counted."""
        with self._database.reading() as connection:
            return {
                pile: _count(connection, Asked(pile, assigned_to), today) for pile in Pile if pile is not Pile.FINISHED
            }

    def earlier(self, case: Case, *, most: int) -> Sequence[Case]:
        """Other cases of the same requester, the newest first."""
        others = and_(_C.account_id == case.account_id, _C.id != case.id, _C.state != State.DRAFT.value)
        with self._database.reading() as connection:
            rows = CaseRows(connection, self._seal)
            return rows.found(select(cases).where(others).order_by(_C.created_at.desc()).limit(most))

    def about(self, record_id: str, *, most: int) -> Sequence[Case]:
        """Cases in which a record is asked for, with their records, the newest first."""
        asking = select(case_lines.c.case_id).where(case_lines.c.record_id == record_id)
        wanted = select(cases).where(_C.id.in_(asking), _C.state != State.DRAFT.value)
        with self._database.reading() as connection:
            rows = CaseRows(connection, self._seal)
            return _with_lines(rows, rows.found(wanted.order_by(_C.submitted_at.desc(), _C.id).limit(most)))


def _with_lines(rows: CaseRows, found: Sequence[Case]) -> Sequence[Case]:
    lines = rows.lines_of([case.id for case in found]) if found else {}
    return [replace(case, lines=lines[case.id]) for case in found]


def _wanted(asked: Asked, today: date) -> list[ColumnElement[bool]]:
    wanted: list[ColumnElement[bool]] = [_C.state.in_(sorted(state.value for state in _STATES[asked.pile]))]
    if asked.pile is Pile.OVERDUE:
        wanted.append(_C.due_on < today)
    if asked.assigned_to:
        nobody = asked.assigned_to == "nobody"
        wanted.append(_C.assigned_to.is_(None) if nobody else _C.assigned_to == asked.assigned_to)
    if asked.kind:
        of_kind = select(case_lines.c.case_id).where(case_lines.c.kind == asked.kind.value)
        wanted.append(_C.id.in_(of_kind.where(case_lines.c.case_id == _C.id)))
    if asked.code:
        wanted.append(
            or_(_C.code.startswith(asked.code, autoescape=True), _C.code.endswith(asked.code, autoescape=True))
        )
    return wanted


def _ordered(query: Select[Any], pile: Pile) -> Select[Any]:
    if pile is Pile.FINISHED:
        return query.order_by(_C.submitted_at.desc(), _C.id)
    return query.order_by(_C.due_on.asc().nulls_last(), _C.submitted_at, _C.id)


def _count(connection: Connection, asked: Asked, today: date) -> int:
    return int(connection.execute(select(func.count()).select_from(cases).where(*_wanted(asked, today))).scalar_one())
