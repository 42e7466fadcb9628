"""How the rows of one table name themselves and what they stand in, and the questions about that in SQL."""

import json
from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field
from typing import Any

from sqlalchemy import ARRAY, BigInteger, ColumnElement, Select, Table, and_, func, literal, select

from access_policy.terms import Level


@dataclass(frozen=True)
class Standing:
    """One table of described things.

    `number`, `version` and `mode` name columns (`mode` is empty where there is none); `code` the columns that make up
    what identifies a row, its own code last. `inside` says for each level above which columns here equal which there.
    """

    table: Table
    number: str
    version: str
    code: tuple[str, ...]
    mode: str = ""
    inside: Mapping[Level, tuple[tuple[str, str], ...]] = field(default_factory=dict)

    @property
    def rows(self) -> ColumnElement[int]:
        """The column with the row numbers."""
        return self.table.c[self.number]

    @property
    def own_code(self) -> ColumnElement[str]:
        """The column with the row's own code."""
        return self.table.c[self.code[-1]]

    def those(self, numbers: Iterable[int], dialect: str) -> Select[Any]:
        """Of these numbers those that have a row."""
        return select(self.rows).where(self.rows.in_(listed(numbers, dialect)))

    def standing_in(self, level: Level, above: "Standing", numbers: Select[Any]) -> Select[Any]:
        """The numbers of the rows here that stand directly in rows above with these numbers."""
        return select(self.rows).join(above.table, self._link(level, above)).where(above.rows.in_(numbers))

    def holding(self, level: Level, above: "Standing", numbers: Select[Any]) -> Select[Any]:
        """The numbers of the rows above, each once, in which rows here with these numbers stand."""
        joined = select(above.rows).join(self.table, self._link(level, above))
        return joined.where(self.rows.in_(numbers)).distinct()

    def _link(self, level: Level, above: "Standing") -> ColumnElement[bool]:
        return and_(*(self.table.c[here] == above.table.c[there] for here, there in self.inside[level]))


def listed(numbers: Iterable[int], dialect: str) -> Select[Any]:
    """These numbers as a query with one parameter, however many they are: databases limit parameters, not lists."""
    ascending = sorted(numbers)
    if dialect == "postgresql":
        return select(func.unnest(literal(ascending, ARRAY(BigInteger))))
    return select(func.json_each(json.dumps(ascending)).table_valued("value").c.value)
