"""Moments in UTC and days in the archive's own zone."""

from datetime import UTC, date, datetime
from zoneinfo import ZoneInfo

from sqlalchemy import DateTime, Dialect
from sqlalchemy.types import TypeDecorator

ARCHIVE_ZONE = ZoneInfo("Asia/Ho_Chi_Minh")


class UtcMoment(TypeDecorator[datetime]):
    """An aware moment, kept and given back in UTC whatever the database does with zones."""

    impl = DateTime(timezone=True)
    cache_ok = True

    def process_bind_param(self, value: datetime | None, _dialect: Dialect) -> datetime | None:
        """A moment without a zone is a mistake of the caller: ValueError."""
        if value is None:
            return None
        if value.utcoffset() is None:
            raise ValueError("a moment without a zone")
        return value.astimezone(UTC)

    def process_result_value(self, value: datetime | None, _dialect: Dialect) -> datetime | None:
        """SQLite keeps no zone; what stands there is UTC."""
        if value is None:
            return None
        return value.replace(tzinfo=UTC) if value.utcoffset() is None else value.astimezone(UTC)


def archive_day(moment: datetime) -> date:
    """The day in Viet Nam on which an aware moment falls."""
    return moment.astimezone(ARCHIVE_ZONE).date()
