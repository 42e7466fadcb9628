"""Reading the outbox so that nothing is skipped, however late a transaction commits.

Numbers are given out when a row is written, not when its transaction commits. So changes are read in the order of
their transactions, and only those of transactions older than every one that is still running: all of these have
ended, none can add anything, and whatever commits later comes later in the order.
"""

import re
from typing import Any

from sqlalchemy import Connection, Engine, inspect, text

from indexer.sources.outbox.triggers import FORGOTTEN, OUTBOX
from indexer.sources.port import Change, Changes, SourceUnavailable, Waiting
from indexer.sources.streams import answering

_POSITION = re.compile(r"([0-9]{1,20}):([0-9]{1,19})")

_POINT = "(CAST(:xid AS xid8), CAST(:change AS bigint))"
_BEYOND = f"(xid, change_id) > {_POINT}"
_NEXT = text(
    f"SELECT xid::text AS place, change_id, row_key, version FROM {OUTBOX} "  # noqa: S608 - a constant
    f"WHERE {_BEYOND} AND xid < pg_snapshot_xmin(pg_current_snapshot()) ORDER BY xid, change_id LIMIT :limit"
)
"""The number as text has a name of its own: ORDER BY takes the name of a result before that of a column, and as text 10
comes before 9.
"""
_WAITING = text(f"SELECT count(*), min(at) FROM {OUTBOX} WHERE {_BEYOND}")  # noqa: S608 - a constant
_KEPT = text(f"SELECT count(*), min(at) FROM {OUTBOX}")  # noqa: S608 - a constant
_FORGET = text(f"DELETE FROM {OUTBOX} WHERE (xid, change_id) <= {_POINT}")  # noqa: S608 - a constant
_NOTE_FORGOTTEN = text(
    f"UPDATE {FORGOTTEN} SET xid = CAST(:xid AS xid8), change_id = CAST(:change AS bigint) "  # noqa: S608 - a constant
    f"WHERE (xid, change_id) < {_POINT}"
)
_IS_FORGOTTEN = text(f"SELECT (xid, change_id) > {_POINT} FROM {FORGOTTEN}")  # noqa: S608 - a constant
_OLDEST_RUNNING = text("SELECT pg_snapshot_xmin(pg_current_snapshot())::text")
_NEWEST = text("SELECT pg_snapshot_xmax(pg_current_snapshot())::text")


def has_outbox(engine: Engine) -> bool:
    """True when an outbox was installed. Raises SourceUnavailable."""
    with answering(engine):
        return engine.dialect.name == "postgresql" and inspect(engine).has_table(OUTBOX)


class OutboxLog:
    """The changes in an outbox; a `ChangeLog`. A position is "transaction:change", the last one that was seen."""

    def __init__(self, engine: Engine) -> None:
        self._engine = engine

    def position(self) -> str:
        """Before the oldest transaction that is still running: what has ended is seen by whoever reads from now on."""
        with answering(self._engine), self._engine.connect() as connection:
            return f"{connection.execute(_OLDEST_RUNNING).scalar_one()}:0"

    def after(self, position: str, limit: int) -> Changes:
        """See the port. A transaction that runs for long keeps back what others commit meanwhile."""
        with answering(self._engine), self._engine.connect() as connection:
            seen = _reached(connection, position)
            rows = connection.execute(_NEXT, seen | {"limit": limit}).all()
        changes = tuple(Change(row.row_key, row.version) for row in rows)
        return Changes(changes, f"{rows[-1].place}:{rows[-1].change_id}" if rows else position)

    def waiting(self, position: str) -> Waiting:
        """What was committed after a position, whether or not `after` would give it already."""
        with answering(self._engine), self._engine.connect() as connection:
            count, oldest = connection.execute(_WAITING, _reached(connection, position)).one()
        return Waiting(count, oldest)

    def kept(self) -> Waiting:
        """All changes that are still in the outbox, whoever has seen them."""
        with answering(self._engine), self._engine.connect() as connection:
            count, oldest = connection.execute(_KEPT).one()
        return Waiting(count, oldest)

    def forget(self, position: str) -> None:
        """Delete everything up to a position, and note that nobody can go on from before it any more."""
        with answering(self._engine), self._engine.begin() as connection:
            connection.execute(_NOTE_FORGOTTEN, _parsed(position))
            connection.execute(_FORGET, _parsed(position))


def _reached(connection: Connection, position: str) -> dict[str, Any]:
    """The parts of a position from which the outbox can be read. Raises SourceUnavailable for any other."""
    seen = _parsed(position)
    if int(connection.execute(_NEWEST).scalar_one()) < int(seen["xid"]):
        raise SourceUnavailable(
            f"position {position} in the outbox is ahead of the database, which must be another one than before"
        )
    if connection.execute(_IS_FORGOTTEN, seen).scalar_one():
        raise SourceUnavailable(f"the outbox does not reach back to position {position}")
    return seen


def _parsed(position: str) -> dict[str, Any]:
    found = _POSITION.fullmatch(position)
    if found is None:
        raise SourceUnavailable("the position to go on from is none of this outbox")
    return {"xid": found[1], "change": found[2]}
