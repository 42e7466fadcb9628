"""When two codes are the same one, and the index by which a database finds the rows of a code."""

from collections.abc import Sequence
from typing import Any

from sqlalchemy import ColumnElement, FromClause, Index, Table, func


def plain(part: ColumnElement[Any]) -> ColumnElement[Any]:
    """A text without its margins, in lower case: neither makes another code."""
    return func.lower(func.trim(part))


def plain_code(table: FromClause, code: Sequence[str]) -> list[ColumnElement[Any]]:
    """What the rows of one code have in common; `code` names the columns."""
    columns = (table.c[name] for name in code)
    return [plain(column) if column.type.python_type is str else column for column in columns]


def index_of_code(table: Table, code: Sequence[str]) -> Index:
    """The index of a table by which rows of one code find each other."""
    return Index(f"ix_{table.name.lower()}_plain_code", *plain_code(table, code))
