"""Single cells: what each can mean, and plain words for what it cannot."""

from datetime import date, datetime, time

import pytest
from hypothesis import given
from hypothesis import strategies as st

from indexer.lists import cells
from indexer.lists.cells import NoValue

DAY = date(2030, 12, 31)


@pytest.mark.parametrize(
    ("value", "words"),
    [
        (None, ""),
        ("", ""),
        ("  Lý \n do\t", "Lý do"),
        ("a\u00a0b\u200b", "a b"),
        ("R&amp;D", "R&D"),
        (12, "12"),
        (12.0, "12"),
        (1.5, "1.5"),
        ("Vie\u0323\u0302t", "Việt"),
    ],
)
def test_words(value: object, words: str) -> None:
    assert cells.text(value) == words


@given(st.text(max_size=60))
def test_words_that_were_read_once_are_read_the_same_again(written: str) -> None:
    try:
        once = cells.text(written)
    except ValueError:
        return
    assert cells.text(once) == once
    assert once.isprintable()


@pytest.mark.parametrize(
    ("value", "fault"),
    [
        (NoValue("a formula"), "holds a formula; only values are read"),
        (True, "should be words"),
        (DAY, "should be words"),
        (time(3), "should be words"),
        ("a\uffffb", "cannot be shown"),
    ],
)
def test_what_are_no_words(value: object, fault: str) -> None:
    with pytest.raises(ValueError, match=fault):
        cells.text(value)


@pytest.mark.parametrize(("value", "number"), [(None, None), ("", None), (" 3 ", 3), ("03", 3), (3, 3), (3.0, 3)])
def test_pages(value: object, number: int | None) -> None:
    assert cells.page(value) == number


@pytest.mark.parametrize(
    "value", ["0", 0, -1, "-1", "3-4", "ba", 1.5, "1.000.000", 1_000_001, "²", "٣", "9" * 30, True]
)
def test_what_are_no_pages(value: object) -> None:
    with pytest.raises(ValueError, match=r"no page number|words"):
        cells.page(value)


@pytest.mark.parametrize(
    "value",
    [
        DAY,
        datetime.fromisoformat("2030-12-31"),
        "31/12/2030",
        " 31-12-2030 ",
        "31.12.2030",
        "2030-12-31",
        "2030-12-31 00:00:00",
    ],
)
def test_days(value: object) -> None:
    assert cells.day(value) == DAY


@given(st.dates(date(1901, 1, 1)))
def test_every_day_is_read_as_it_is_written(day: date) -> None:
    for written in (f"{day.day}/{day.month}/{day.year}", day.isoformat(), f"{day:%d/%m/%Y}"):
        assert cells.day(written) == day


@pytest.mark.parametrize(
    ("value", "fault"),
    [
        ("31/02/2030", "does not exist"),
        ("2030-13-01", "does not exist"),
        ("12/31/2030", "does not exist"),
        ("31/12/30", "no date"),
        ("2030", "no date"),
        ("sang năm", "no date"),
        (47848, "no date"),
        (datetime.fromisoformat("2030-12-31T14:30"), "time of day"),
        ("01/01/1900", "too far back"),
        (date(1899, 1, 1), "too far back"),
        (NoValue("an error of the spreadsheet"), "only values"),
    ],
)
def test_what_are_no_days(value: object, fault: str) -> None:
    with pytest.raises(ValueError, match=fault):
        cells.day(value)


@pytest.mark.parametrize(
    ("value", "answer"),
    [
        *((yes, True) for yes in (True, 1, 1.0, "có", "CÓ", "co", "x", "X", "yes", "Yes", "1", "✓")),
        *((no, False) for no in (False, 0, "không", "khong", "NO", "0", "-")),
        *((nothing, None) for nothing in (None, "", "  ")),
    ],
)
def test_answers(value: object, answer: bool | None) -> None:
    assert cells.answer(value) is answer


@pytest.mark.parametrize("value", ["có thể", "maybe", 2, "?"])
def test_what_are_no_answers(value: object) -> None:
    with pytest.raises(ValueError, match="neither yes"):
        cells.answer(value)
