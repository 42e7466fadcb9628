"""A lock that wrong entries have closed, for whoever tells its owner."""

from collections.abc import Callable
from dataclasses import dataclass
from datetime import datetime

from portal.accounts.credentials.events import Owner


@dataclass(frozen=True)
class Lock:
    """Whose account is closed, since when, and until when if nobody opens it before."""

    owner: Owner
    owner_id: str
    closed_at: datetime
    opens_at: datetime


WhenLocked = Callable[[Lock], None]
"""Is told once a lock, after it stands in the store. Takes no time worth measuring, and raises nothing."""


def untold(_lock: Lock) -> None:
    """Where nobody is told."""
