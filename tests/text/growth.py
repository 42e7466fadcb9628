"""Whether work on a text grows with its length and no faster: measured against itself, not against a clock on the wall."""

import time
from collections.abc import Callable

SHORT, LONG = 25_000, 200_000
_BETWEEN_LINEAR_AND_SQUARE = 22
"""Eight times the text is eight times the work, or sixty-four times when it grows with the square."""


def growth(work: Callable[[str], object], unit: str) -> float:
    """How many times as long `work` takes on 200 kB made of `unit` as on 25 kB of it, in processor time, best of some."""
    short, long = (unit * (size // len(unit)) for size in (SHORT, LONG))
    return _best(work, long, times=2) / _best(work, short, times=4)


def is_linear(work: Callable[[str], object], unit: str) -> bool:
    """Tell whether the work grows as the text does. Measured again when it seems not to: a busy machine only adds."""
    return any(growth(work, unit) < _BETWEEN_LINEAR_AND_SQUARE for _ in range(3))


def _best(work: Callable[[str], object], text: str, *, times: int) -> float:
    spent = []
    for _ in range(times):
        started = time.process_time()
        work(text)
        spent.append(time.process_time() - started)
    return max(min(spent), 1e-4)
