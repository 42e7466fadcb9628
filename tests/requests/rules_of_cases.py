"""The rules of cases said a second time, as plainly as can be, to be held against what the program does."""

from dataclasses import dataclass, field
from datetime import date, datetime, timedelta

from portal.requests.states import Actor, State, Step
from portal.requests.taking import By
from portal.requests.terms import ItemClass

A, H, R, S = Actor.ARCHIVIST, Actor.HEAD, Actor.READER, Actor.SYSTEM
UNDECIDED = {
    *(State.SUBMITTED, State.RECEIVED, State.IN_PROGRESS, State.PROPOSED, State.AT_AUTHORITY),
    *(State.AWAITING_SUPPLEMENT, State.AWAITING_PAYMENT),
}
AFTER_A_DECISION = {
    *(State.DECIDED, State.CLOSED, State.IN_PROGRESS, State.PROPOSED, State.AT_AUTHORITY),
    *(State.AWAITING_SUPPLEMENT, State.AWAITING_PAYMENT, State.WITHDRAWN, State.STOPPED),
}
WAITING = {State.AWAITING_SUPPLEMENT, State.AWAITING_PAYMENT}
WORKED_ON = {State.RECEIVED, State.IN_PROGRESS}

RULES: dict[Step, tuple[set[State], State | None, set[Actor]]] = {
    Step.SUBMIT: ({State.DRAFT}, State.SUBMITTED, {R}),
    Step.RECEIVE: ({State.SUBMITTED}, State.RECEIVED, {A, H}),
    Step.REFUSE_RECEIPT: ({State.SUBMITTED}, State.RECEIPT_REFUSED, {A, H}),
    Step.ASSIGN: (WORKED_ON, State.IN_PROGRESS, {A, H}),
    Step.ASK_SUPPLEMENT: (WORKED_ON, State.AWAITING_SUPPLEMENT, {A, H}),
    Step.SUPPLY: ({State.AWAITING_SUPPLEMENT}, State.IN_PROGRESS, {R}),
    Step.ASK_PAYMENT: ({State.IN_PROGRESS}, State.AWAITING_PAYMENT, {A, H}),
    Step.NOTE_PAYMENT: ({State.AWAITING_PAYMENT}, State.IN_PROGRESS, {A, H}),
    Step.PROPOSE: ({State.IN_PROGRESS}, State.PROPOSED, {A, H}),
    Step.RETURN_PROPOSAL: ({State.PROPOSED}, State.IN_PROGRESS, {H}),
    Step.SEND_TO_AUTHORITY: ({State.PROPOSED}, State.AT_AUTHORITY, {H}),
    Step.DECIDE: ({State.IN_PROGRESS, State.PROPOSED, State.AT_AUTHORITY}, State.DECIDED, {A, H}),
    Step.REPLY: ({*UNDECIDED, State.DECIDED, State.CLOSED}, None, {A, H}),
    Step.REVOKE: (AFTER_A_DECISION, None, {H}),
    Step.WITHDRAW: (UNDECIDED, State.WITHDRAWN, {R}),
    Step.STOP: (WAITING, State.STOPPED, {A, H, S}),
    Step.CLOSE: ({State.DECIDED}, State.CLOSED, {A, H, S}),
    Step.REOPEN: ({State.RECEIPT_REFUSED, State.STOPPED, State.CLOSED}, State.IN_PROGRESS, {H}),
    Step.RATE: ({State.CLOSED}, None, {R}),
}

DAYS_OFF = {
    *(date(2026, 1, 1), *(date(2026, 2, each) for each in range(16, 21))),
    *(date(2026, 4, 27), date(2026, 4, 30), date(2026, 5, 1)),
    *(date(2026, 8, 31), date(2026, 9, 1), date(2026, 9, 2), date(2026, 11, 24)),
    *(date(2027, 1, 1), *(date(2027, 2, each) for each in range(4, 11))),
    *(date(2027, 4, 16), date(2027, 4, 30), date(2027, 5, 3), date(2027, 9, 2), date(2027, 9, 3), date(2027, 11, 24)),
}
"""Weekdays on which the archive is closed; 22/8/2026 is a Saturday on which it is open."""


def open_on(day: date) -> bool:
    """Whether the archive works."""
    return day == date(2026, 8, 22) or (day.weekday() < 5 and day not in DAYS_OFF)


def arrival(now: datetime) -> date:
    """The day as which a moment counts: seven hours ahead of UTC, and tomorrow from five in the afternoon."""
    there = now + timedelta(hours=7)
    day = there.date() + timedelta(days=1 if there.hour >= 17 else 0)
    while not open_on(day):
        day += timedelta(days=1)
    return day


def today_of(now: datetime) -> date:
    """The day in Viet Nam."""
    return (now + timedelta(hours=7)).date()


def later(day: date, count: int) -> date:
    """So many working days on, or back."""
    step = timedelta(days=1 if count > 0 else -1)
    while count:
        day += step
        count -= step.days if open_on(day) else 0
    return day


def until(first: date, last: date) -> int:
    """Working days after the one up to the other; negative backwards."""
    if last < first:
        return -until(last, first)
    return sum(open_on(first + timedelta(days=each)) for each in range(1, (last - first).days + 1))


@dataclass
class Expected:
    """What a case should look like by the rules above."""

    account_id: str
    item: ItemClass
    requester: str
    state: State = State.DRAFT
    turn: int = 0
    due_on: date | None = None
    left: int | None = None
    answer_by: date | None = None
    supplements: int = 0
    proposer: str = ""
    rated: bool = False
    standing: bool = False
    ever_granted: bool = False
    deciders: list[By] = field(default_factory=list)
    steps: list[Step] = field(default_factory=list)

    def allows(self, step: Step, by: By, now: datetime) -> bool:
        """Whether this step may be taken now by these people."""
        sources, _target, actors = RULES[step]
        if self.state not in sources or not by.actors & actors:
            return False
        if by.actors == {R} and by.id != self.account_id:
            return False
        return {
            Step.ASK_SUPPLEMENT: not self.supplements,
            Step.STOP: self.answer_by is not None and today_of(now) > self.answer_by,
            Step.RATE: not self.rated,
            Step.REVOKE: self.standing,
            Step.DECIDE: self._may_decide(by),
        }.get(step, True)

    def _may_decide(self, by: By) -> bool:
        if self.item is ItemClass.OPEN:
            return True
        above = self.item is ItemClass.CONDITIONAL and self.requester == "foreigner"
        return (
            H in by.actors
            and bool(self.proposer)
            and self.proposer != by.id
            and (not above or self.state is State.AT_AUTHORITY)
        )

    def took(self, step: Step, by: By, now: datetime, *, granted: bool) -> None:
        """The step was taken."""
        if step in (Step.RECEIVE, Step.REOPEN):
            self.due_on = later(arrival(now), 1 if self.item is ItemClass.OPEN else 7)
        if step in (Step.ASK_SUPPLEMENT, Step.ASK_PAYMENT):
            self._stand_still(now)
        if step in (Step.SUPPLY, Step.NOTE_PAYMENT):
            assert self.left is not None
            self.due_on, self.left, self.answer_by = later(arrival(now), self.left), None, None
        if step in (Step.STOP, Step.WITHDRAW, Step.DECIDE, Step.REFUSE_RECEIPT):
            self.left = self.answer_by = None
        if step is Step.WITHDRAW:
            self.due_on = None
        if step is Step.DECIDE:
            self.deciders.append(by)
            self.standing = granted
            self.ever_granted = self.ever_granted or granted
        if step is Step.REVOKE:
            self.standing = False
        self.supplements = {Step.ASK_SUPPLEMENT: 1, Step.REOPEN: 0}.get(step, self.supplements)
        self.proposer = {Step.PROPOSE: by.id, Step.RETURN_PROPOSAL: "", Step.REOPEN: ""}.get(step, self.proposer)
        self.rated = self.rated or step is Step.RATE
        self.state = RULES[step][1] or self.state
        self.turn += 1
        self.steps.append(step)

    def _stand_still(self, now: datetime) -> None:
        assert self.due_on is not None
        came = arrival(now)
        on_the_day = today_of(now) <= self.due_on < came
        self.left = 0 if on_the_day else until(came, self.due_on)
        self.due_on = None
        patience = today_of(now)
        while not open_on(patience):
            patience += timedelta(days=1)
        self.answer_by = later(patience, 30)
