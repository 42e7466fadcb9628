"""Not asking a cluster that is down: readers get their answer at once instead of waiting for a time-out each."""

import threading
import time
from collections.abc import Callable
from typing import TypeVar

from opensearchpy.exceptions import ConnectionError as NotConnected
from opensearchpy.exceptions import TransportError

from indexer.index.port import IndexUnavailable

FAILURES = 3
"""Failures in a row after which nobody asks for a while."""

PAUSE_SECONDS = 2.0
"""How long that is; then one question finds out whether the cluster is back."""

SERVER_ERROR = 500

T = TypeVar("T")


class Breaker:
    """Counts failures of one cluster. Safe between threads; questions are not held up by each other."""

    def __init__(self, clock: Callable[[], float] = time.monotonic) -> None:
        self._clock, self._lock = clock, threading.Lock()
        self._failures, self._resting_until = 0, float("-inf")

    def through(self, question: Callable[[], T]) -> T:
        """Ask, unless the cluster is left alone just now (IndexUnavailable). Errors of the question pass through."""
        self._may_ask()
        try:
            answer = question()
        except NotConnected:
            self._failed()
            raise
        except TransportError as error:
            if isinstance(error.status_code, int) and error.status_code >= SERVER_ERROR:
                self._failed()
            raise
        self._failures = 0
        return answer

    def _may_ask(self) -> None:
        if self._failures < FAILURES:
            return
        with self._lock:
            if self._clock() < self._resting_until:
                raise IndexUnavailable("the search engine is down and is left alone for a moment")
            self._resting_until = self._clock() + PAUSE_SECONDS  # this question goes through, others still wait

    def _failed(self) -> None:
        with self._lock:
            self._failures += 1
            self._resting_until = self._clock() + PAUSE_SECONDS
