"""Reading some rows with everything that stands in them, described as a walk through the whole archive would.

For that, what stands above them is read too, in the same queries but not yielded. Fonds and inventories are few and
their numbers are kept; files, items and the rest are chosen inside the database.
"""

from collections.abc import Collection, Iterator, Mapping, Sequence
from typing import Any

from sqlalchemy import Connection, Select, union

from access_policy.terms import Level
from indexer.sources.kinship import Kinship
from indexer.sources.port import BadRow, SourceRecord
from indexer.sources.repeated import twins
from indexer.sources.standing import listed
from indexer.sources.streams import Follower, stream
from indexer.sources.walk import Passage, Stage

Asked = Mapping[Level, Collection[int]]
"""Row numbers by level."""

_FEW = (Level.FONDS, Level.INVENTORY)


def asked_rows(stages: Sequence[Stage], row_keys: Collection[str]) -> dict[Level, set[int]]:
    """The row numbers in keys; what is no key of a row of these stages is left out."""
    levels = {stage.table: stage.level for stage in stages}
    asked: dict[Level, set[int]] = {}
    for key in row_keys:
        table, _, number = key.partition(" ")
        if table in levels and number.isdecimal():
            asked.setdefault(levels[table], set()).add(int(number))
    return asked


def with_twins(connection: Connection, stages: Sequence[Stage], asked: Asked) -> dict[Level, set[int]]:
    """The rows that are asked for, and those that have the code of one of them: either may refuse the other."""
    found: dict[Level, set[int]] = {}
    for stage in stages:
        if numbers := asked.get(stage.level):
            same = twins(stage.standing, listed(numbers, connection.dialect.name))
            found[stage.level] = {*numbers, *connection.execute(same).scalars()}
    return found


def read_near(connection: Connection, stages: Sequence[Stage], asked: Asked) -> Iterator[SourceRecord | BadRow]:
    """The rows asked for and everything that stands in them, parents first; numbers without a row are left out."""
    reach = _Reach(connection, stages, asked)
    kinship = Kinship()
    for stage in stages:
        numbers = reach.numbers(stage.level)
        if numbers is None:
            continue
        wanted = reach.members.get(stage.level)
        passage = Passage(connection, stage.near(numbers), kinship)
        if wanted is None:
            for _ in passage.entries():
                pass
        else:
            own = Follower(stream(connection, wanted.order_by(stage.standing.rows)))
            yield from (entry for number, entry in passage.numbered() if own.of(number))


class _Reach:
    """Which rows of each level a narrow reading reads: its members, which are yielded, and those above them."""

    def __init__(self, connection: Connection, stages: Sequence[Stage], asked: Asked) -> None:
        self._connection = connection
        self._dialect = connection.dialect.name
        self._standings = {stage.level: stage.standing for stage in stages}
        self._asked = asked
        self.members: dict[Level, Select[Any]] = {}
        self._above: dict[Level, Select[Any]] = {}
        for level in self._standings:
            self._join(level)
        for level in reversed(self._standings):
            self._go_up(level)

    def numbers(self, level: Level) -> Select[Any] | None:
        """The numbers of the rows to read, or None when nothing of this level is concerned."""
        parts = [part for part in (self.members.get(level), self._above.get(level)) if part is not None]
        return self._any_of(level, parts) if parts else None

    def _join(self, level: Level) -> None:
        """Members are the rows asked for and whatever stands in members of the levels above."""
        standing, parts = self._standings[level], list[Select[Any]]()
        if numbers := self._asked.get(level):
            parts.append(standing.those(numbers, self._dialect))
        parts += [
            standing.standing_in(above, self._standings[above], self.members[above])
            for above in standing.inside
            if above in self.members
        ]
        if parts:
            joined = self._any_of(level, parts)
            self.members[level] = self._kept(level, joined) if level in _FEW else joined

    def _go_up(self, level: Level) -> None:
        """Keep the numbers of what stands directly above the rows of this level."""
        numbers = self._own(level)
        if numbers is None:
            return
        standing = self._standings[level]
        for above in standing.inside:
            holding = self._kept(above, standing.holding(above, self._standings[above], numbers))
            known = self._above.get(above)
            self._above[above] = holding if known is None else self._kept(above, self._any_of(above, [known, holding]))

    def _own(self, level: Level) -> Select[Any] | None:
        """The rows from which the way up is looked for: an item that is not asked for itself stands in a member."""
        if level is Level.ITEM:
            numbers = self._asked.get(level)
            return self._standings[level].those(numbers, self._dialect) if numbers else None
        return self.numbers(level)

    def _any_of(self, level: Level, parts: list[Select[Any]]) -> Select[Any]:
        if len(parts) == 1:
            return parts[0]
        rows = self._standings[level].rows
        return self._standings[level].table.select().with_only_columns(rows).where(rows.in_(union(*parts)))

    def _kept(self, level: Level, numbers: Select[Any]) -> Select[Any]:
        """The same numbers, asked for once."""
        return self._standings[level].those(set(self._connection.execute(numbers).scalars()), self._dialect)
