"""The states of a case, and the one table of who may take which step in which of them.

`deploy/bin/requests-table` prints the table into `deploy/docs/requests.md`; a test holds them together.
"""

from collections.abc import Mapping
from dataclasses import dataclass
from enum import Enum, IntEnum


class State(Enum):
    """Where a case stands."""

    DRAFT = "draft"
    SUBMITTED = "submitted"
    RECEIPT_REFUSED = "receipt-refused"
    RECEIVED = "received"
    IN_PROGRESS = "in-progress"
    AWAITING_SUPPLEMENT = "awaiting-supplement"
    AWAITING_PAYMENT = "awaiting-payment"
    PROPOSED = "proposed"
    AT_AUTHORITY = "at-authority"
    DECIDED = "decided"
    WITHDRAWN = "withdrawn"
    STOPPED = "stopped"
    CLOSED = "closed"


class Actor(Enum):
    """As whom somebody takes a step. A member of staff may be several; the worker is `SYSTEM`."""

    READER = "reader"
    ARCHIVIST = "archivist"
    HEAD = "head"
    SYSTEM = "system"


class Step(Enum):
    """What can be done with a case."""

    SUBMIT = "submit"
    RECEIVE = "receive"
    REFUSE_RECEIPT = "refuse-receipt"
    ASSIGN = "assign"
    ASK_SUPPLEMENT = "ask-supplement"
    SUPPLY = "supply"
    ASK_PAYMENT = "ask-payment"
    NOTE_PAYMENT = "note-payment"
    PROPOSE = "propose"
    RETURN_PROPOSAL = "return-proposal"
    SEND_TO_AUTHORITY = "send-to-authority"
    DECIDE = "decide"
    REPLY = "reply"
    REVOKE = "revoke"
    WITHDRAW = "withdraw"
    STOP = "stop"
    CLOSE = "close"
    REOPEN = "reopen"
    RATE = "rate"


class ExternalStatus(IntEnum):
    """What the provincial system of public services knows of a case; the numbers are its own."""

    NEW = 1
    RECEIVED = 2
    NOT_RECEIVED = 3
    IN_PROGRESS = 4
    SUPPLEMENT_ASKED = 5
    PAYMENT_ASKED = 6
    WITHDRAWN = 7
    STOPPED = 8
    FINISHED = 9
    RETURNED = 10


@dataclass(frozen=True)
class Transition:
    """A step out of some states into one, or with `target` None back into the same, by some actors."""

    step: Step
    sources: tuple[State, ...]
    target: State | None
    actors: tuple[Actor, ...]


_UNDECIDED = (
    State.SUBMITTED,
    State.RECEIVED,
    State.IN_PROGRESS,
    State.AWAITING_SUPPLEMENT,
    State.AWAITING_PAYMENT,
    State.PROPOSED,
    State.AT_AUTHORITY,
)
_STAFF = (Actor.ARCHIVIST, Actor.HEAD)
_MAY_HOLD_PERMITS = (
    State.IN_PROGRESS,
    State.AWAITING_SUPPLEMENT,
    State.AWAITING_PAYMENT,
    State.PROPOSED,
    State.AT_AUTHORITY,
    State.DECIDED,
    State.WITHDRAWN,
    State.STOPPED,
    State.CLOSED,
)
"""A case that was opened again keeps its permits until it is decided anew, however it ends meanwhile."""

TRANSITIONS: tuple[Transition, ...] = (
    Transition(Step.SUBMIT, (State.DRAFT,), State.SUBMITTED, (Actor.READER,)),
    Transition(Step.RECEIVE, (State.SUBMITTED,), State.RECEIVED, _STAFF),
    Transition(Step.REFUSE_RECEIPT, (State.SUBMITTED,), State.RECEIPT_REFUSED, _STAFF),
    Transition(Step.ASSIGN, (State.RECEIVED, State.IN_PROGRESS), State.IN_PROGRESS, _STAFF),
    Transition(Step.ASK_SUPPLEMENT, (State.RECEIVED, State.IN_PROGRESS), State.AWAITING_SUPPLEMENT, _STAFF),
    Transition(Step.SUPPLY, (State.AWAITING_SUPPLEMENT,), State.IN_PROGRESS, (Actor.READER,)),
    Transition(Step.ASK_PAYMENT, (State.IN_PROGRESS,), State.AWAITING_PAYMENT, _STAFF),
    Transition(Step.NOTE_PAYMENT, (State.AWAITING_PAYMENT,), State.IN_PROGRESS, _STAFF),
    Transition(Step.PROPOSE, (State.IN_PROGRESS,), State.PROPOSED, _STAFF),
    Transition(Step.RETURN_PROPOSAL, (State.PROPOSED,), State.IN_PROGRESS, (Actor.HEAD,)),
    Transition(Step.SEND_TO_AUTHORITY, (State.PROPOSED,), State.AT_AUTHORITY, (Actor.HEAD,)),
    Transition(Step.DECIDE, (State.IN_PROGRESS, State.PROPOSED, State.AT_AUTHORITY), State.DECIDED, _STAFF),
    Transition(Step.REPLY, (*_UNDECIDED, State.DECIDED, State.CLOSED), None, _STAFF),
    Transition(Step.REVOKE, _MAY_HOLD_PERMITS, None, (Actor.HEAD,)),
    Transition(Step.WITHDRAW, _UNDECIDED, State.WITHDRAWN, (Actor.READER,)),
    Transition(
        Step.STOP,
        (State.AWAITING_SUPPLEMENT, State.AWAITING_PAYMENT),
        State.STOPPED,
        (*_STAFF, Actor.SYSTEM),
    ),
    Transition(Step.CLOSE, (State.DECIDED,), State.CLOSED, (*_STAFF, Actor.SYSTEM)),
    Transition(Step.REOPEN, (State.RECEIPT_REFUSED, State.STOPPED, State.CLOSED), State.IN_PROGRESS, (Actor.HEAD,)),
    Transition(Step.RATE, (State.CLOSED,), None, (Actor.READER,)),
)
"""Whatever does not stand here cannot be done."""

EXTERNAL: Mapping[State, ExternalStatus] = {
    State.SUBMITTED: ExternalStatus.NEW,
    State.RECEIVED: ExternalStatus.RECEIVED,
    State.RECEIPT_REFUSED: ExternalStatus.NOT_RECEIVED,
    State.IN_PROGRESS: ExternalStatus.IN_PROGRESS,
    State.PROPOSED: ExternalStatus.IN_PROGRESS,
    State.AT_AUTHORITY: ExternalStatus.IN_PROGRESS,
    State.AWAITING_SUPPLEMENT: ExternalStatus.SUPPLEMENT_ASKED,
    State.AWAITING_PAYMENT: ExternalStatus.PAYMENT_ASKED,
    State.WITHDRAWN: ExternalStatus.WITHDRAWN,
    State.STOPPED: ExternalStatus.STOPPED,
    State.DECIDED: ExternalStatus.FINISHED,
    State.CLOSED: ExternalStatus.RETURNED,
}
"""A draft is nobody's business but its reader's, so it has no external status."""

STANDING_STILL = frozenset({State.AWAITING_SUPPLEMENT, State.AWAITING_PAYMENT})
"""While the archive waits for the reader, the clock of the deadline stands still."""

IN_HAND = frozenset(_UNDECIDED)
"""The archive, or the reader, still has something to do before there is a decision."""


def transition(step: Step, state: State, actors: frozenset[Actor]) -> Transition | None:
    """The row that lets one of these actors take the step now, or None."""
    return next((row for row in TRANSITIONS if _allows(row, step, state, actors)), None)


def steps_of(state: State, actors: frozenset[Actor]) -> tuple[Step, ...]:
    """What these actors may do with a case in this state, in the order of the table."""
    return tuple(row.step for row in TRANSITIONS if _allows(row, row.step, state, actors))


def _allows(row: Transition, step: Step, state: State, actors: frozenset[Actor]) -> bool:
    return row.step is step and state in row.sources and not actors.isdisjoint(row.actors)
