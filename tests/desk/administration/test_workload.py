"""Workload on both databases, against the same figures counted one case after the other."""

from collections import Counter
from collections.abc import Iterator
from dataclasses import dataclass
from datetime import UTC, date, datetime, timedelta
from pathlib import Path

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from sqlalchemy import delete, insert

from portal.clock import archive_day
from portal.requests.states import IN_HAND, STANDING_STILL, State
from portal.requests.workload import Load, Workload
from portal.store.database import Database
from portal.store.migrating import migrate
from portal.store.tables import accounts, cases
from tests.servers.postgres import PostgresServer

TODAY = date(2026, 11, 21)
NOW = datetime(2026, 11, 21, 5, tzinfo=UTC)
READER = "a" * 32
NOBODY, LAN, HOA = "", "b" * 32, "c" * 32


@dataclass(frozen=True)
class Made:
    """One case as far as the figures need it; `decided` in hours before now."""

    state: State
    handler: str
    due_in: int | None
    decided: int | None


MADE = st.lists(
    st.builds(
        Made,
        st.sampled_from([state for state in State if state is not State.DRAFT]),
        st.sampled_from([NOBODY, LAN, HOA]),
        st.none() | st.integers(-3, 3),
        st.none() | st.integers(0, 24 * 400),
    ),
    max_size=25,
)


@pytest.fixture(scope="module", params=["sqlite", "postgresql"])
def store(request: pytest.FixtureRequest, tmp_path_factory: pytest.TempPathFactory) -> Iterator[Database]:
    folder: Path = tmp_path_factory.mktemp("workload")
    if request.param == "sqlite":
        opened = Database(f"sqlite:///{folder / 'portal.db'}")
    else:
        server: PostgresServer = request.getfixturevalue("postgres_server")
        opened = Database(server.url(server.create_database()))
    migrate(opened)
    made = {"kind": "citizen", "sealed": "", "language": "vi", "terms_version": "", "created_at": NOW}
    with opened.writing() as connection:
        connection.execute(insert(accounts).values(id=READER, **made))
    yield opened
    opened.close()


@settings(max_examples=25)
@given(made=MADE)
def test_figures_are_those_of_counting_one_by_one(store: Database, made: list[Made]) -> None:
    with store.writing() as connection:
        connection.execute(delete(cases))
        if made:
            connection.execute(insert(cases), [_row(number, each) for number, each in enumerate(made)])
    workload = Workload(store)
    assert {load.staff_id: load for load in workload.loads(today=TODAY)} == _loads(made)
    expected = [each for each in made if each.decided is not None]
    months = workload.months(today=TODAY)
    for month in months:
        of_month = [each for each in expected if _decided_on(each).replace(day=1) == month.first]
        in_time = [each for each in of_month if each.due_in is None or _decided_on(each) <= _due(each)]
        assert (month.decided, month.on_time) == (len(of_month), len(in_time))


def _row(number: int, each: Made) -> dict[str, object]:
    return {
        "id": f"{number:032}",
        "account_id": READER,
        "state": each.state.value,
        "turn": 0,
        "sealed": "",
        "created_at": NOW,
        "changed_at": NOW,
        "supplements": 0,
        "assigned_to": each.handler or None,
        "due_on": None if each.due_in is None else _due(each),
        "decided_at": None if each.decided is None else NOW - timedelta(hours=each.decided),
        "decided_by": None if each.decided is None else HOA,
    }


def _loads(made: list[Made]) -> dict[str, Load]:
    opened = Counter(each.handler for each in made if each.state in IN_HAND)
    late = Counter(
        each.handler
        for each in made
        if each.state in IN_HAND - STANDING_STILL and each.due_in is not None and each.due_in < 0
    )
    decided = sum(each.decided is not None and _decided_on(each) >= TODAY.replace(day=1) for each in made)
    staff = {*opened, *late, *([HOA] if decided else [])}
    return {each: Load(each, opened[each], late[each], decided if each == HOA else 0) for each in staff}


def _due(each: Made) -> date:
    return TODAY + timedelta(days=each.due_in or 0)


def _decided_on(each: Made) -> date:
    return archive_day(NOW - timedelta(hours=each.decided or 0))
