"""Following: round after round, one follower at a time, through whatever is away for a while, until it is to end."""

from collections.abc import Callable
from dataclasses import dataclass
from random import Random
from threading import Event
from time import monotonic

from indexer.keeping.locks import LockLost, Locks, Purpose, holding
from indexer.keeping.patience import AWAY, Patience

QUEUE_SECONDS = 0.5
"""How often somebody who waits for a lock looks whether it is free."""

PAUSE_FOR_WORK, LONGEST_PAUSE = 9.0, 900.0
"""After a round that found nothing: so many times as long as it took to find that out, and seconds at most. Where
looking for changes means reading the whole archive database, a tenth of the time is enough for it.
"""


class Ended(Exception):
    """The follower was asked to end while it waited for a lock."""


@dataclass
class Follower:
    """One process that follows. `round_` is one round of catching up, and says whether there was something to do;
    `interval` is the seconds between the beginnings of two of them. `clock` counts seconds.
    """

    round_: Callable[[], bool]
    locks: Locks
    interval: float
    say: Callable[[str], None]
    ending: Event
    chance: Random
    clock: Callable[[], float] = monotonic

    def run(self) -> None:
        """Until it is asked to end. Raises whatever a round raises that does not come back by itself."""
        patience = Patience(self.chance)
        while not self.ending.is_set():
            try:
                with holding(self.locks, Purpose.FOLLOWING, _Queue(self)):
                    self.say("this process follows now")
                    self._follow(patience)
            except Ended:
                return
            except LockLost as error:
                self.say(f"stopped writing, and stands in line again: {error}")
            except AWAY as error:
                self._wait(patience, error)

    def _follow(self, patience: Patience) -> None:
        while not self.ending.is_set():
            began = self.clock()
            try:
                self.locks.check()
                busy = self.round_()
            except AWAY as error:
                self._wait(patience, error)
                continue
            if patience.tried:
                self.say("everything answers again")
                patience.over()
            self.ending.wait(self._pause(self.clock() - began, busy=busy))

    def _pause(self, took: float, *, busy: bool) -> float:
        """While there is something to do, the time of a round is part of the interval; but whoever else waits for a
        lock looks at least once before the next one.
        """
        if busy:
            return max(min(self.interval, QUEUE_SECONDS), self.interval - took)
        return max(self.interval, min(LONGEST_PAUSE, PAUSE_FOR_WORK * took))

    def _wait(self, patience: Patience, error: Exception) -> None:
        if not patience.tried:
            self.say(f"waiting: {error}")
        self.ending.wait(patience.wait())


class _Queue:
    """Waiting for the lock, said once."""

    def __init__(self, follower: Follower) -> None:
        self._follower, self._said = follower, False

    def __call__(self) -> None:
        if not self._said:
            holder = self._follower.locks.holder(Purpose.FOLLOWING)
            self._follower.say(f"waiting: {holder or 'another process'} follows; this one takes over when it ends")
            self._said = True
        if self._follower.ending.wait(QUEUE_SECONDS):
            raise Ended
