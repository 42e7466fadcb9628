"""As whom the worker takes steps with cases."""

from collections.abc import Callable, Iterable
from contextlib import suppress

from portal.requests.case import NoSuchCase, NotAllowed, Overtaken
from portal.requests.states import Actor
from portal.requests.taking import By
from portal.worker.job import Going

WORKER = By(frozenset({Actor.SYSTEM}), "system", "system")


def take_each(case_ids: Iterable[str], step: Callable[[str], None], *, going: Going) -> int:
    """Take a step with each case, and leave those alone with which somebody was quicker; with how many it was taken."""
    taken = 0
    for case_id in case_ids:
        if not going():
            break
        with suppress(NoSuchCase, NotAllowed, Overtaken):
            step(case_id)
            taken += 1
    return taken
