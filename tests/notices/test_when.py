"""When a notice goes: again after a failure, and not at night to a telephone."""

from datetime import UTC, datetime, time, timedelta

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from portal.clock import ARCHIVE_ZONE
from portal.notices.back_off import DELAYS, meanwhile, next_try
from portal.notices.quiet_hours import QuietHours

NOW = datetime(2026, 11, 21, 3, 0, tzinfo=UTC)
NIGHT = QuietHours(time(21), time(7))


def at(hour: int, minute: int = 0, day: int = 21) -> datetime:
    return datetime(2026, 11, day, hour, minute, tzinfo=ARCHIVE_ZONE)


@pytest.mark.parametrize(
    ("now", "ends"),
    [
        (at(20, 59), None),
        (at(21), at(7, day=22)),
        (at(23, 59), at(7, day=22)),
        (at(0), at(7)),
        (at(6, 59), at(7)),
        (at(7), None),
        (at(12), None),
    ],
)
def test_the_night_of_the_archive(now: datetime, ends: datetime | None) -> None:
    assert NIGHT.end(now.astimezone(UTC)) == ends


@settings(max_examples=100)
@given(st.times(), st.times(), st.integers(0, 365 * 24 * 60))
def test_when_quiet_ends_it_is_not_quiet(first: time, last: time, minutes: int) -> None:
    hours, now = QuietHours(first, last), NOW + timedelta(minutes=minutes)
    ends = hours.end(now)
    assert ends is None or (ends > now and ends - now <= timedelta(days=1) and hours.end(ends) is None)
    assert first != last or ends is None


@pytest.mark.parametrize("tries", range(1, len(DELAYS) + 1))
def test_each_try_waits_longer_and_never_exactly_as_long(tries: int) -> None:
    delay = DELAYS[tries - 1]
    assert next_try(tries, now=NOW, chance=lambda: 0.5) == NOW + delay
    assert next_try(tries, now=NOW, chance=lambda: 0.0) == NOW + delay * 0.8
    spread = {next_try(tries, now=NOW) for _ in range(20)}
    assert len(spread) > 1
    assert all(moment is not None and delay * 0.8 <= moment - NOW <= delay * 1.2 for moment in spread)


def test_after_the_last_try_there_is_none() -> None:
    assert [delay.total_seconds() / 60 for delay in DELAYS] == [1, 5, 30, 120, 720]
    assert next_try(len(DELAYS) + 1, now=NOW) is None


def test_who_waits_for_the_way_to_open_looks_again_soon() -> None:
    assert timedelta(seconds=48) <= meanwhile(now=NOW) - NOW <= timedelta(seconds=72)
