"""Not waiting again and again for a provider that does not answer: every waiting thread is one that serves nobody."""

import threading
from collections.abc import Iterator
from contextlib import contextmanager
from datetime import UTC, datetime, timedelta

from portal.accounts.providers.conversation import Conversation
from portal.accounts.providers.faults import Fault, SignInFault, Unreachable

IN_A_ROW = 3
PAUSE = timedelta(seconds=10)


class Breaker:
    """After three conversations in a row without an answer, ten seconds without a question; then one more try is
    enough to begin the next pause, or to end it. Safe between threads.

    Only silence counts, which a stranger cannot bring about; errors that the provider answers with do not.
    """

    def __init__(self) -> None:
        self._lock = threading.Lock()
        self._failures = 0
        self._until = datetime.min.replace(tzinfo=UTC)

    @contextmanager
    def watching(self, conversation: Conversation, *, now: datetime) -> Iterator[None]:
        """Around a conversation. SignInFault PROVIDER_AWAY at once during a pause."""
        if timedelta() < self._until - now <= PAUSE:
            raise SignInFault(Fault.PROVIDER_AWAY, "not asked: it did not answer several times in a row")
        silent = False
        try:
            yield
        except Unreachable:
            silent = True
            raise
        finally:
            self._note(silent=silent, heard=conversation.heard, now=now)

    def _note(self, *, silent: bool, heard: bool, now: datetime) -> None:
        """A conversation in which nothing had to be asked says nothing about the provider."""
        with self._lock:
            if silent:
                self._failures += 1
                if self._failures >= IN_A_ROW:
                    self._until = now + PAUSE
            elif heard:
                self._failures = 0
