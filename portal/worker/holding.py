"""Holding the lease of a job while it is done: renewed by a thread, so that a slow piece does not lose it."""

import threading
from collections.abc import Iterator
from contextlib import contextmanager, suppress
from datetime import datetime

from portal.clock import Now
from portal.store.database import StoreUnavailable
from portal.store.leases import Leases


class Hold:
    """A lease that is held. A process that stood still for too long finds out by itself that it holds it no more."""

    def __init__(self, leases: Leases, job: str, until: datetime, *, now: Now) -> None:
        self._leases, self._job, self._until, self._now = leases, job, until, now
        self._ended = threading.Event()

    def kept(self) -> bool:
        """Whether nobody else may have the job now."""
        return self._now() < self._until

    def renew_until_ended(self) -> None:
        """Runs in a thread of its own. A store that is away is asked again until the lease has run out."""
        while not self._ended.wait(self._leases.lasting.total_seconds() / 4) and self.kept():
            with suppress(StoreUnavailable):
                until = self._leases.take(self._job, now=self._now())
                if until is None:
                    return
                self._until = until

    def end(self) -> None:
        """Renew no more."""
        self._ended.set()


@contextmanager
def holding(leases: Leases, job: str, *, now: Now) -> Iterator[Hold | None]:
    """The lease of a job, None when another worker has it. Raises StoreUnavailable."""
    until = leases.take(job, now=now())
    if until is None:
        yield None
        return
    hold = Hold(leases, job, until, now=now)
    renewing = threading.Thread(target=hold.renew_until_ended, name=f"lease {job}", daemon=True)
    renewing.start()
    try:
        yield hold
    finally:
        hold.end()
        renewing.join()
        with suppress(StoreUnavailable):  # then it runs out by itself
            leases.release(job, now=now())
