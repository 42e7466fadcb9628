"""When a notice that was not handed over is tried again."""

from collections.abc import Callable
from datetime import datetime, timedelta
from random import SystemRandom

DELAYS = (
    timedelta(minutes=1),
    timedelta(minutes=5),
    timedelta(minutes=30),
    timedelta(hours=2),
    timedelta(hours=12),
)
"""After the first failure, the second, and so on; after one more nobody tries again by itself."""

JITTER = 0.2
"""Each delay is longer or shorter by up to this part: what failed together does not come back together."""

Chance = Callable[[], float]
"""A number from 0 up to 1."""

at_random: Chance = SystemRandom().random


def next_try(tries: int, *, now: datetime, chance: Chance = at_random) -> datetime | None:
    """When to try again after so many failures, counted from 1; None for no more."""
    if tries > len(DELAYS):
        return None
    return now + DELAYS[tries - 1] * (1 + JITTER * (2 * chance() - 1))


def meanwhile(*, now: datetime, chance: Chance = at_random) -> datetime:
    """When to look again at a notice whose way is closed, which is no fault of its own."""
    return now + DELAYS[0] * (1 + JITTER * (2 * chance() - 1))
