"""Rounds of the worker: every job whose time has come, one after another, each under its lease."""

import time
import traceback
from collections.abc import Callable, Sequence
from dataclasses import dataclass
from datetime import datetime

from access_policy.register.errors import RegisterError
from portal.clock import Now
from portal.store.database import StoreUnavailable
from portal.store.leases import Leases
from portal.store.sealing import SealBroken
from portal.worker.holding import holding
from portal.worker.job import Job

_SAY_THEMSELVES = (StoreUnavailable, RegisterError, SealBroken)
"""Errors whose words are one line for an operator, and name nobody."""


@dataclass(frozen=True)
class Done:
    """What came of one job: how many pieces, None when another worker has it; and what stopped it, "" for nothing."""

    job: str
    count: int | None
    fault: str = ""

    def __str__(self) -> str:
        if self.fault:
            return f"{self.job}: failed, {self.fault}"
        return f"{self.job}={'elsewhere' if self.count is None else self.count}"


@dataclass(frozen=True)
class Round:
    """One round, as the log tells it."""

    done: Sequence[Done]
    seconds: float

    @property
    def sound(self) -> bool:
        """Whether no job failed."""
        return not any(each.fault for each in self.done)

    def __str__(self) -> str:
        return f"round of {self.seconds:.1f} s: {'; '.join(map(str, self.done))}"


class Rounds:
    """The jobs of one worker. One that fails keeps no other from being done, and is tried again in the next round."""

    def __init__(self, jobs: Sequence[Job], leases: Leases, *, now: Now, ending: Callable[[], bool]) -> None:
        self._jobs, self._leases, self._now, self._ending = jobs, leases, now, ending
        self._last: dict[str, datetime] = {}

    def round(self) -> Round:
        """Do whatever is to be done now."""
        began, done = time.monotonic(), []
        for job in self._jobs:
            if self._ending():
                break
            if self._is_time(job):
                done.append(self._do(job))
        return Round(done, time.monotonic() - began)

    def _is_time(self, job: Job) -> bool:
        last = self._last.get(job.name)
        return last is None or self._now() - last >= job.every

    def _do(self, job: Job) -> Done:
        try:
            with holding(self._leases, job.name, now=self._now) as hold:
                if hold is None:
                    return Done(job.name, None)
                began = self._now()
                count = job.run(lambda: hold.kept() and not self._ending())
                self._last[job.name] = began
                return Done(job.name, count)
        except Exception as error:  # whatever is wrong with one job, the others have to be done
            return Done(job.name, 0, _said(error))


def _said(error: Exception) -> str:
    """What went wrong, and for an error that nobody expected where: its words may repeat what is personal."""
    if isinstance(error, _SAY_THEMSELVES):
        return str(error)
    place = traceback.extract_tb(error.__traceback__)[-1]
    return f"{type(error).__name__} in {place.name}, line {place.lineno}"
