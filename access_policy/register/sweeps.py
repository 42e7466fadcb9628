"""The nights on which somebody looked after whatever opens: each day once, however often it is asked for."""

from datetime import date, datetime

from sqlalchemy import Connection, func, insert, select, update

from access_policy.register.tables import sweeps as table


def last_sweep(connection: Connection) -> date | None:
    """The newest day whose sweep has finished."""
    return connection.execute(select(func.max(table.c.day)).where(table.c.finished_at.is_not(None))).scalar()


def begin_sweep(connection: Connection, day: date, *, now: datetime) -> None:
    """Note that the sweep of a day has begun; one that was broken off begins again."""
    begun = connection.execute(update(table).where(table.c.day == day).values(started_at=now))
    if not begun.rowcount:
        connection.execute(insert(table).values(day=day, started_at=now))


def finish_sweep(connection: Connection, day: date, *, opened: int, now: datetime) -> None:
    """Note that whatever opens on a day is open."""
    connection.execute(update(table).where(table.c.day == day).values(finished_at=now, opened=opened))
