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
    numbered = select(row.label("row"), nth.label("nth"), lowest.label("lowest"), highest.label("highest"))
    if near is None:
        numbered = numbered.where(*(table.c[name].is_not(None) for name in standing.code))
    else:
        numbered = _having_code_of(numbered, standing, near)
    found = numbered.subquery()
    return select(found.c.row).where(or_(found.c.nth > 1, found.c.lowest != found.c.highest)).order_by(found.c.row)


def twins(standing: Standing, near: Select[Any]) -> Select[Any]:
    """As `repeated_rows` sees it: every row that has the code of one of these rows, each once."""
    return _having_code_of(select(standing.rows), standing, near)


def _having_code_of(query: Select[Any], standing: Standing, near: Select[Any]) -> Select[Any]:
    """Of the rows of a query those that have the code of one of these rows, with these rows themselves.

    Their codes are made first and kept apart. PostgreSQL knows nothing about how often an expression over columns
    repeats and takes such a join for a few rows; left to order it as it likes, it compares every row with every other.
    """
    keys = plain_code(standing.table, standing.code)
    named = [key.label(f"k{place}") for place, key in enumerate(keys)]
    near_codes = select(*named).where(standing.rows.in_(near)).distinct().cte("near_codes")
    kept = near_codes.prefix_with("MATERIALIZED", dialect="postgresql")
    return query.join(kept, and_(*(mine == theirs for mine, theirs in zip(keys, kept.c, strict=True))))
