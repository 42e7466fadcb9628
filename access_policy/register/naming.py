"""Which ids the register names at all: for whoever knows only how an id begins."""

from typing import Any

from sqlalchemy import ColumnElement, Connection, Select, collate, exists, select, union

from access_policy.register.tables import list_entries, list_versions, permits, withdrawals

_LAST = "\U0010ffff"


def ids_beginning(connection: Connection, prefix: str, *, offset: int, limit: int) -> list[str]:
    """Ids with this beginning in the order of code points: of lines of lists that bind or have bound or will, of
    withdrawals that nobody lifted, and of permits that nobody revoked.
    """
    lines, heads = list_entries.c, list_versions.c
    # A list of numbers here would lead databases to the lines by their list, all of them.
    activated = exists().where(heads.number == lines.list_number, heads.effective_from.is_not(None))
    binary = "C" if connection.dialect.name == "postgresql" else "BINARY"

    def beginning(column: ColumnElement[str], standing: ColumnElement[bool]) -> Select[Any]:
        """No more of each table than is asked for: a short beginning costs as little as a long one."""
        ordered = collate(column, binary)
        found = select(column.label("id")).where(ordered >= prefix, ordered < prefix + _LAST, standing)
        return select(found.group_by(column).order_by(ordered).limit(offset + limit).subquery())

    named = union(
        beginning(lines.target_id, activated),
        beginning(withdrawals.c.target_id, withdrawals.c.lifted_at.is_(None)),
        beginning(permits.c.record_id, permits.c.revoked_at.is_(None)),
    ).subquery()
    query = select(named.c.id).order_by(collate(named.c.id, binary)).offset(offset).limit(limit)
    return list(connection.execute(query).scalars())
