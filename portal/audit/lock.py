"""Locks on files: between threads, between processes, and never waited for without end."""

import errno
import fcntl
import os
import time
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

PATIENCE = 2.0
"""Seconds to wait for the lock; who holds it needs some hundredths of a millisecond."""

_FIRST_PAUSE, _LONGEST_PAUSE = 0.0001, 0.002  # seconds


@contextmanager
def locked(file: Path) -> Iterator[None]:
    """Hold the lock of that file alone; it is made if need be. OSError; TimeoutError when nobody gives the lock up.

    Each call opens the file anew, which makes the lock hold between the threads of a process and across a fork too.
    """
    with _holding(os.open(file, os.O_RDWR | os.O_APPEND | os.O_CREAT, 0o600), fcntl.LOCK_EX):
        yield


@contextmanager
def standing_still(file: Path) -> Iterator[None]:
    """Hold it with others who only look on. Where there is no such file nobody writes: it is a copy."""
    try:
        handle = os.open(file, os.O_RDONLY)
    except FileNotFoundError:
        yield
        return
    with _holding(handle, fcntl.LOCK_SH):
        yield


@contextmanager
def _holding(handle: int, kind: int) -> Iterator[None]:
    try:
        _take(handle, kind)
        yield
    finally:
        os.close(handle)


def _take(handle: int, kind: int) -> None:
    """Asked for again and again, because a wait inside the kernel cannot be given up."""
    pause, until = _FIRST_PAUSE, time.monotonic() + PATIENCE
    while not _free(handle, kind):
        if time.monotonic() > until:
            raise TimeoutError(errno.ETIMEDOUT, "the access log stayed locked")
        time.sleep(pause)
        pause = min(2 * pause, _LONGEST_PAUSE)


def _free(handle: int, kind: int) -> bool:
    try:
        fcntl.flock(handle, kind | fcntl.LOCK_NB)
    except BlockingIOError:
        return False
    return True
