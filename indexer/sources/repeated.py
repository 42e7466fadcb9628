"""Finding rows whose code an earlier row already has, inside the database, which can sort more than memory holds."""

from typing import Any

from sqlalchemy import ColumnElement, Select, func, literal, or_, select


def repeated_rows(row: ColumnElement[int], *code: ColumnElement[Any], mode: ColumnElement[Any] | None) -> Select[Any]:
    """The numbers of rows that may not stand, ascending: those that are not the first of their code, and every row of
    a code whose rows contradict each other in their access mode. Case and margins make no other code or mode.
    """
    keys = [_plain(part) if part.type.python_type is str else part for part in code]
    nth = func.row_number().over(partition_by=keys, order_by=row)
    written = _plain(func.coalesce(mode, "")) if mode is not None else literal("")
    lowest, highest = (bound(written).over(partition_by=keys) for bound in (func.min, func.max))
    numbered = select(row.label("row"), nth.label("nth"), lowest.label("lowest"), highest.label("highest")).where(
        code[-1].is_not(None)
    )
    found = numbered.subquery()
    return select(found.c.row).where(or_(found.c.nth > 1, found.c.lowest != found.c.highest)).order_by(found.c.row)


def _plain(part: ColumnElement[Any]) -> ColumnElement[Any]:
    return func.lower(func.trim(part))
