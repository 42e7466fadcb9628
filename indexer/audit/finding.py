"""What an audit finds, without a word of what it found it in."""

from collections import Counter, defaultdict
from collections.abc import Iterable
from dataclasses import dataclass, field
from enum import Enum

NAMED = 100
"""Findings of one kind that are named; the others are counted."""


class Side(Enum):
    """Which way the index, or an answer, is off."""

    LEAK = "leak"  # more than may be known
    LATE = "late"  # less than may be known
    PENDING = "pending"  # more than may be known, kept back by the filter until the index has caught up


class Kind(Enum):
    """What is off."""

    MISSING = "missing record"
    MISSING_PAGE = "missing page"
    EXTRA = "record that may not be there"
    EXTRA_PAGE = "page that may not be there"
    STALE = "field that differs"
    TEXT = "page text that differs"
    SHOWN = "shown to others or on other days"
    LINEAGE = "cannot be withheld"
    FACET = "facet value that differs"
    TERM = "word in the dictionary that differs"
    ANSWER = "answer of the index"
    PORTAL = "answer of the portal"
    ROUTE = "route nobody knows how to question"


@dataclass(frozen=True, order=True)
class Finding:
    """One difference: in which field of which record, on which page (0: none). Never the content itself."""

    side: Side = field(compare=False)
    kind: Kind = field(compare=False)
    field: str = ""
    record_id: str = ""
    page: int = 0


class Findings:
    """Findings counted by side and kind, the first of each named."""

    def __init__(self) -> None:
        self.counts: Counter[tuple[Side, Kind]] = Counter()
        self.named: dict[tuple[Side, Kind], list[Finding]] = defaultdict(list)

    def add(self, findings: Iterable[Finding]) -> None:
        """Take some in."""
        for finding in findings:
            self._add(finding)

    def merge(self, other: "Findings") -> None:
        """Take in everything that was found elsewhere."""
        for what, count in other.counts.items():
            self.counts[what] += count
            self.named[what] = [*self.named[what], *other.named[what]][:NAMED]

    def total(self, side: Side) -> int:
        """How many there are on one side."""
        return sum(count for (found, _), count in self.counts.items() if found is side)

    def _add(self, finding: Finding) -> None:
        what = (finding.side, finding.kind)
        self.counts[what] += 1
        if len(self.named[what]) < NAMED:
            self.named[what].append(finding)
