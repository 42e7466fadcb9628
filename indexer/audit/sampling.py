"""A sample that is the same whenever the same seed draws from the same values, in whatever order they come."""

import heapq
from collections.abc import Callable
from hashlib import blake2b
from typing import Generic, TypeVar

T = TypeVar("T")

_REMEMBERED = 1 << 16


class Sample(Generic[T]):
    """The `size` values that a keyed digest of their names puts first; each value once. Memory stays flat."""

    def __init__(self, size: int, seed: str, name: Callable[[T], str] = str) -> None:
        self._size, self._name = size, name
        self._key = blake2b(seed.encode(), digest_size=32).digest()
        self._kept: list[tuple[int, str]] = []  # a heap, the last of the sample first
        self._values: dict[str, T] = {}
        self._seen: set[str] = set()

    def add(self, value: T) -> None:
        """Offer a value."""
        name = self._name(value)
        if name in self._seen:
            return
        if len(self._seen) >= _REMEMBERED:
            self._seen.clear()
        self._seen.add(name)
        if name not in self._values:
            self._offer(-self._place(name), name, value)

    def _offer(self, place: int, name: str, value: T) -> None:
        if len(self._kept) < self._size:
            heapq.heappush(self._kept, (place, name))
        elif not self._kept or place < self._kept[0][0]:
            return
        else:
            _, dropped = heapq.heapreplace(self._kept, (place, name))
            del self._values[dropped]
        self._values[name] = value

    def drawn(self) -> list[T]:
        """The values in the order of their digests."""
        return [self._values[name] for _, name in sorted(self._kept, reverse=True)]

    def _place(self, name: str) -> int:
        return int.from_bytes(blake2b(name.encode(), key=self._key, digest_size=8).digest())
