"""Taking one step with a case: the table, the turn and the rights are checked, and all of it happens or nothing."""

from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass, field
from datetime import date, datetime
from functools import cached_property
from typing import Any

from portal.clock import archive_day
from portal.requests.case import Application, Bar, Case, NoSuchCase, NotAllowed, Overtaken
from portal.requests.provisions.kept import InForce, in_force
from portal.requests.rows import CaseRows
from portal.requests.states import Actor, State, Step, Transition, transition
from portal.requests.working_days import WorkingDays
from portal.store.database import Database
from portal.store.outbox import Notice, enqueue
from portal.store.sealing import Sealing


@dataclass(frozen=True)
class By:
    """Who takes a step: as whom (staff may be several) and under which id. `login` names staff where others read it."""

    actors: frozenset[Actor]
    id: str
    login: str = ""


@dataclass
class Taking:
    """One step on its way. What is gathered here is written when the step ends without an error."""

    rows: CaseRows
    case: Case
    by: By
    now: datetime
    target: State
    actor: Actor
    words: str = ""
    application: Application | None = None
    changes: dict[str, Any] = field(default_factory=dict)
    told: list[Notice] = field(default_factory=list)

    @property
    def today(self) -> date:
        """The day at the archive."""
        return archive_day(self.now)

    @cached_property
    def provisions(self) -> InForce:
        """The law of that day."""
        return in_force(self.rows.connection, self.today)

    def change(self, **values: object) -> None:
        """Columns of the case, written with the step."""
        self.changes |= values

    def tell(self, template: str, *, about: str = "", **values: str) -> None:
        """A message to the reader. `about` tells apart what may happen more than once."""
        event = f"case {self.case.id} {template} {about or self.case.turn + 1}"
        code = self.changes.get("code", self.case.code)
        named = {"code": str(code), "case_id": self.case.id} | values
        self.told.append(Notice(event, self.case.account_id, template, named))

    def start_clock(self, *, days_left: int | None = None) -> None:
        """Count working days from now; with `days_left` only what remained when the clock was stopped. What was late by
        then is as late afterwards.
        """
        calendar = self.provisions.calendar.working_days()
        arrived = calendar.day_of_arrival(self.now)
        if days_left is None:
            self.change(counted_from=arrived, days=self._days(), due_on=calendar.after(arrived, self._days()))
        else:
            self.change(due_on=calendar.after(arrived, days_left), days_left=None, answer_by=None)

    def stop_clock(self) -> None:
        """What remains stays for later; the reader has time until `answer_by`."""
        calendar = self.provisions.calendar.working_days()
        answer_by = calendar.after(self.today, self.provisions.deadlines.patience_days)
        self.change(due_on=None, days_left=self._days_left(calendar), answer_by=answer_by)

    def end_clock(self) -> None:
        """The archive has answered, or there is nothing left to answer."""
        self.change(days_left=None, answer_by=None)

    def _days_left(self, calendar: WorkingDays) -> int | None:
        """Working days that remain, counted from the day as which this moment counts, as when the clock goes on again;
        an evening on the due day itself is not late.
        """
        due_on, arrived = self.case.due_on, calendar.day_of_arrival(self.now)
        if due_on is None:
            return None
        return 0 if self.today <= due_on < arrived else calendar.between(arrived, due_on)

    def _days(self) -> int:
        """The longest deadline of the records binds the case."""
        deadlines = self.provisions.deadlines
        return max(deadlines.days_for(line.kind, line.item) for line in self.case.lines)


@contextmanager
def taking(
    database: Database, seal: Sealing, step: Step, case_id: str, *, by: By, turn: int | None, now: datetime
) -> Iterator[Taking]:
    """Take a step in one transaction. `turn` is the one its actor saw; None for what holds whatever happened before.

    Raises NoSuchCase, Overtaken, NotAllowed, and StoreUnavailable; what the caller raises inside undoes the step.
    """
    with database.writing() as connection:
        rows = CaseRows(connection, seal)
        case = _seen(rows.by_id(case_id, to_change=True), by, turn)
        row = _allowed(case, step, by)
        taken = Taking(rows, case, by, now, row.target or case.state, _as_whom(row, by))
        yield taken
        values = taken.changes | {"state": taken.target.value, "turn": case.turn + 1, "changed_at": now}
        rows.change(case.id, application=taken.application, **values)
        rows.note(case.id, step, taken.target, actor=taken.actor, actor_id=by.id, words=taken.words, now=now)
        enqueue(connection, *taken.told, seal=seal, now=now)


def _seen(case: Case | None, by: By, turn: int | None) -> Case:
    """The case, as its actor saw it. A reader has no case but the own ones."""
    if case is None or (by.actors == {Actor.READER} and case.account_id != by.id):
        raise NoSuchCase
    if turn is not None and turn != case.turn:
        raise Overtaken
    return case


def _allowed(case: Case, step: Step, by: By) -> Transition:
    row = transition(step, case.state, by.actors)
    if row is None:
        raise NotAllowed(Bar.NOT_IN_TABLE)
    return row


def _as_whom(row: Transition, by: By) -> Actor:
    """The humblest of the actor's roles that the table lets do it."""
    return next(actor for actor in row.actors if actor in by.actors)
