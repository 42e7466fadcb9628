"""Dates: every form descriptions use, the impossible ones, and the official way to write one."""

from datetime import date, timedelta

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from access_policy.record import DateSpan
from indexer.text.dates import ImpossibleDate, format_date, parse_dates

_DAY = date(2020, 4, 3)
_APRIL = (date(2020, 4, 1), date(2020, 4, 30))
_TERM = (date(1991, 8, 14), date(1994, 6, 2))


@pytest.mark.parametrize(
    ("text", "start", "end"),
    [
        ("03/4/2020", _DAY, _DAY),
        ("3/4/2020", _DAY, _DAY),
        ("03-04-2020", _DAY, _DAY),
        ("3.4.2020", _DAY, _DAY),
        ("2020-04-03", _DAY, _DAY),
        ("ngày 03 tháng 4 năm 2020", _DAY, _DAY),
        ("Ngày 3 tháng 04 năm 2020", _DAY, _DAY),
        ("ngày 3/4/2020", _DAY, _DAY),
        ("4/2020", *_APRIL),
        ("04-2020", *_APRIL),
        ("2020-04", *_APRIL),
        ("tháng 4 năm 2020", *_APRIL),
        ("tháng 4/2020", *_APRIL),
        ("02/2020", date(2020, 2, 1), date(2020, 2, 29)),
        ("12/1975", date(1975, 12, 1), date(1975, 12, 31)),
        ("1962", date(1962, 1, 1), date(1962, 12, 31)),
        ("năm 1962", date(1962, 1, 1), date(1962, 12, 31)),
        ("1946-1975", date(1946, 1, 1), date(1975, 12, 31)),
        ("1954 đến 1975", date(1954, 1, 1), date(1975, 12, 31)),
        ("từ năm 1954 đến năm 1975", date(1954, 1, 1), date(1975, 12, 31)),
        ("14/8/1991 – 02/6/1994", *_TERM),
        ("14-8-1991 - 02-6-1994", *_TERM),
        ("14-8-1991-02-6-1994", *_TERM),
        ("14/8/1991\u00a0—\u00a002/6/1994", *_TERM),
        ("1991-08-14/1994-06-02", *_TERM),
        ("từ ngày 14/8/1991 tới ngày 02 tháng 6 năm 1994", *_TERM),
        ("tháng 3/1975 - 30/4/1975", date(1975, 3, 1), date(1975, 4, 30)),
        ("từ 1954", date(1954, 1, 1), None),
        ("đến 1975", None, date(1975, 12, 31)),
        ("1000", date(1000, 1, 1), date(1000, 12, 31)),
        ("12/2100", date(2100, 12, 1), date(2100, 12, 31)),
        ("29/02/2000", date(2000, 2, 29), date(2000, 2, 29)),
        ("nga\u0300y 03 tha\u0301ng 4 na\u0306m 2020", _DAY, _DAY),
        ("không ngày tháng", None, None),
        ("k.nt", None, None),
        ("", None, None),
        ("Bảo Đại năm thứ 5", None, None),
        ("khoảng đầu thế kỷ XX", None, None),
        ("01/4 - 15/4/2020", None, None),
        ("1954-", None, None),
        ("12", None, None),
    ],
)
def test_reads(text: str, start: date | None, end: date | None) -> None:
    assert parse_dates(text) == DateSpan(start, end, text)


def test_keeps_what_was_written_but_for_the_edges() -> None:
    assert parse_dates("  Tháng 4  năm 2020. \n").written == "Tháng 4  năm 2020."
    assert parse_dates("  Tháng 4  năm 2020. \n").start == date(2020, 4, 1)


@pytest.mark.parametrize(
    "text",
    [
        "31/02/1980",
        "30-02-1980",
        "1980-02-30",
        "29/02/1900",
        "ngày 31 tháng 4 năm 2020",
        "00/4/2020",
        "3/0/2020",
        "13/1975",
        "tháng 13 năm 1975",
        "938",
        "năm 0999",
        "2101",
        "12/2101",
        "1/1/9999",
        "12/12/9999",
        "12/9999",
        "12/3/76",
        "1975-1946",
        "02/6/1994 – 14/8/1991",
        "1946 - 31/02/1980",
        "từ 31/02/1980",
        "đến 31/02/1980",
    ],
)
def test_impossible_dates_are_refused(text: str) -> None:
    with pytest.raises(ImpossibleDate):
        parse_dates(text)


@pytest.mark.parametrize(
    ("day", "written"),
    [
        (date(2020, 4, 3), "03/4/2020"),
        (date(1991, 8, 14), "14/8/1991"),
        (date(1975, 2, 2), "02/02/1975"),
        (date(1976, 1, 31), "31/01/1976"),
        (date(1976, 3, 1), "01/3/1976"),
        (date(1945, 10, 10), "10/10/1945"),
        (date(1976, 12, 9), "09/12/1976"),
    ],
)
def test_writes_the_official_way(day: date, written: str) -> None:
    assert format_date(day) == written


_DAYS = st.dates(date(1000, 1, 1), date(2100, 12, 31))


@settings(max_examples=200)
@given(_DAYS)
def test_what_is_written_is_read_back(day: date) -> None:
    for text in (format_date(day), day.isoformat(), f"ngày {day.day:02d} tháng {day.month} năm {day.year}"):
        assert parse_dates(text) == DateSpan(day, day, text)


@settings(max_examples=200)
@given(_DAYS, _DAYS, st.sampled_from([" - ", "-", " – ", " đến ", " tới "]))
def test_ranges_are_read_back(first: date, last: date, join: str) -> None:
    first, last = sorted((first, last))
    text = format_date(first) + join + format_date(last)
    assert parse_dates(text) == DateSpan(first, last, text)
    if first < last:
        with pytest.raises(ImpossibleDate):
            parse_dates(format_date(last) + join + format_date(first))


@settings(max_examples=200)
@given(st.integers(1000, 2100), st.integers(1, 12))
def test_a_month_covers_its_days(year: int, month: int) -> None:
    span = parse_dates(f"{month}/{year}")
    assert span.start is not None
    assert span.end is not None
    assert span.start == date(year, month, 1)
    assert span.end.month == month
    assert (span.end + timedelta(days=1)).day == 1


@settings(max_examples=300)
@given(
    st.text()
    | st.lists(st.sampled_from(["12", "3", "/", "-", "1976", "0", " ", "tháng ", "năm ", "từ ", " đến "])).map("".join)
)
def test_anything_written_is_kept_or_refused(text: str) -> None:
    try:
        span = parse_dates(text)
    except ImpossibleDate:
        return
    assert span.written == text.strip()
    assert span.start is None or span.end is None or span.start <= span.end
