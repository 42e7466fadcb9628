"""Days on which the archive works, and counting in them, over the holidays of real years."""

from datetime import UTC, date, datetime, time, timedelta

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from portal.requests.provisions.models import Calendar
from portal.requests.working_days import WorkingDays, public_holidays, shifted

PLAIN = WorkingDays()

DAYS = st.dates(date(2025, 12, 1), date(2028, 2, 28))


def local(day: date, hour: int, minute: int = 0, second: int = 0) -> datetime:
    """A moment in Viet Nam, seven hours ahead, as UTC."""
    return datetime.combine(day, time(hour, minute, second), UTC) - timedelta(hours=7)


@pytest.mark.parametrize(
    ("day", "count", "expected"),
    [
        (date(2026, 2, 12), 1, date(2026, 2, 13)),
        (date(2026, 2, 13), 1, date(2026, 2, 23)),
        (date(2026, 2, 13), 7, date(2026, 3, 3)),
        (date(2026, 2, 18), 0, date(2026, 2, 23)),
        (date(2027, 2, 3), 1, date(2027, 2, 11)),
        (date(2027, 2, 3), 2, date(2027, 2, 12)),
        (date(2026, 4, 24), 1, date(2026, 4, 28)),
        (date(2026, 4, 29), 1, date(2026, 5, 4)),
        (date(2026, 4, 24), 4, date(2026, 5, 5)),
        (date(2027, 4, 29), 1, date(2027, 5, 4)),
        (date(2026, 8, 21), 1, date(2026, 8, 22)),
        (date(2026, 8, 28), 1, date(2026, 9, 3)),
        (date(2026, 8, 21), 7, date(2026, 9, 3)),
        (date(2026, 11, 23), 1, date(2026, 11, 25)),
        (date(2026, 11, 27), 2, date(2026, 12, 1)),
        (date(2026, 11, 21), 1, date(2026, 11, 25)),
    ],
    ids=[
        *("before Tết 2026", "over Tết 2026", "seven over Tết 2026", "in Tết 2026"),
        *("over Tết 2027", "two over Tết 2027"),
        *("Hung Kings on a Sunday", "30/4 and 1/5", "both in four days", "1/5 on a Saturday"),
        *("a Saturday that is worked", "2/9 with its bridge", "seven over 2/9"),
        *("24/11", "a weekend", "from a Saturday over 24/11"),
    ],
)
def test_so_many_working_days_later(day: date, count: int, expected: date) -> None:
    assert PLAIN.after(day, count) == expected


def test_the_hung_kings_day_on_a_sunday_is_made_up_for_on_monday() -> None:
    assert not PLAIN.is_working(date(2026, 4, 27))
    assert PLAIN.is_working(date(2026, 4, 28))


def test_the_saturday_that_pays_for_the_bridge_is_worked_and_no_other() -> None:
    saturdays = [date(2026, 8, 1) + timedelta(days=7 * week) for week in range(6)]
    assert [day for day in saturdays if PLAIN.is_working(day)] == [date(2026, 8, 22)]
    assert not PLAIN.is_working(date(2026, 8, 31))


@pytest.mark.parametrize("year", [2026, 2027])
def test_no_public_holiday_is_worked_and_each_has_a_vietnamese_name(year: int) -> None:
    holidays = public_holidays(year)
    assert len(holidays) >= 12
    assert not [day for day, _name in holidays if PLAIN.is_working(day)]
    assert any("Tết Nguyên Đán" in name for _day, name in holidays)


@pytest.mark.parametrize(
    ("moment", "counts_as"),
    [
        (local(date(2026, 11, 20), 16, 59, 59), date(2026, 11, 20)),
        (local(date(2026, 11, 20), 17), date(2026, 11, 23)),
        (local(date(2026, 11, 20), 0), date(2026, 11, 20)),
        (local(date(2026, 11, 19), 23, 59, 59), date(2026, 11, 20)),
        (local(date(2026, 11, 21), 9), date(2026, 11, 23)),
        (local(date(2026, 11, 23), 17), date(2026, 11, 25)),
        (local(date(2026, 2, 13), 17), date(2026, 2, 23)),
    ],
)
def test_what_arrives_at_the_cut_off_counts_as_arriving_on_the_next_working_day(
    moment: datetime, counts_as: date
) -> None:
    assert PLAIN.day_of_arrival(moment) == counts_as


def test_an_archive_may_close_earlier() -> None:
    early = WorkingDays(cut_off=time(11, 30))
    assert early.day_of_arrival(local(date(2026, 11, 19), 11, 29, 59)) == date(2026, 11, 19)
    assert early.day_of_arrival(local(date(2026, 11, 19), 11, 30)) == date(2026, 11, 20)


def test_the_archives_own_table_comes_before_the_library() -> None:
    calendar = Calendar(off=(date(2026, 12, 24),), working=(date(2026, 11, 24), date(2026, 12, 26)))
    own = calendar.working_days()
    assert own.after(date(2026, 11, 23), 1) == date(2026, 11, 24), "a holiday that the archive works"
    assert own.after(date(2026, 12, 23), 1) == date(2026, 12, 25), "a day off that the library does not know"
    assert own.is_working(date(2026, 12, 26)), "a Saturday that is made up for"


def test_no_day_is_both_off_and_worked() -> None:
    with pytest.raises(ValueError, match="24/12/2026"):
        shifted([date(2026, 12, 24)], [date(2026, 12, 24)], cut_off=time(17))
    with pytest.raises(ValueError, match="24/12/2026"):
        Calendar(off=(date(2026, 12, 24),), working=(date(2026, 12, 24),))


def test_a_table_that_leaves_no_working_day_is_an_error_and_no_endless_search() -> None:
    never = WorkingDays(off=frozenset(date(2026, 1, 1) + timedelta(days=each) for each in range(4100)))
    with pytest.raises(ValueError, match="no working day"):
        never.after(date(2026, 1, 1), 1)


CALENDARS = st.builds(
    lambda off, working: WorkingDays(off - working, working),
    st.frozensets(DAYS, max_size=12),
    st.frozensets(DAYS, max_size=6),
)


@settings(max_examples=150)
@given(calendar=CALENDARS, day=DAYS, count=st.integers(0, 25))
def test_after_and_between_agree(calendar: WorkingDays, day: date, count: int) -> None:
    later = calendar.after(day, count)
    assert calendar.is_working(later)
    first = calendar.after(day, 0)
    assert calendar.between(first, later) == count
    assert calendar.between(later, first) == -count
    assert calendar.after(later, -count) == first


@settings(max_examples=100)
@given(calendar=CALENDARS, first=DAYS, second=DAYS, third=DAYS)
def test_spans_add_up(calendar: WorkingDays, first: date, second: date, third: date) -> None:
    assert calendar.between(first, second) + calendar.between(second, third) == calendar.between(first, third)


@settings(max_examples=100)
@given(calendar=CALENDARS, day=DAYS, second=st.integers(0, 86_399))
def test_nothing_arrives_before_it_came_or_on_a_day_off(calendar: WorkingDays, day: date, second: int) -> None:
    moment = local(day, 0) + timedelta(seconds=second)
    arrived = calendar.day_of_arrival(moment)
    assert calendar.is_working(arrived)
    late = second >= 17 * 3600
    assert arrived == calendar.after(day + timedelta(days=1) if late else day, 0)
