"""Waiting for something that is away: longer each time, never as long as before, never for ever."""

from collections.abc import Callable
from random import Random
from typing import TypeVar

from access_policy.register.errors import RegisterUnavailable
from indexer.index.port import IndexUnavailable
from indexer.sources.port import SourceUnavailable

T = TypeVar("T")

AWAY = (SourceUnavailable, RegisterUnavailable, IndexUnavailable)
"""What comes back by itself."""

FIRST, LONGEST = 1.0, 60.0
"""Seconds of the first wait and of the longest."""


class Patience:
    """How long to wait next. The waits double; a part of each is left to chance, so that not all come back at once."""

    def __init__(self, chance: Random) -> None:
        self._chance, self._failures = chance, 0

    @property
    def tried(self) -> bool:
        """Whether something is away now."""
        return self._failures > 0

    def wait(self) -> float:
        """The seconds until the next attempt."""
        longest = min(LONGEST, FIRST * 2.0**self._failures)
        self._failures = min(self._failures + 1, 16)
        return longest * self._chance.uniform(0.5, 1.0)

    def over(self) -> None:
        """It answered."""
        self._failures = 0


def patiently(
    work: Callable[[], T],
    *,
    attempts: int,
    patience: Patience,
    sleep: Callable[[float], object],
    say: Callable[[str], None],
) -> T:
    """Do something that may fail because something is away, at most so many times; the last failure is raised."""
    for _ in range(attempts - 1):
        try:
            return work()
        except AWAY as error:
            say(f"waiting: {error}")
            sleep(patience.wait())
    return work()
