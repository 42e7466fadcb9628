"""Reading a whole log and saying where it is not what was written. Memory stays flat, however long the log is."""

from collections.abc import Iterator
from dataclasses import dataclass, field
from pathlib import Path

from portal.audit.chain import GENESIS, Link, NotALine, read
from portal.audit.ending import ending, torn_pieces
from portal.audit.files import LOCK, lines, log_files
from portal.audit.heads import Exported, exported
from portal.audit.keys import entries_key
from portal.audit.lock import standing_still

MOST_FAULTS = 100
"""Faults told one by one; further ones are counted."""


@dataclass(frozen=True)
class Fault:
    """What is wrong: the number of the first entry concerned, where (file and line), and what, in plain words."""

    sequence: int
    place: str
    what: str


@dataclass(frozen=True)
class Verdict:
    """What was read, and every fault found (told one by one up to MOST_FAULTS). `last` is the newest entry's number.

    Remarks are no faults: a torn line that was set aside, a proof that could not be had.
    """

    files: int
    entries: int
    last: int
    heads: int
    faults: tuple[Fault, ...]
    fault_count: int
    remarks: tuple[str, ...]

    @property
    def sound(self) -> bool:
        """Nothing is wrong."""
        return not self.fault_count

    @property
    def first_bad(self) -> int | None:
        """The lowest number of an entry that something is wrong with."""
        return min((fault.sequence for fault in self.faults), default=None)


@dataclass
class _Findings:
    faults: list[Fault] = field(default_factory=list)
    count: int = 0

    def add(self, sequence: int, place: str, what: str) -> None:
        self.count += 1
        if len(self.faults) < MOST_FAULTS:
            self.faults.append(Fault(sequence, place, what))


def verify(folder: Path, key: bytes, *, heads: Path | None) -> Verdict:
    """Check every entry of the log, and the log against its exported heads.

    Without heads, entries missing at the end cannot be seen. The log may be written to meanwhile: it is judged as it
    stood at the beginning. Raises OSError when the folder or the file of heads cannot be read.
    """
    findings = _Findings()
    anchors = _Anchors(exported(heads, key=key, size=heads.stat().st_size) if heads else iter(()), findings)
    extents, remarks = _extents(folder)
    walk = _Walk(entries_key(key), findings, anchors)
    for path, size in extents.items():
        walk.file(path, size)
    anchors.finish(walk.last)
    remarks += (f"a torn line was set aside: {path.name}" for path in torn_pieces(folder))
    if not walk.entries:
        remarks.append("the log holds no entry")
    if heads is None:
        remarks.append("without a file of heads, entries missing at the end cannot be seen")
    return Verdict(
        len(extents), walk.entries, walk.last, anchors.count, tuple(findings.faults), findings.count, tuple(remarks)
    )


def _extents(folder: Path) -> tuple[dict[Path, int], list[str]]:
    """The files and how far each is to be read, as they stand at one moment, and what is remarkable about the end."""
    with standing_still(folder / LOCK):
        extents = {path: path.stat().st_size for path in log_files(folder)}
        for path in list(extents)[-1:]:
            end = ending(path)
            extents[path] = end.whole
            if end.whole < end.size:
                return extents, [f"{path.name} ends in a torn line; the next entry will set it aside"]
    return extents, []


class _Walk:
    """Goes through the lines of all files as one chain. After a fault it goes on from what it found."""

    def __init__(self, key: bytes, findings: _Findings, anchors: "_Anchors") -> None:
        self._key = key
        self._findings = findings
        self._anchors = anchors
        self._previous: str | None = GENESIS  # None behind a line that could not be read
        self.last = 0
        self.entries = 0

    def file(self, path: Path, size: int) -> None:
        """Check the first `size` bytes of a file."""
        for number, line in enumerate(lines(path, size=size), start=1):
            self.entries += 1
            self._line(line, f"{path.name}:{number}")

    def _line(self, line: bytes, place: str) -> None:
        try:
            link = read(line, self._key)
        except NotALine:
            self._step("it is no entry any more", place, None)
            return
        if link.broken:
            self._step(link.broken.value, place, link.hash)
        else:
            self._follow(link, place)

    def _step(self, what: str, place: str, claimed: str | None) -> None:
        """A line that cannot be believed still takes the place of the entry that should be there."""
        self.last += 1
        self._previous = claimed
        self._findings.add(self.last, place, what)

    def _follow(self, link: Link, place: str) -> None:
        expected = self.last + 1
        if link.sequence < expected:
            self._findings.add(link.sequence, place, "it stands here again, or out of order")
            return
        if link.sequence > expected:
            self._findings.add(expected, place, _missing(expected, link.sequence - 1))
        elif self._previous not in (None, link.previous):
            self._findings.add(expected, place, "it does not follow the entry that stands before it")
        self.last, self._previous = link.sequence, link.hash
        self._anchors.check(link, place)


class _Anchors:
    """The exported heads, taken one after another while the walk goes by."""

    def __init__(self, heads: Iterator[Exported], findings: _Findings) -> None:
        self._heads = heads
        self._findings = findings
        self.count = 0
        self._next = self._believable()

    def check(self, link: Link, place: str) -> None:
        """Compare an entry with every head that names it. Heads of entries passed over belong to faults told before."""
        while self._next and self._next.sequence <= link.sequence:
            if self._next.sequence == link.sequence and self._next.entry != link.hash:
                what = f"it is not the entry exported at {self._next.at:%Y-%m-%d %H:%M} UTC: the log was rewritten"
                self._findings.add(link.sequence, place, what)
            self._next = self._believable()

    def finish(self, last: int) -> None:
        """Look at the heads of entries beyond the last."""
        beyond = self._next
        while self._next:
            beyond, self._next = self._next, self._believable()
        if beyond and beyond.sequence > last:
            what = f"{_missing(last + 1, beyond.sequence)}: the log is shorter than when its head was exported"
            self._findings.add(last + 1, f"heads:{beyond.line}", what)

    def _believable(self) -> Exported | None:
        for head in self._heads:
            self.count += 1
            if not head.fault:
                return head
            self._findings.add(head.sequence, f"heads:{head.line}", f"the exported head: {head.fault}")
        return None


def _missing(first: int, last: int) -> str:
    return f"entries {first} to {last} are missing" if first < last else f"entry {first} is missing"
