"""Seeded chance: every draw of the demonstration archive comes from here, so that the same seed gives the same rows."""

import random
from bisect import bisect
from collections.abc import Sequence
from datetime import date
from functools import lru_cache
from itertools import accumulate
from typing import TypeVar

T = TypeVar("T")


@lru_cache(maxsize=256)
def _zipf_steps(size: int) -> tuple[float, ...]:
    steps = tuple(accumulate(1 / rank for rank in range(1, size + 1)))
    return tuple(step / steps[-1] for step in steps)


class Dice:
    """Draws for one thing; `name` keeps the draws of different things apart."""

    def __init__(self, seed: int, name: str) -> None:
        self._random = random.Random(f"{seed}/{name}")  # noqa: S311 - a made-up archive, not a secret
        self.chance_below = self._random.random

    def pick(self, choices: Sequence[T]) -> T:
        """Any of them, all alike."""
        return choices[int(self.chance_below() * len(choices))]

    def zipf(self, choices: Sequence[T]) -> T:
        """One of them, the first most often: the second half as often, the third a third as often."""
        return choices[bisect(_zipf_steps(len(choices)), self.chance_below())]

    def weighted(self, choices: Sequence[tuple[T, float]]) -> T:
        """One of them by its weight; the weights need not sum to one."""
        at = self.chance_below() * sum(weight for _, weight in choices)
        for choice, weight in choices:
            at -= weight
            if at < 0:
                return choice
        return choices[-1][0]

    def shuffled(self, choices: Sequence[T]) -> list[T]:
        """All of them in any order."""
        return self._random.sample(choices, len(choices))

    def chance(self, share: float) -> bool:
        """True in this share of all draws."""
        return self.chance_below() < share

    def between(self, lowest: int, highest: int) -> int:
        """A whole number, both ends included."""
        return lowest + int(self.chance_below() * (highest - lowest + 1))

    def near(self, middle: float, spread: float) -> float:
        """A number around the middle, normally distributed."""
        return self._random.gauss(middle, spread)

    def day(self, first: date, last: date) -> date:
        """A day, both ends included."""
        return date.fromordinal(self.between(first.toordinal(), last.toordinal()))

    def bytes_like_noise(self, size: int) -> bytes:
        """Evenly distributed bytes."""
        return self._random.randbytes(size)
