"""Taking material out of use at once, and lifting that again."""

from dataclasses import dataclass
from datetime import datetime

from sqlalchemy import Connection, insert, select, update

from access_policy.register.changes import given_reason, person, take_revision
from access_policy.register.errors import UnknownWithdrawal
from access_policy.register.tables import withdrawals as table
from access_policy.register.targets import Pages, given_pages, given_target, pages_kept


@dataclass(frozen=True)
class KeptWithdrawal:
    """A withdrawal in the register; in force until it is lifted."""

    id: int
    target_id: str
    pages: Pages
    reason: str
    author: str
    withdrawn_at: datetime
    lifted_by: str | None
    lifted_at: datetime | None
    lift_reason: str | None


def withdraw(connection: Connection, target_id: str, *, reason: str, author: str, now: datetime, pages: Pages) -> int:
    """Withdraw a target; the number of the withdrawal. Raises ImpossibleEntry."""
    target, author = given_target(target_id), person(author)
    first, last = given_pages(target, *(pages or (None, None))) or (None, None)
    what = target if first is None else f"{target}, pages {first}-{last}"
    row = {
        "target_id": target,
        "first_page": first,
        "last_page": last,
        "reason": given_reason(reason),
        "author": author,
        "withdrawn_at": now,
        "revision": take_revision(connection, "withdraw", what, author=author, now=now),
    }
    return int(connection.execute(insert(table).values(row).returning(table.c.id)).scalar_one())


def lift(connection: Connection, withdrawal_id: int, *, reason: str, author: str, now: datetime) -> int:
    """Lift a withdrawal; the revision. Raises UnknownWithdrawal, ImpossibleEntry."""
    author, reason = person(author), given_reason(reason)
    standing = (table.c.id == withdrawal_id) & table.c.lifted_at.is_(None)
    target = connection.execute(select(table.c.target_id).where(standing)).scalar_one_or_none()
    if target is None:
        raise UnknownWithdrawal(f"there is no withdrawal {withdrawal_id} that could be lifted")
    what = f"withdrawal {withdrawal_id}: {target}"
    revision = take_revision(connection, "lift", what, author=author, now=now)
    values = {"lifted_by": author, "lifted_at": now, "lift_reason": reason, "lift_revision": revision}
    connection.execute(update(table).where(standing).values(values))
    return revision


def withdrawals(connection: Connection) -> list[KeptWithdrawal]:
    """Every withdrawal, lifted ones too, in the order they were made."""
    return [
        KeptWithdrawal(
            row.id,
            row.target_id,
            pages_kept(row.first_page, row.last_page),
            row.reason,
            row.author,
            row.withdrawn_at,
            row.lifted_by,
            row.lifted_at,
            row.lift_reason,
        )
        for row in connection.execute(select(table).order_by(table.c.id))
    ]
