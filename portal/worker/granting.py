"""Bringing permits into the register that a decision has granted and that are not there yet."""

from portal.clock import Now
from portal.requests.deciding import AT_ONCE, Deciding
from portal.worker.job import Going, Job


def job(deciding: Deciding, *, now: Now) -> Job:
    """In every round: a reader waits for each of them. Raises RegisterUnavailable."""

    def run(going: Going) -> int:
        granted = 0
        while going():
            some = deciding.grant_waiting(now=now())
            granted += some
            if some < AT_ONCE:
                break
        return granted

    return Job("permits", run)
