"""What every part of the writing shares: seed, day, rows, counts, drawings, and the lines of the lists."""

from dataclasses import dataclass, field
from datetime import date

from access_policy.register.entries import ListEntry
from indexer.demo_archive.dice import Dice
from indexer.demo_archive.ledger import Ledger
from indexer.demo_archive.row_writer import RowWriter
from indexer.demo_archive.standing import Restriction
from indexer.demo_archive.studio import Studio

_LONGEST_SCAN = 6


@dataclass
class Worksite:
    """One archive being written. Nothing is drawn unless `draws`.

    `scans` is how many items still get scanned, `due` how many of them should have been by now.
    """

    seed: int
    today: date
    rows: RowWriter
    ledger: Ledger
    studio: Studio
    draws: bool
    scans: int
    stride: int
    due: int = 0
    entries: list[tuple[str, ListEntry]] = field(default_factory=list)
    inventories: dict[tuple[int, int], int] = field(default_factory=dict)

    def dice(self, name: str) -> Dice:
        """The draws of one thing."""
        return Dice(self.seed, name)

    def restrict(self, record_id: str, line: Restriction | None) -> None:
        """Put a record on its list."""
        if line is None:
            return
        first, last = line.pages or (None, None)
        entry = ListEntry(
            target_id=record_id,
            category=line.category,
            reason=line.reason,
            opens_on=line.opens_on(self.today),
            first_page=first,
            last_page=last,
            existence_shown=line.existence_shown,
            description_shown=line.description_shown,
            requestable=line.requestable,
        )
        self.entries.append((line.list_number, entry))

    def takes_scan(self, *, wanted: bool, pages: int) -> bool:
        """True when the item at hand is to be scanned: those that ask for it, and a short one in every `stride`."""
        self.due += self.scans > 0 and self.ledger.records["item"] % self.stride == 0
        if not self.scans or not (wanted or (self.due and pages <= _LONGEST_SCAN)):
            return False
        self.due -= not wanted
        self.scans -= 1
        return True


def with_canary(text: str, canary: str) -> str:
    """The text with a made-up word behind it, where there is one."""
    return f"{text} {canary}".strip() if canary else text
