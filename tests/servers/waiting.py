"""Waiting until a server that was just started answers."""

from __future__ import annotations

import time
from collections.abc import Callable

from tests.servers.leash import Leash


class ServerNotReady(RuntimeError):
    """A server ended, or did not answer in time; the message ends with what it logged."""


def wait_until(answers: Callable[[], bool], *, leash: Leash, what: str, seconds: float = 30) -> None:
    """Returns as soon as `answers()` is true; ServerNotReady when the server ended or the time is over."""
    end = time.monotonic() + seconds
    while leash.running() and time.monotonic() < end:
        if answers():
            return
        time.sleep(0.05)
    outcome = f"did not answer within {seconds:.0f} s" if leash.running() else "ended at once"
    leash.end()
    raise ServerNotReady(f"{what} {outcome}; its log:\n{leash.log()[-4000:]}")
