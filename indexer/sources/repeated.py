"""Finding rows whose code an earlier row already has, inside the database, which can sort more than memory holds."""

from typing import Any

from sqlalchemy import ColumnElement, Select, func, select


def repeated_rows(row: ColumnElement[int], *code: ColumnElement[Any]) -> Select[Any]:
    """The numbers of rows that are not the first of their code, ascending. Case and margins make no other code."""
    keys = [func.lower(func.trim(part)) if part.type.python_type is str else part for part in code]
    nth = func.row_number().over(partition_by=keys, order_by=row)
    numbered = select(row.label("row"), nth.label("nth")).where(code[-1].is_not(None)).subquery()
    return select(numbered.c.row).where(numbered.c.nth > 1).order_by(numbered.c.row)
