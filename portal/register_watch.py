"""What the register says, never older than a moment: what it withholds or wants blacked out, and whom it permits what.

Every request asks; the register itself is asked a few times a second at most, and only for its revision unless that
has moved. When it stops answering, what was last known stays in force for a while; then the archive closes, because
nobody can tell any more what has been withdrawn.
"""

import threading
import time
from collections.abc import Callable, Mapping
from contextlib import suppress
from dataclasses import dataclass, field
from typing import Protocol

from access_policy.overlay import Overlay
from access_policy.permit import Permit
from access_policy.record import Box, DigitalObject
from access_policy.register.errors import RegisterUnavailable
from access_policy.register.reading_copies import CopiedPage

FRESH_SECONDS = 0.25
"""How old an answer may be; a withdrawal has to be felt within a second."""

PATIENCE_SECONDS = 15.0
"""How long the last answer holds while the register does not answer: a restart of its database fits in."""


class RegisterAway(Exception):
    """The register has not answered for too long; nothing may be shown."""


class RegisterReading(Protocol):
    """The part of the register that the portal reads. All raise RegisterUnavailable."""

    def revision(self) -> int:
        """The number of the newest change."""
        ...

    def overlay(self, since: int) -> Overlay:
        """What changes after a revision withhold."""
        ...

    def redactions(self) -> Mapping[tuple[str, int], tuple[Box, ...]]:
        """The boxes to black out, by record id and page."""
        ...

    def permits_of(self, reader_id: str) -> tuple[Permit, ...]:
        """What a reader holds and nobody revoked, on whatever days."""
        ...

    def copied_objects(self, record_id: str) -> tuple[DigitalObject, ...]:
        """Where the images of a record under a permit are."""
        ...

    def copied_page(self, record_id: str, number: int) -> CopiedPage | None:
        """One page of a record under a permit."""
        ...


@dataclass(frozen=True)
class _Known:
    """What was read at one revision of the register: overlays by the revision of the generation they are for, permits
    by reader.
    """

    revision: int
    redactions: Mapping[tuple[str, int], tuple[Box, ...]]
    overlays: dict[int, Overlay] = field(default_factory=dict)
    permits: dict[str, tuple[Permit, ...]] = field(default_factory=dict)


class RegisterWatch:
    """Follows the register for one worker. Safe between threads."""

    def __init__(self, register: RegisterReading, clock: Callable[[], float] = time.monotonic) -> None:
        self._register, self._clock = register, clock
        self._lock = threading.Lock()
        self._known: _Known | None = None
        self._answered = self._asked = float("-inf")

    def overlay(self, since: int) -> Overlay:
        """What is withheld from a generation that follows the register up to `since`. Raises RegisterAway."""
        known = self._fresh()
        if known.revision < since:
            known = self._caught_up()
        if since not in known.overlays:
            with self._lock:
                try:
                    known.overlays[since] = self._register.overlay(since)
                except RegisterUnavailable as error:
                    raise RegisterAway from error
        return known.overlays[since]

    def redactions(self, record_id: str, page: int) -> tuple[Box, ...]:
        """The boxes to black out on one page. Raises RegisterAway."""
        return self._fresh().redactions.get((record_id, page), ())

    def copied_objects(self, record_id: str) -> tuple[DigitalObject, ...]:
        """Where the images of a record under a permit are. Raises RegisterAway."""
        try:
            return self._register.copied_objects(record_id)
        except RegisterUnavailable as error:
            raise RegisterAway from error

    def copied_page(self, record_id: str, number: int) -> CopiedPage | None:
        """One page of a record under a permit. Raises RegisterAway."""
        try:
            return self._register.copied_page(record_id, number)
        except RegisterUnavailable as error:
            raise RegisterAway from error

    def permits(self, reader_id: str) -> tuple[Permit, ...]:
        """What a reader holds and nobody revoked, on whatever days. Raises RegisterAway."""
        known = self._fresh()
        if reader_id not in known.permits:
            with self._lock:
                try:
                    known.permits[reader_id] = self._register.permits_of(reader_id)
                except RegisterUnavailable as error:
                    raise RegisterAway from error
        return known.permits[reader_id]

    def _fresh(self) -> _Known:
        if self._clock() - self._asked > FRESH_SECONDS:
            with self._lock:
                if self._clock() - self._asked > FRESH_SECONDS:
                    self._ask()
        if self._known is None or self._clock() - self._answered > PATIENCE_SECONDS:
            raise RegisterAway
        return self._known

    def _caught_up(self) -> _Known:
        """Asked at once: the index knows of a change that is not known here, and withholds nothing for its sake."""
        with self._lock:
            answered = self._ask()
        if not answered or self._known is None:
            raise RegisterAway
        return self._known

    def _ask(self) -> bool:
        """True when the register answered."""
        answered = False
        with suppress(RegisterUnavailable):
            revision = self._register.revision()
            if self._known is None or self._known.revision != revision:
                self._known = _Known(revision, self._register.redactions())
            self._answered = self._clock()
            answered = True
        self._asked = self._clock()
        return answered
