"""The moment at which tests of sessions and of the store begin."""

from datetime import UTC, datetime

NOW = datetime(2026, 11, 21, 2, 30, tzinfo=UTC)
