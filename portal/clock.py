"""The one place of the portal that reads the clock. Everything else is given the day or the moment."""

from collections.abc import Callable
from datetime import UTC, date, datetime
from zoneinfo import ZoneInfo

Today = Callable[[], date]
Now = Callable[[], datetime]

ARCHIVE_ZONE = ZoneInfo("Asia/Ho_Chi_Minh")
"""Days begin and end here: a record opens at midnight in Viet Nam, wherever the server stands."""


def archive_today() -> date:
    """The day it is at the archive."""
    return datetime.now(ARCHIVE_ZONE).date()


def archive_day(moment: datetime) -> date:
    """The day at the archive on which an aware moment falls."""
    return moment.astimezone(ARCHIVE_ZONE).date()


def utc_now() -> datetime:
    """This moment, for stamps."""
    return datetime.now(UTC)
