"""Rows that share their code with another one, found inside the database, which can sort more than memory holds."""

from typing import Any

from sqlalchemy import Select, and_, func, literal, or_, select

from indexer.sources.code_index import plain, plain_code
from indexer.sources.standing import Standing


def repeated_rows(standing: Standing, *, near: Select[Any] | None = None) -> Select[Any]:
    """The numbers of rows that may not stand, ascending: those that are not the first of their code, and every row of
    a code whose rows contradict each other in their access mode. Case and margins make no other mode either.

    With `near`, numbers of some rows, only codes of these rows are looked at.
    """
    table, row = standing.table, standing.rows
    keys = plain_code(table, standing.code)
    nth = func.row_number().over(partition_by=keys, order_by=row)
    written = plain(func.coalesce(table.c[standing.mode], "")) if standing.mode else literal("")
    lowest, highest = (bound(written).over(partition_by=keys) for bound in (func.min, func.max))
    numbered = select(row.label("row"), nth.label("nth"), lowest.label("lowest"), highest.label("highest")).where(
        *(table.c[name].is_not(None) for name in standing.code)
    )
    if near is not None:
        numbered = numbered.where(row.in_(_same_code(standing, near)))
    found = numbered.subquery()
    return select(found.c.row).where(or_(found.c.nth > 1, found.c.lowest != found.c.highest)).order_by(found.c.row)


def _same_code(standing: Standing, near: Select[Any]) -> Select[Any]:
    """The numbers of the rows that have the code of one of these rows, with these rows themselves."""
    table, other = standing.table, standing.table.alias()
    pairs = zip(plain_code(table, standing.code), plain_code(other, standing.code), strict=True)
    same = and_(*(mine == theirs for mine, theirs in pairs))
    return select(standing.rows).join(other, same).where(other.c[standing.number].in_(near))


def twins(standing: Standing, near: Select[Any]) -> Select[Any]:
    """As `repeated_rows` sees it: every row that has the code of one of these rows, each once."""
    return _same_code(standing, near).distinct()
