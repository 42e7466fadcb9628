"""A line for each record and day, on both databases; what is too old goes by itself."""

from collections import Counter
from collections.abc import Iterator
from concurrent.futures import ThreadPoolExecutor
from datetime import date, timedelta
from functools import partial
from pathlib import Path
from tempfile import TemporaryDirectory

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from sqlalchemy import insert

from portal.store.database import Database, StoreUnavailable
from portal.store.readings import KEPT, Reading, Readings, forget_readings
from portal.store.tables import accounts
from tests.empty import empty_store
from tests.sessions.moments import NOW

DAY = date(2026, 11, 21)
AN, BINH = "a" * 32, "b" * 32


def with_readers(database: Database) -> Readings:
    made = {"kind": "citizen", "sealed": "", "language": "vi", "terms_version": "", "created_at": NOW}
    with database.writing() as connection:
        connection.execute(insert(accounts), [made | {"id": account_id} for account_id in (AN, BINH)])
    return Readings(database)


@pytest.fixture(params=["sqlite", "postgresql"])
def database(request: pytest.FixtureRequest, tmp_path: Path) -> Iterator[Database]:
    sqlite = request.param == "sqlite"
    opened = empty_store(tmp_path / "portal.db") if sqlite else request.getfixturevalue("postgres_store")
    yield opened
    opened.close()


@pytest.fixture
def readings(database: Database) -> Readings:
    """Of two readers."""
    return with_readers(database)


def test_a_record_has_one_line_a_day_with_the_newest_page(readings: Readings) -> None:
    later, next_day = NOW + timedelta(minutes=5), NOW + timedelta(days=1)
    readings.note(AN, "qn.1", 4, day=DAY, now=NOW)
    readings.note(AN, "qn.1", 2, day=DAY, now=later)
    readings.note(AN, "qn.1", 9, day=DAY + timedelta(days=1), now=next_day)
    readings.note(BINH, "qn.1", 1, day=DAY, now=NOW)
    assert readings.of(AN, most=10) == [
        Reading("qn.1", DAY + timedelta(days=1), 1, 9, next_day),
        Reading("qn.1", DAY, 2, 2, later),
    ]
    assert readings.of(AN, most=1) == [Reading("qn.1", DAY + timedelta(days=1), 1, 9, next_day)]


def test_pages_opened_at_once_are_all_counted(readings: Readings) -> None:
    note = partial(readings.note, AN, "qn.1", day=DAY, now=NOW)
    with ThreadPoolExecutor(4) as readers:
        list(readers.map(note, range(1, 21)))
    [reading] = readings.of(AN, most=10)
    assert reading.pages == 20


def test_one_reader_is_forgotten_and_no_other(readings: Readings, database: Database) -> None:
    for account_id in (AN, BINH):
        readings.note(account_id, "qn.1", 1, day=DAY, now=NOW)
    readings.forget(AN)
    assert (len(readings.of(AN, most=10)), len(readings.of(BINH, most=10))) == (0, 1)
    with database.writing() as connection:
        forget_readings(connection, BINH)
    assert readings.of(BINH, most=10) == []


def test_what_is_older_than_a_year_goes_with_the_next_reading_of_anybody(readings: Readings) -> None:
    for record_id, age in (("qn.kept", KEPT), ("qn.old", KEPT + timedelta(days=1))):
        readings.note(AN, record_id, 1, day=DAY - age, now=NOW - age)
    assert len(readings.of(AN, most=10)) == 2
    readings.note(BINH, "qn.1", 1, day=DAY, now=NOW)
    assert [reading.record_id for reading in readings.of(AN, most=10)] == ["qn.kept"]


def test_nothing_is_noted_of_an_account_that_is_gone(readings: Readings) -> None:
    with pytest.raises(StoreUnavailable):
        readings.note("c" * 32, "qn.1", 1, day=DAY, now=NOW)


def test_a_record_may_have_the_longest_of_ids(readings: Readings) -> None:
    readings.note(AN, "q" * 120, 1, day=DAY, now=NOW)
    assert readings.of(AN, most=1)[0].record_id == "q" * 120


VIEWS = st.lists(
    st.tuples(st.sampled_from([AN, BINH]), st.sampled_from(["qn.1", "qn.2"]), st.integers(1, 9), st.integers(0, 2)),
    max_size=25,
)


@settings(max_examples=20)
@given(VIEWS)
def test_whatever_is_read_the_lines_add_up_to_it(views: list[tuple[str, str, int, int]]) -> None:
    with TemporaryDirectory() as folder:
        empty_store(Path(folder) / "portal.db")
        readings = with_readers(Database(f"sqlite:///{folder}/portal.db"))
        for step, (account_id, record_id, page, days) in enumerate(views):
            at = NOW + timedelta(seconds=step)
            readings.note(account_id, record_id, page, day=DAY + timedelta(days=days), now=at)
        for account_id in (AN, BINH):
            own = [(record_id, DAY + timedelta(days=days)) for who, record_id, _p, days in views if who == account_id]
            last = {(record, days): page for who, record, page, days in views if who == account_id}
            found = readings.of(account_id, most=100)
            assert {(one.record_id, one.day): one.pages for one in found} == Counter(own)
            assert {(one.record_id, (one.day - DAY).days): one.last_page for one in found} == last
            assert [one.at for one in found] == sorted((one.at for one in found), reverse=True)
