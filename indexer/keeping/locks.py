"""Who may do what only one process may do at a time. The locks lie where the register lies, so that every machine that
shares the register shares them, and they end with the process that holds them, however it ends.
"""

import os
import socket
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from enum import StrEnum
from typing import Protocol


class Purpose(StrEnum):
    """What only one process may do at a time."""

    FOLLOWING = "following"  # for as long as a follower lives
    REBUILDING = "rebuilding"
    WRITING = "writing"  # preparing and writing one step into the generation in service, or putting one into service


class LockTaken(Exception):
    """Another process does it now."""


class LockLost(Exception):
    """The lock was held and is not any more: another process may be doing it by now."""


class Locks(Protocol):
    """The locks of one process."""

    def take(self, purpose: Purpose) -> bool:
        """Take a lock unless another process has it. Raises RegisterUnavailable, or LockLost as `check` does."""
        ...

    def release(self, purpose: Purpose) -> None:
        """Give a lock back. Never raises."""
        ...

    def check(self) -> None:
        """Raises LockLost when one of the locks that were taken may be another's by now."""
        ...

    def holder(self, purpose: Purpose) -> str:
        """The process that holds a lock, in words; empty when nobody does. Raises RegisterUnavailable."""
        ...


@contextmanager
def holding(locks: Locks, purpose: Purpose, wait: Callable[[], None] | None) -> Iterator[None]:
    """Hold a lock. `wait` is called again and again while another process has it, and may raise; without it that is
    LockTaken at once.
    """
    while not locks.take(purpose):
        if wait is None:
            raise LockTaken(f"another process is {purpose} just now")
        wait()
    try:
        yield
    finally:
        locks.release(purpose)


def this_process() -> str:
    """This process, for people who look for it."""
    return f"{socket.gethostname()}, process {os.getpid()}"
