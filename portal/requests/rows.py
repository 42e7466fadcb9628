"""Rows of cases, read and written within a transaction that somebody else began."""

import re
import secrets
from collections.abc import Callable, Iterable, Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime
from typing import Any

from sqlalchemy import Connection, Row, Select, delete, insert, select, update
from sqlalchemy.dialects import postgresql, sqlite

from portal.requests.case import Application, Case, CaseEvent, Line
from portal.requests.ruling import Ruling
from portal.requests.states import Actor, State, Step
from portal.requests.terms import ItemClass, Kind, Medium
from portal.store.sealing import Sealing
from portal.store.tables import case_events, case_files, case_lines, cases

_C, _L = cases.c, case_lines.c

ID_FORM = re.compile(r"[0-9a-f]{32}")
"""Whatever else stands in an address as an id names nothing, and no database has to be asked."""

_INSERTS: Mapping[str, Callable[..., Any]] = {"sqlite": sqlite.insert, "postgresql": postgresql.insert}

_AS_THEY_STAND = (
    "id",
    "account_id",
    "turn",
    "created_at",
    "changed_at",
    "submitted_at",
    "received_at",
    "counted_from",
    "days",
    "due_on",
    "days_left",
    "answer_by",
    "supplements",
    "fee",
    "authority_on",
    "decided_at",
    "closed_at",
    "overdue_at",
    "rating",
)
_EMPTY_FOR_NONE = ("code", "extends", "assigned_to", "proposed_by", "authority_reference", "decided_by")


@dataclass(frozen=True)
class CaseRows:
    """The cases of one transaction. `seal` is the key to what is personal in them."""

    connection: Connection
    seal: Sealing

    def by_id(self, case_id: str, *, to_change: bool = False) -> Case | None:
        """A case with its records; held until the end of the transaction when it is `to_change`. Held, its records are
        those of the turn that stands in it only while nobody changed it meanwhile, so its taker compares the turn.
        """
        if not ID_FORM.fullmatch(case_id):
            return None
        return self._one(_with_lines(_C.id == case_id), to_change=to_change)

    def by_code(self, code: str) -> Case | None:
        """The case with this mã hồ sơ."""
        return self._one(_with_lines(_C.code == code), to_change=False)

    def draft_of(self, account_id: str, *, to_change: bool = False) -> Case | None:
        """The draft of a reader, of which there is one at most; held until the end of the transaction when it is
        `to_change`. It is read after it is held: whoever waited for another tab sees what that has put in.
        """
        whose = (_C.account_id == account_id) & (_C.state == State.DRAFT.value)
        if to_change and self.connection.execute(select(_C.id).where(whose).with_for_update()).first() is None:
            return None
        return self._one(_with_lines(whose), to_change=False)

    def found(self, query: Select[Any]) -> list[Case]:
        """Cases of a query over `cases`, without their records, in its order."""
        return [self._case(row, ()) for row in self.connection.execute(query)]

    def lines_of(self, case_ids: Sequence[str]) -> dict[str, tuple[Line, ...]]:
        """The records of several cases, each in its order."""
        lines: dict[str, tuple[Line, ...]] = dict.fromkeys(case_ids, ())
        query = select(case_lines).where(_L.case_id.in_(case_ids)).order_by(_L.case_id, _L.number)
        for row in self.connection.execute(query):
            lines[row.case_id] += (_line(row),)
        return lines

    def add_draft(self, account_id: str, *, extends: str, now: datetime) -> None:
        """An empty draft, unless another tab has made one a moment ago."""
        row = {
            "id": secrets.token_hex(16),
            "account_id": account_id,
            "state": State.DRAFT.value,
            "turn": 0,
            "sealed": self.seal.seal(Application().to_json()),
            "extends": extends or None,
            "created_at": now,
            "changed_at": now,
            "supplements": 0,
        }
        added = _INSERTS[self.connection.dialect.name](cases).values(row)
        self.connection.execute(added.on_conflict_do_nothing())

    def change(self, case_id: str, *, application: Application | None = None, **values: Any) -> None:
        """Write columns of a case."""
        sealed = {"sealed": self.seal.seal(application.to_json())} if application else {}
        self.connection.execute(update(cases).where(_C.id == case_id).values(**values, **sealed))

    def remove(self, case_id: str) -> None:
        """Forget a draft and what hangs on it."""
        for table in (case_lines, case_files):
            self.connection.execute(delete(table).where(table.c.case_id == case_id))
        self.connection.execute(delete(cases).where(_C.id == case_id))

    def put_lines(self, case_id: str, lines: Iterable[Line]) -> None:
        """These records and no others."""
        self.connection.execute(delete(case_lines).where(_L.case_id == case_id))
        rows = [_line_row(case_id, line) for line in lines]
        if rows:
            self.connection.execute(insert(case_lines), rows)

    def put_items(self, case_id: str, lines: Iterable[Line]) -> None:
        """Write the class of each record."""
        for line in lines:
            which = (_L.case_id == case_id) & (_L.number == line.number)
            self.connection.execute(update(case_lines).where(which).values(item=line.item.value))

    def rule(self, case_id: str, column: str, rulings: Iterable[tuple[int, Ruling | None]]) -> None:
        """Write a proposal or decision on each record."""
        for number, ruling in rulings:
            written = ruling.model_dump_json() if ruling else None
            which = (_L.case_id == case_id) & (_L.number == number)
            self.connection.execute(update(case_lines).where(which).values({column: written}))

    def note(
        self, case_id: str, step: Step, state: State, *, actor: Actor, actor_id: str, words: str, now: datetime
    ) -> None:
        """Write down what was done; `state` is the one it led to."""
        row = {
            "case_id": case_id,
            "at": now,
            "step": step.value,
            "state": state.value,
            "actor": actor.value,
            "actor_id": actor_id,
            "sealed": self.seal.seal(words) if words else None,
        }
        self.connection.execute(insert(case_events).values(row))

    def events(self, case_id: str) -> list[CaseEvent]:
        """What was done with a case, in order."""
        query = select(case_events).where(case_events.c.case_id == case_id).order_by(case_events.c.id)
        return [
            CaseEvent(r.at, r.step, State(r.state), r.actor, r.actor_id, self.seal.open(r.sealed) if r.sealed else "")
            for r in self.connection.execute(query)
        ]

    def _one(self, query: Select[Any], *, to_change: bool) -> Case | None:
        rows = self.connection.execute(query.with_for_update(of=cases) if to_change else query).all()
        if not rows:
            return None
        lines = (_line(row) for row in rows if row.number is not None)
        return self._case(rows[0], tuple(sorted(lines, key=lambda line: line.number)))

    def _case(self, row: Row[Any], lines: tuple[Line, ...]) -> Case:
        kept: dict[str, Any] = dict(row._mapping)
        empty_for_none: dict[str, Any] = {name: kept[name] or "" for name in _EMPTY_FOR_NONE}
        return Case(
            state=State(row.state),
            application=Application.from_json(self.seal.open(row.sealed)),
            lines=lines,
            **{name: kept[name] for name in _AS_THEY_STAND},
            **empty_for_none,
        )


def _with_lines(which: Any) -> Select[Any]:
    """One row for each record of the case, and one with empty columns for a case without any."""
    own = [column for column in case_lines.c if column.name != "case_id"]
    return select(cases, *own).select_from(cases.outerjoin(case_lines, _L.case_id == _C.id)).where(which)


def _line(row: Row[Any]) -> Line:
    return Line(
        number=row.number,
        record_id=row.record_id,
        reference_code=row.reference_code,
        title=row.title,
        kind=Kind(row.kind),
        item=ItemClass(row.item),
        page_count=row.page_count,
        certified=row.certified,
        medium=Medium(row.medium),
        pages=(row.first_page, row.last_page) if row.first_page else None,
        proposal=Ruling.model_validate_json(row.proposal) if row.proposal else None,
        decision=Ruling.model_validate_json(row.decision) if row.decision else None,
    )


def _line_row(case_id: str, line: Line) -> dict[str, Any]:
    first, last = line.pages or (None, None)
    return {
        "case_id": case_id,
        "number": line.number,
        "record_id": line.record_id,
        "reference_code": line.reference_code,
        "title": line.title,
        "kind": line.kind.value,
        "item": line.item.value,
        "page_count": line.page_count,
        "certified": line.certified,
        "medium": line.medium.value,
        "first_page": first,
        "last_page": last,
    }
