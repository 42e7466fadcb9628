"""The queue of records whose time may have come. Deciding one opens nothing by itself: a list or a mode must change."""

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date, datetime

from sqlalchemy import Connection, insert, select, update

from access_policy.register.changes import given_reason, person
from access_policy.register.errors import UnknownProposal
from access_policy.register.tables import opening_proposals as table

WAITING, ACCEPTED, REJECTED = "waiting", "accepted", "rejected"


@dataclass(frozen=True)
class Proposal:
    """A record that somebody should look at, the rule that says so, and what was decided."""

    id: int
    record_id: str
    rule: str
    proposed_on: date
    state: str
    decided_by: str | None
    decided_at: datetime | None
    reason: str | None


def propose(connection: Connection, ripe: Iterable[tuple[str, str]], *, today: date) -> int:
    """Queue (record id, rule name) pairs, each pair once for ever; how many were new."""
    known = {(row.record_id, row.rule) for row in connection.execute(select(table.c.record_id, table.c.rule))}
    new = [
        {"record_id": record_id, "rule": rule, "proposed_on": today, "state": WAITING}
        for record_id, rule in dict.fromkeys(ripe)
        if (record_id, rule) not in known
    ]
    if new:
        connection.execute(insert(table), new)
    return len(new)


def proposals(connection: Connection, state: str | None) -> list[Proposal]:
    """Proposals in a state, or all, oldest first."""
    query = select(table).order_by(table.c.proposed_on, table.c.id)
    chosen = query if state is None else query.where(table.c.state == state)
    return [Proposal(**row._mapping) for row in connection.execute(chosen)]


def decide_proposal(
    connection: Connection, proposal_id: int, *, accept: bool, reason: str, author: str, now: datetime
) -> None:
    """Note what staff decided. Raises UnknownProposal for one that is not waiting, ImpossibleEntry."""
    waiting = (table.c.id == proposal_id) & (table.c.state == WAITING)
    state = ACCEPTED if accept else REJECTED
    values = {"state": state, "decided_by": person(author), "decided_at": now, "reason": given_reason(reason)}
    if not connection.execute(update(table).where(waiting).values(values)).rowcount:
        raise UnknownProposal(f"there is no proposal {proposal_id} that waits for a decision")
