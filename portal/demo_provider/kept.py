"""Things that are kept in memory for a while: codes, tokens, nonces."""

from datetime import datetime, timedelta
from threading import Lock
from typing import Generic, TypeVar

from portal.clock import Now

Thing = TypeVar("Thing")


class Kept(Generic[Thing]):
    """Each thing under its name, for `seconds` from the moment it was put here. Safe between threads."""

    def __init__(self, *, seconds: int, now: Now) -> None:
        self._lifetime, self._now = timedelta(seconds=seconds), now
        self._things: dict[str, tuple[datetime, Thing]] = {}
        self._lock = Lock()

    def put(self, name: str, thing: Thing) -> None:
        """Keep it; what is over goes out at the same time, so that nothing piles up."""
        now = self._now()
        with self._lock:
            self._things = {each: kept for each, kept in self._things.items() if kept[0] > now}
            self._things[name] = (now + self._lifetime, thing)

    def get(self, name: str) -> Thing | None:
        """The thing, which stays; None when there is none or its time is over."""
        with self._lock:
            return self._alive(self._things.get(name))

    def take(self, name: str) -> Thing | None:
        """The thing, and nobody gets it a second time."""
        with self._lock:
            return self._alive(self._things.pop(name, None))

    def all(self) -> list[Thing]:
        """Everything whose time is not over, oldest first."""
        with self._lock:
            alive = map(self._alive, self._things.values())
            return [thing for thing in alive if thing is not None]

    def _alive(self, kept: tuple[datetime, Thing] | None) -> Thing | None:
        return kept[1] if kept and kept[0] > self._now() else None
