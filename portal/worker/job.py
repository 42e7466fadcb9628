"""One thing that the worker does."""

from collections.abc import Callable
from dataclasses import dataclass
from datetime import timedelta

Going = Callable[[], bool]
"""Whether to go on to the next piece: false once the worker is to end, or may no longer do this job."""


@dataclass(frozen=True)
class Job:
    """`run` does all there is to do, a piece at a time, asks before each whether to go on, and says how many pieces it
    did. It may raise; what is done by then stays done. `every` is the least time between two runs; zero: each round.
    """

    name: str
    run: Callable[[Going], int]
    every: timedelta = timedelta()
