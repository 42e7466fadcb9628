"""Where each row stands: the way up from a row to its fonds, and which rows above were refused.

Fonds and inventories are kept whole: a provincial archive has hundreds to thousands of them. Of files only the row
numbers of the refused ones are kept, eight bytes each (16 MB if all of two million files were refused), so memory
does not grow with the archive.
"""

from array import array
from bisect import bisect_left
from collections.abc import Iterable
from dataclasses import dataclass

from access_policy.record import Parent, Record
from access_policy.terms import Level
from indexer.sources.fields import RowRefused


@dataclass(frozen=True)
class Ancestry:
    """What a record takes over from above: its parents from the fonds down, its former archive, the fonds' creator.

    `row_version` is the highest version above, because a record repeats its parents' titles and modes.
    """

    parents: tuple[Parent, ...]
    archive_code: str
    archive_name: str
    creator: str
    row_version: int

    @property
    def nearest(self) -> Parent:
        """The immediate parent."""
        return self.parents[-1]

    def below(self, parent: Parent, row_version: int, *, creator: str) -> "Ancestry":
        """The ancestry of whatever stands in this parent, made by this creator or, when it names none, the fonds'."""
        return Ancestry(
            (*self.parents, parent),
            self.archive_code,
            self.archive_name,
            creator or self.creator,
            max(self.row_version, row_version),
        )


class Kinship:
    """What is known of the rows read so far. Rows of each level must be refused in ascending order."""

    def __init__(self) -> None:
        self._ancestries: dict[tuple[Level, int], Ancestry] = {}
        self._refused: dict[Level, array[int]] = {level: array("q") for level in Level}
        self._marked: set[str] = set()

    def admit(self, level: Level, row: int, record: Record) -> None:
        """Keep a fonds or an inventory, for what stands in it."""
        if level in (Level.FONDS, Level.INVENTORY):
            own = Parent(record.id, record.level, record.title, record.reference_code, record.mode)
            self._ancestries[level, row] = Ancestry(
                (*record.parents, own), record.archive_code, record.archive_name, record.creator, record.row_version
            )

    def refuse(self, level: Level, row: int) -> None:
        """Remember that this row was refused, so that whatever stands in it is refused too."""
        self._refused[level].append(row)

    def mark(self, record_id: str) -> None:
        """Remember that a mark of secrecy stands on a page of this record; that is rare."""
        self._marked.add(record_id)

    def is_marked(self, parents: Iterable[Parent]) -> bool:
        """Whether a mark of secrecy stands on a page of one of these."""
        return bool(self._marked) and any(parent.id in self._marked for parent in parents)

    def must_be_admitted(self, level: Level, row: int) -> None:
        """Raises RowRefused when this row was refused."""
        numbers = self._refused[level]
        index = bisect_left(numbers, row)
        if index < len(numbers) and numbers[index] == row:
            raise RowRefused(f"its {level.value} was refused")

    def ancestry_in(self, level: Level, row: int) -> Ancestry:
        """The ancestry of what stands in a fonds or an inventory. Raises RowRefused when that is refused or unknown."""
        self.must_be_admitted(level, row)
        try:
            return self._ancestries[level, row]
        except KeyError:
            raise RowRefused(f"its {level.value} does not exist") from None
