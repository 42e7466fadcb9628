"""Several people at once, and a machine that stops in between: one wins, nothing is given twice, nothing stays open."""

from collections.abc import Callable
from concurrent.futures import ThreadPoolExecutor
from contextlib import suppress
from datetime import datetime, timedelta
from threading import Barrier, Event

import pytest
from sqlalchemy import select, update

from access_policy.permit import Permit
from access_policy.register.errors import RegisterUnavailable
from access_policy.register.store import Register
from portal.requests.case import Case, NoSuchCase, NotAllowed, Overtaken
from portal.requests.codes import CODE
from portal.requests.files import MOST_FILES, CaseFiles, FileRefused
from portal.requests.scanning import NoScanner
from portal.requests.states import State
from portal.store.tables import case_permits
from tests.requests.bureau import AN, FORM, GRANTED, HOA, LAN, MINH, MONDAY, REFUSED, Bureau, line

HOUR = timedelta(hours=1)


def all_at_once(*deeds: Callable[[], object]) -> list[object]:
    """What each came to, in order; an exception where one was raised."""
    start = Barrier(len(deeds), timeout=20)

    def run(deed: Callable[[], object]) -> object:
        start.wait()
        try:
            return deed()
        except Exception as error:
            return error

    with ThreadPoolExecutor(len(deeds)) as pool:
        return list(pool.map(run, deeds, timeout=60))


def test_of_two_archivists_who_decide_at_once_one_is_told(postgres_bureau: Bureau) -> None:
    bureau = postgres_bureau
    for _ in range(5):
        case = bureau.in_progress()
        came = all_at_once(
            lambda case=case: bureau.deciding.decide(case.id, {1: GRANTED}, by=LAN, turn=case.turn, now=MONDAY),  # type: ignore[misc]
            lambda case=case: bureau.deciding.decide(case.id, {1: REFUSED}, by=MINH, turn=case.turn, now=MONDAY),  # type: ignore[misc]
        )
        assert sorted(type(each).__name__ for each in came) == ["NoneType", "Overtaken"]
        kept = bureau.handling.case(case.id)
        winner = LAN if came[0] is None else MINH
        assert (kept.state, kept.decided_by, kept.turn) == (State.DECIDED, winner.id, case.turn + 1)
        assert [event.step for event in bureau.handling.events(case.id)].count("decide") == 1
        assert bool(bureau.handling.permits(case.id)) == (winner is LAN)


def test_fifty_submissions_at_once_get_fifty_codes_in_a_row(postgres_bureau: Bureau) -> None:
    bureau = postgres_bureau
    readers = [f"{number:032x}" for number in range(1, 51)]
    bureau.settle(*readers)
    drafts = [bureau.draft(each) for each in readers]
    with ThreadPoolExecutor(12) as pool:
        given = [each.code for each in pool.map(bureau.submit, drafts, timeout=60)]
    assert sorted(given) == [f"H00.1-261116-{number:04}" for number in range(1, 51)]
    assert all(CODE.fullmatch(code) for code in given)


def test_a_submission_that_fails_takes_no_code_with_it(bureau: Bureau) -> None:
    draft = bureau.draft()
    bureau.cases.save(AN, FORM, draft.lines, now=MONDAY)
    with pytest.raises(Overtaken):
        bureau.submit(draft)
    kept = bureau.cases.draft(AN)
    assert kept is not None
    assert bureau.submit(kept).code == "H00.1-261116-0001"


def test_whoever_submits_twice_has_submitted_once(postgres_bureau: Bureau) -> None:
    draft = postgres_bureau.draft()
    came = all_at_once(*[lambda: postgres_bureau.submit(draft)] * 4)
    assert sum(not isinstance(each, Exception) for each in came) == 1
    assert all(isinstance(each, Overtaken) for each in came if isinstance(each, Exception))
    assert len(postgres_bureau.cases.all_own(AN, most=9)) == 1


def test_two_tabs_put_in_what_each_of_them_chose(postgres_bureau: Bureau) -> None:
    bureau = postgres_bureau
    for _ in range(5):
        wanted = {f"qn.{number}" for number in range(6)}
        deeds = [lambda each=each: bureau.cases.put_in(AN, line(each), now=MONDAY) for each in wanted]
        assert all(isinstance(each, Case) for each in all_at_once(*deeds))
        draft = bureau.cases.draft(AN)
        assert draft is not None
        assert {each.record_id for each in draft.lines} == wanted
        assert [each.number for each in draft.lines] == list(range(1, 7))
        bureau.cases.discard(AN)


def test_saving_a_form_neither_drops_nor_brings_back_what_another_tab_did(bureau: Bureau) -> None:
    seen = bureau.draft(lines=[line("qn.1"), line("qn.2")])
    bureau.cases.put_in(AN, line("qn.3"), now=MONDAY)
    bureau.cases.take_out(AN, 1, now=MONDAY)
    bureau.cases.save(AN, FORM, seen.lines, now=MONDAY)
    draft = bureau.cases.draft(AN)
    assert draft is not None
    assert [(each.number, each.record_id) for each in draft.lines] == [(1, "qn.2"), (2, "qn.3")]


def test_a_form_that_was_handed_in_elsewhere_cannot_be_saved(bureau: Bureau) -> None:
    seen = bureau.draft()
    bureau.submit(seen)
    with pytest.raises(NoSuchCase):
        bureau.cases.save(AN, FORM, seen.lines, now=MONDAY)


def test_no_more_files_than_allowed_when_they_come_at_once(postgres_bureau: Bureau, tmp_path) -> None:  # type: ignore[no-untyped-def]
    draft = postgres_bureau.draft()
    files = CaseFiles(postgres_bureau.database, postgres_bureau.seal, tmp_path, NoScanner(), most_bytes=100)
    came = all_at_once(*[lambda: files.add(draft.id, "a.pdf", b"%PDF-1.7 x", now=MONDAY)] * 9)
    refused = [each for each in came if isinstance(each, FileRefused)]
    assert (len(files.of(draft.id)), len(refused)) == (MOST_FILES, 9 - MOST_FILES)
    assert len(list((tmp_path / draft.id).iterdir())) == MOST_FILES, "nothing lies about that nobody knows of"


class Slow:
    """The register behind a wire on which a grant waits until it is let go."""

    def __init__(self, register: Register) -> None:
        self.register, self.reached, self.go_on = register, Event(), Event()

    def grant(self, permit: Permit, *, reader_id: str, author: str, now: datetime) -> int:
        self.reached.set()
        assert self.go_on.wait(20)
        return self.register.grant(permit, reader_id=reader_id, author=author, now=now)

    def revoke(self, code: str, *, author: str, now: datetime) -> int:
        return self.register.revoke(code, author=author, now=now)


def test_what_is_revoked_while_it_is_granted_is_never_open_afterwards(postgres_bureau: Bureau) -> None:
    bureau, slow = postgres_bureau, Slow(postgres_bureau.register)
    case = bureau.decided()
    [held] = bureau.handling.permits(case.id)
    with ThreadPoolExecutor(2) as pool:
        granting = pool.submit(bureau.deciding_with(slow).grant_waiting, now=MONDAY)
        assert slow.reached.wait(20)
        revoking = pool.submit(
            bureau.deciding.revoke, case.id, [held.permit.code], words="Rà soát", by=HOA, turn=case.turn, now=MONDAY
        )
        slow.go_on.set()
        assert granting.result(20) == 1
        revoking.result(20)
    assert bureau.in_register() == []
    assert bureau.deciding.grant_waiting(now=MONDAY) == 0
    assert bureau.in_register() == []
    [held] = bureau.handling.permits(case.id)
    assert held.revoked_at is not None


def test_two_workers_grant_each_permit_once(postgres_bureau: Bureau) -> None:
    bureau = postgres_bureau
    case = bureau.decided(lines=[line(f"qn.{number}") for number in range(8)])
    all_at_once(*[lambda: bureau.deciding.grant_waiting(now=MONDAY, most=3)] * 4)
    while bureau.deciding.grant_waiting(now=MONDAY):
        pass
    assert len(bureau.in_register()) == 8
    assert all(held.granted_at for held in bureau.handling.permits(case.id))
    assert len([each for each in bureau.register.changes(100) if each.kind == "grant"]) == 8


class Breaking:
    """The register, which does what it is told or not, and then is gone."""

    def __init__(self, register: Register, *, after: bool) -> None:
        self.register, self.after = register, after

    def grant(self, permit: Permit, *, reader_id: str, author: str, now: datetime) -> int:
        if self.after:
            self.register.grant(permit, reader_id=reader_id, author=author, now=now)
        raise RegisterUnavailable("away")

    def revoke(self, code: str, *, author: str, now: datetime) -> int:
        if self.after:
            self.register.revoke(code, author=author, now=now)
        raise RegisterUnavailable("away")


@pytest.mark.parametrize("after", [False, True], ids=["before the register", "after the register"])
def test_a_crash_while_granting_opens_nothing_twice_and_nothing_is_lost(bureau: Bureau, after: bool) -> None:
    case = bureau.decided()
    assert bureau.in_register() == [], "decided and not granted yet"
    with pytest.raises(RegisterUnavailable):
        bureau.deciding_with(Breaking(bureau.register, after=after)).grant_waiting(now=MONDAY)
    [held] = bureau.handling.permits(case.id)
    assert held.granted_at is None
    assert bureau.deciding.grant_waiting(now=MONDAY + HOUR) == 1
    assert bureau.in_register() == [held.permit.code]
    assert bureau.deciding.grant_waiting(now=MONDAY + HOUR) == 0
    assert len([each for each in bureau.register.changes(100) if each.kind == "grant"]) == 1


def test_a_decision_that_is_not_written_grants_nothing(bureau: Bureau, monkeypatch: pytest.MonkeyPatch) -> None:
    case = bureau.in_progress()
    monkeypatch.setattr("portal.requests.taking.enqueue", _fails)
    with pytest.raises(RuntimeError):
        bureau.deciding.decide(case.id, {1: GRANTED}, by=LAN, turn=case.turn, now=MONDAY)
    monkeypatch.undo()
    assert bureau.deciding.grant_waiting(now=MONDAY) == 0
    assert bureau.in_register() == []
    assert bureau.handling.case(case.id) == case


@pytest.mark.parametrize("after", [False, True], ids=["before the register", "after the register"])
def test_a_crash_while_revoking_leaves_nothing_open_that_the_head_can_not_close(bureau: Bureau, after: bool) -> None:
    case = bureau.decided()
    bureau.deciding.grant_waiting(now=MONDAY)
    [code] = bureau.in_register()
    told = {"words": "Rà soát", "by": HOA, "turn": case.turn, "now": MONDAY}
    with pytest.raises(RegisterUnavailable):
        bureau.deciding_with(Breaking(bureau.register, after=after)).revoke(case.id, [code], **told)  # type: ignore[arg-type]
    assert bureau.handling.case(case.id).turn == case.turn
    bureau.deciding.grant_waiting(now=MONDAY)
    assert bureau.in_register() == ([] if after else [code])
    bureau.deciding.revoke(case.id, [code], **told)  # type: ignore[arg-type]
    assert bureau.in_register() == []


def test_a_revocation_that_is_not_written_has_closed_all_the_same(
    bureau: Bureau, monkeypatch: pytest.MonkeyPatch
) -> None:
    case = bureau.decided()
    bureau.deciding.grant_waiting(now=MONDAY)
    [code] = bureau.in_register()
    monkeypatch.setattr("portal.requests.taking.enqueue", _fails)
    with pytest.raises(RuntimeError):
        bureau.deciding.revoke(case.id, [code], words="Rà soát", by=HOA, turn=case.turn, now=MONDAY)
    assert bureau.in_register() == []
    bureau.deciding.grant_waiting(now=MONDAY)
    assert bureau.in_register() == []


def test_a_case_decided_again_ends_what_was_granted_before(bureau: Bureau) -> None:
    case = bureau.decided()
    bureau.deciding.grant_waiting(now=MONDAY)
    bureau.handling.close(case.id, by=LAN, turn=case.turn, now=MONDAY)
    bureau.handling.reopen(case.id, words="Khiếu nại", by=HOA, turn=case.turn + 1, now=MONDAY)
    again = bureau.handling.case(case.id)
    assert (again.decided_at, again.decided_by) == (None, ""), "it is undecided, and its new deadline is shown"
    bureau.deciding.decide(case.id, {1: GRANTED}, by=LAN, turn=again.turn, now=MONDAY + HOUR)
    assert bureau.in_register() == []
    bureau.deciding.grant_waiting(now=MONDAY + HOUR)
    assert bureau.in_register() == [f"{case.code}/2"]


def test_a_permit_nobody_decided_is_not_made_up_by_a_worker(bureau: Bureau) -> None:
    case = bureau.decided()
    with bureau.database.writing() as connection:
        connection.execute(update(case_permits).values(revoked_at=MONDAY))
    assert bureau.deciding.grant_waiting(now=MONDAY) == 0
    with bureau.database.reading() as connection:
        assert connection.execute(select(case_permits.c.granted_at)).scalars().all() == [None]
    with suppress(NotAllowed):
        bureau.deciding.revoke(case.id, [f"{case.code}/1"], words="x", by=HOA, turn=case.turn, now=MONDAY)
    assert bureau.in_register() == []


def _fails(*_given: object, **_named: object) -> None:
    raise RuntimeError("the machine stops")
