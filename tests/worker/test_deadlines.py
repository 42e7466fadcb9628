"""What time does to cases and permits: to the day, once, and to no others."""

from collections.abc import Callable
from concurrent.futures import ThreadPoolExecutor
from datetime import date, timedelta
from pathlib import Path

import pytest

from access_policy.permit import Permit
from access_policy.register.errors import RegisterUnavailable
from access_policy.register.store import Register
from portal.requests.deciding import Deciding
from portal.requests.handling import Handling
from portal.requests.ruling import Ruling
from portal.requests.states import State
from portal.requests.terms import Outcome
from portal.store.tables import case_events, case_permits, cases
from portal.worker import apologising, closing, granting, reminding, stopping
from portal.worker.job import Job
from tests.empty import empty_register
from tests.worker.given import NOW, REFUSED, TODAY, Clock, Given

YESTERDAY = TODAY - timedelta(days=1)


def run(job: Job) -> int:
    return job.run(lambda: True)


@pytest.fixture
def account(given: Given) -> str:
    return given.account()


@pytest.fixture
def handling(given: Given) -> Handling:
    return Handling(given.database, given.seal)


def register(folder: Path) -> Register:
    return empty_register(folder / "register.db")


def deciding(given: Given, into: object) -> Deciding:
    return Deciding(given.database, given.seal, into, pseudonym=lambda account_id: f"reader-{account_id[:8]}")  # type: ignore[arg-type]


def test_permits_enter_the_register(given: Given, account: str, clock: Clock, tmp_path: Path) -> None:
    case_id = given.case(account, State.DECIDED)
    code = given.permit(case_id, account, ends_on=TODAY + timedelta(days=9), granted_at=None)
    given.permit(case_id, account, 2, ends_on=TODAY, granted_at=None, revoked_at=NOW)
    kept = register(tmp_path)
    assert run(granting.job(deciding(given, kept), now=clock)) == 1
    assert [permit.code for permit in kept.permits_of(f"reader-{account[:8]}")] == [code]
    assert run(granting.job(deciding(given, kept), now=clock)) == 0


def test_more_permits_than_one_part_enter_in_one_run(
    given: Given, account: str, clock: Clock, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr("portal.worker.granting.AT_ONCE", 2)
    case_id = given.case(account, State.DECIDED)
    for number in range(5):
        given.permit(case_id, account, number, ends_on=TODAY, granted_at=None)
    part = deciding(given, register(tmp_path))
    monkeypatch.setattr(part, "grant_waiting", lambda *, now: Deciding.grant_waiting(part, now=now, most=2))
    assert run(granting.job(part, now=clock)) == 5


def test_while_the_register_is_away_permits_wait(given: Given, account: str, clock: Clock) -> None:
    given.permit(given.case(account, State.DECIDED), account, ends_on=TODAY, granted_at=None)

    class Away:
        def grant(self, permit: Permit, **_: object) -> int:
            raise RegisterUnavailable("register: no answer")

    with pytest.raises(RegisterUnavailable):
        run(granting.job(deciding(given, Away()), now=clock))
    assert [row.granted_at for row in given.rows(case_permits)] == [None]


@pytest.mark.parametrize("state", [State.AWAITING_SUPPLEMENT, State.AWAITING_PAYMENT])
def test_a_case_stops_when_the_last_day_to_answer_is_over(
    state: State, given: Given, account: str, handling: Handling, clock: Clock
) -> None:
    case_id = given.case(account, state, answer_by=TODAY, days_left=1)
    job = stopping.job(given.database, handling, now=clock)
    clock.moment = NOW.replace(hour=16, minute=59)  # 23:59 at the archive
    assert run(job) == 0
    clock.on(minutes=1)
    assert run(job) == 1
    assert given.state(case_id) is State.STOPPED
    assert [template for template, _values in given.told()] == ["stopped"]
    [event] = given.rows(case_events)
    assert (event.step, event.actor) == ("stop", "system")
    assert run(job) == 0


def test_one_case_that_somebody_was_quicker_with_holds_up_no_other(
    given: Given, account: str, handling: Handling, clock: Clock, monkeypatch: pytest.MonkeyPatch
) -> None:
    first = given.case(account, State.AWAITING_SUPPLEMENT, answer_by=YESTERDAY - timedelta(days=1))
    second = given.case(account, State.AWAITING_SUPPLEMENT, answer_by=YESTERDAY)
    stop: Callable[..., None] = handling.stop

    def quicker(case_id: str, **how: object) -> None:
        if case_id == first:
            stop(case_id, **how)
        stop(case_id, **how)

    monkeypatch.setattr(handling, "stop", quicker)
    assert run(stopping.job(given.database, handling, now=clock)) == 1
    assert {given.state(first), given.state(second)} == {State.STOPPED}


def test_of_a_promise_not_kept_the_reader_is_told_once(given: Given, account: str, clock: Clock) -> None:
    late = given.case(account, State.IN_PROGRESS, due_on=YESTERDAY)
    given.case(account, State.IN_PROGRESS, due_on=TODAY)
    given.case(account, State.AWAITING_PAYMENT, answer_by=TODAY)
    given.case(account, State.DECIDED, due_on=YESTERDAY)
    given.case(account, State.SUBMITTED)
    job = apologising.job(given.database, given.seal, now=clock)
    assert run(job) == 1
    [(template, values)] = given.told()
    assert (template, values["case_id"], values["due"]) == ("overdue", late, YESTERDAY.isoformat())
    [case] = [row for row in given.rows(cases) if row.overdue_at]
    assert (case.id, case.turn) == (late, 3)
    assert run(job) == 0


def test_more_late_cases_than_one_part_are_all_told(given: Given, account: str, clock: Clock) -> None:
    for _ in range(apologising.AT_ONCE + 1):
        given.case(account, State.RECEIVED, due_on=YESTERDAY)
    assert run(apologising.job(given.database, given.seal, now=clock)) == apologising.AT_ONCE + 1


COPY_ON_PAPER = {"kind": "copy", "medium": "paper"}
COPY_CERTIFIED = {"kind": "copy", "certified": True}
MAY_DOWNLOAD = Ruling(outcome=Outcome.APPROVED, may_download=True)


@pytest.mark.parametrize(
    ("line", "closes"),
    [
        ({}, True),
        ({"decision": REFUSED}, True),
        ({"decision": REFUSED, "page_count": 0}, True),
        ({"decision": REFUSED, **COPY_ON_PAPER}, True),
        ({"page_count": 0}, False),
        (COPY_ON_PAPER, False),
        (COPY_CERTIFIED, False),
        ({"kind": "copy"}, False),
        ({"kind": "copy", "decision": MAY_DOWNLOAD}, True),
        ({"kind": "copy", "certified": True, "decision": MAY_DOWNLOAD}, False),
        ({"decision": None}, False),
    ],
    ids=str,
)
def test_a_case_closes_by_itself_when_nothing_is_to_be_handed_over(
    line: dict[str, object], closes: bool, given: Given, account: str, handling: Handling, clock: Clock
) -> None:
    case_id = given.case(account, State.DECIDED)
    given.line(case_id, 2, **line)  # type: ignore[arg-type]
    assert run(closing.job(given.database, handling, now=clock)) == closes
    assert given.state(case_id) is (State.CLOSED if closes else State.DECIDED)
    assert [template for template, _values in given.told()] == ["closed"] * closes


def test_a_case_stays_open_until_its_permits_are_in_the_register(
    given: Given, account: str, handling: Handling, clock: Clock
) -> None:
    case_id = given.case(account, State.DECIDED)
    given.permit(case_id, account, 1, ends_on=TODAY)
    given.permit(case_id, account, 2, ends_on=TODAY, granted_at=None)
    assert run(closing.job(given.database, handling, now=clock)) == 0
    assert given.state(case_id) is State.DECIDED


def test_cases_beyond_the_first_part_close_too(
    given: Given, account: str, handling: Handling, clock: Clock, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(closing, "AT_ONCE", 2)
    open_ones = [given.case(account, State.DECIDED) for _ in range(3)]
    for case_id in open_ones:
        given.line(case_id, 2, **COPY_ON_PAPER)  # type: ignore[arg-type]
    for _ in range(4):
        given.case(account, State.DECIDED)
    assert run(closing.job(given.database, handling, now=clock)) == 4


def ending(given: Given, account: str, ends_on: date, **values: object) -> str:
    case_id = given.case(account, State.CLOSED)
    given.permit(case_id, account, ends_on=ends_on, **values)
    return case_id


@pytest.mark.parametrize(("days", "reminded"), [(-1, False), (0, True), (3, True), (4, False)])
def test_a_reminder_comes_three_days_before_the_end(
    days: int, reminded: bool, given: Given, account: str, clock: Clock
) -> None:
    case_id = ending(given, account, TODAY + timedelta(days=days))
    job = reminding.job(given.database, given.seal, now=clock)
    assert run(job) == reminded
    assert run(job) == 0
    assert [template for template, _values in given.told()] == ["permit-ending"] * reminded
    if reminded:
        values = given.told()[0][1]
        assert (values["permit"], values["case_id"]) == (f"{case_id}/1", case_id)
        assert values["ends"] == (TODAY + timedelta(days=days)).isoformat()
        assert values["code"].startswith("H00.1-")


@pytest.mark.parametrize(
    "not_open",
    [{"granted_at": None}, {"revoked_at": NOW}, {"reminded_at": NOW}, {"granted_at": NOW - timedelta(hours=1)}],
    ids=str,
)
def test_what_is_not_open_or_was_opened_only_now_needs_no_reminder(
    not_open: dict[str, object], given: Given, account: str, clock: Clock
) -> None:
    ending(given, account, TODAY + timedelta(days=2), **not_open)
    assert run(reminding.job(given.database, given.seal, now=clock)) == 0
    assert given.told() == []


def test_permits_of_a_case_that_end_together_are_one_message(given: Given, account: str, clock: Clock) -> None:
    case_id = given.case(account, State.CLOSED)
    for number in range(1, 6):
        given.permit(case_id, account, number, ends_on=TODAY + timedelta(days=1))
    given.permit(case_id, account, 6, ends_on=TODAY + timedelta(days=3))
    assert run(reminding.job(given.database, given.seal, now=clock)) == 2
    named = [values["permit"] for _template, values in given.told()]
    assert named == [f"{case_id}/1 – {case_id}/5", f"{case_id}/6"]
    assert all(row.reminded_at is not None for row in given.rows(case_permits))


def test_two_that_do_the_same_at_once_tell_nobody_twice(given: Given, account: str, clock: Clock) -> None:
    for _ in range(10):
        ending(given, account, TODAY)
        given.case(account, State.RECEIVED, due_on=YESTERDAY)
    jobs = [build(given.database, given.seal, now=clock) for build in (reminding.job, apologising.job) for _ in "12"]
    with ThreadPoolExecutor(4) as threads:
        assert sum(threads.map(run, jobs)) == 20
    assert len(given.told()) == 20


def test_told_to_end_nothing_more_is_begun(given: Given, account: str, handling: Handling, clock: Clock) -> None:
    given.case(account, State.AWAITING_SUPPLEMENT, answer_by=YESTERDAY)
    given.case(account, State.RECEIVED, due_on=YESTERDAY)
    given.case(account, State.DECIDED)
    ending(given, account, TODAY)
    jobs = [
        stopping.job(given.database, handling, now=clock),
        closing.job(given.database, handling, now=clock),
        apologising.job(given.database, given.seal, now=clock),
        reminding.job(given.database, given.seal, now=clock),
    ]
    assert [job.run(lambda: False) for job in jobs] == [0, 0, 0, 0]
    assert given.told() == []
