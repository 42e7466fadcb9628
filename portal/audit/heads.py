"""Heads of the log, exported to a file elsewhere: what somebody who rewrites the log cannot rewrite with it.

The exported heads are chained among themselves. A medium that only lets one append is enough: nothing is ever changed,
and a torn line is left where it is; the next head goes on from the last whole one.
"""

from collections.abc import Iterator
from dataclasses import dataclass
from datetime import datetime
from pathlib import Path

from portal.audit.chain import GENESIS, Head, Link, NotALine, chained, read
from portal.audit.ending import ending
from portal.audit.files import add, lines, to_disk
from portal.audit.keys import heads_key
from portal.audit.lock import locked


class HeadsContradict(Exception):
    """The log is not the one whose heads are in the file, or not all of it."""


@dataclass(frozen=True)
class Exported:
    """One line of the file of heads: the entry it names, that entry's hash, and when it was exported (UTC).

    `fault` says in words why it cannot be believed; such a line proves nothing of the log.
    """

    line: int
    sequence: int
    entry: str
    at: datetime | None
    fault: str = ""


def export(head: Head | None, file: Path, *, key: bytes, now: datetime) -> None:
    """Append a head to the file; the file is made if need be, its folder is not: a missing medium is an error.

    An empty log (None) has nothing to export. Raises HeadsContradict when the file knows a later entry, or this one
    with another hash, and OSError.
    """
    if head is None:
        if file.exists() and file.stat().st_size:
            raise HeadsContradict("entries were exported before, but the log is empty")
        return
    facts = {"at": now.isoformat(timespec="microseconds"), "entry": head.hash}
    with locked(file):
        found = ending(file)
        last = _last(found.line, heads_key(key))
        if last is not None:
            _compare(head, last)
        previous = last.hash if last else GENESIS
        line, _ = chained(head.sequence, facts, previous=previous, key=heads_key(key))
        add(file, b"\n" + line if found.whole < found.size else line)
    to_disk(file)


def exported(file: Path, *, key: bytes, size: int) -> Iterator[Exported]:
    """The heads within the first `size` bytes of the file, in order, each checked against the one before it."""
    sealed_with, sequence, previous = heads_key(key), 0, GENESIS
    unreadable = 0
    for number, line in enumerate(lines(file, size=size), start=1):
        try:
            link = read(line, sealed_with)
        except NotALine:
            unreadable = number if line.endswith(b"\n") else 0
            continue
        fault = _fault(link, sequence, previous)
        yield Exported(number, link.sequence, link.facts.get("entry", ""), link.at, fault)
        unreadable, sequence, previous = 0, max(sequence, link.sequence), link.hash
    if unreadable:
        yield Exported(unreadable, sequence, "", None, "it is no head")


def _fault(link: Link, sequence: int, previous: str) -> str:
    if link.broken:
        return link.broken.value
    if link.previous != previous:
        return "the heads before it were changed or removed"
    return "the head before it names a later entry" if link.sequence < sequence else ""


def _last(line: bytes, key: bytes) -> Link | None:
    if not line:
        return None
    try:
        link = read(line, key)
    except NotALine:
        raise HeadsContradict("the last line of the file is no head") from None
    if link.broken:
        raise HeadsContradict(f"the last head cannot be believed: {link.broken.value}")
    return link


def _compare(head: Head, last: Link) -> None:
    if head.sequence < last.sequence:
        raise HeadsContradict(f"entry {last.sequence} was exported before, but the log ends with entry {head.sequence}")
    if head.sequence == last.sequence and head.hash != last.facts.get("entry"):
        raise HeadsContradict(f"entry {head.sequence} was exported before, and it was another one")
