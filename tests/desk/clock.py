"""A clock that a test moves."""

from datetime import UTC, datetime, timedelta


class Clock:
    """Stands still until it is moved."""

    def __init__(self) -> None:
        self.at = datetime(2026, 11, 21, 2, 30, tzinfo=UTC)

    def __call__(self) -> datetime:
        return self.at

    def on(self, **step: float) -> datetime:
        """Move on by a `timedelta` of these parts."""
        self.at += timedelta(**step)
        return self.at
