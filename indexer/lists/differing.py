"""How one list differs from another, line by line."""

from collections.abc import Iterator
from contextlib import closing
from dataclasses import dataclass, replace
from enum import Enum

from access_policy.register.entries import ListEntry
from access_policy.register.store import Register


class Kind(Enum):
    """What became of a line; the value is its mark."""

    ADDED = "+"
    REMOVED = "-"
    CHANGED = "~"


@dataclass(frozen=True)
class Difference:
    """A target with its pages that only one list names, or both with another meaning."""

    kind: Kind
    before: ListEntry | None
    after: ListEntry | None


def differences(register: Register, before: str, after: str) -> Iterator[Difference]:
    """Every difference by target and pages, streamed. Raises UnknownList, RegisterUnavailable."""
    old, new = register.entries(before, by_target=True), register.entries(after, by_target=True)
    with closing(old) as left, closing(new) as right:
        yield from _merged(left, right)


def _merged(left: Iterator[ListEntry], right: Iterator[ListEntry]) -> Iterator[Difference]:
    old, new = next(left, None), next(right, None)
    while old is not None or new is not None:
        if new is None or (old is not None and _place(old) < _place(new)):
            yield Difference(Kind.REMOVED, old, None)
            old = next(left, None)
        elif old is None or _place(new) < _place(old):
            yield Difference(Kind.ADDED, None, new)
            new = next(right, None)
        else:
            if replace(old, line=new.line) != new:
                yield Difference(Kind.CHANGED, old, new)
            old, new = next(left, None), next(right, None)


def _place(entry: ListEntry) -> tuple[str, int, int]:
    first, last = entry.pages or (0, 0)
    return (entry.target_id, first, last)
