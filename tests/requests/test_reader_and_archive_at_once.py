"""A reader and the archive who act on the same case in the same moment: one of them is first, and nothing is half done."""

from datetime import timedelta

from portal.requests.case import Case, NotAllowed, Overtaken
from portal.requests.states import State
from portal.requests.taking import By
from tests.requests.bureau import AN, GRANTED, HOA, LAN, MONDAY, WORKER, Bureau
from tests.requests.test_at_once import all_at_once

PATIENCE = timedelta(days=60)


def test_a_decision_while_the_reader_withdraws_grants_or_does_not(postgres_bureau: Bureau) -> None:
    bureau = postgres_bureau
    for _ in range(5):
        case = bureau.in_progress()
        came = all_at_once(
            lambda case=case: bureau.deciding.decide(case.id, {1: GRANTED}, by=LAN, turn=case.turn, now=MONDAY),  # type: ignore[misc]
            lambda case=case: bureau.cases.withdraw(case.id, AN, turn=case.turn, words="", now=MONDAY),  # type: ignore[misc]
        )
        assert sorted(type(each).__name__ for each in came) == ["NoneType", "Overtaken"]
        bureau.deciding.grant_waiting(now=MONDAY)
        decided = bureau.handling.case(case.id).state is State.DECIDED
        assert decided == (came[0] is None)
        assert bool(bureau.handling.permits(case.id)) == decided
        codes = [code for code in bureau.in_register() if code.startswith(f"{bureau.handling.case(case.id).code}/")]
        assert bool(codes) == decided


def test_an_answer_while_the_worker_stops_the_case_is_taken_or_refused(postgres_bureau: Bureau) -> None:
    bureau, late = postgres_bureau, MONDAY + PATIENCE
    for _ in range(5):
        case = bureau.in_progress()
        bureau.handling.ask_supplement(case.id, words="Xin bổ sung", by=LAN, turn=case.turn, now=MONDAY)
        turn = case.turn + 1
        came = all_at_once(
            lambda case=case, turn=turn: bureau.cases.supply(case.id, AN, turn=turn, words="Xin gửi", now=late),  # type: ignore[misc]
            lambda case=case: bureau.handling.stop(case.id, words="", by=WORKER, turn=None, now=late),  # type: ignore[misc]
        )
        kept = bureau.handling.case(case.id)
        supplied = came[0] is None
        assert isinstance(came[1 if supplied else 0], NotAllowed | Overtaken)
        assert kept.state is (State.IN_PROGRESS if supplied else State.STOPPED)
        assert (kept.due_on is not None) == supplied
        assert (kept.days_left, kept.answer_by) == (None, None)


def test_a_revocation_while_the_case_is_decided_anew_leaves_what_was_decided_last(postgres_bureau: Bureau) -> None:
    bureau = postgres_bureau
    for _ in range(5):
        case = _opened_again(bureau, LAN)
        codes = [held.permit.code for held in bureau.handling.permits(case.id)]
        came = all_at_once(
            lambda case=case: bureau.deciding.decide(case.id, {1: GRANTED}, by=LAN, turn=case.turn, now=MONDAY),  # type: ignore[misc]
            lambda case=case, codes=codes: bureau.deciding.revoke(  # type: ignore[misc]
                case.id, codes, words="Rà soát", by=HOA, turn=case.turn, now=MONDAY
            ),
        )
        assert sorted(type(each).__name__ for each in came) == ["NoneType", "Overtaken"]
        bureau.deciding.grant_waiting(now=MONDAY)
        standing = {held.permit.code for held in bureau.handling.permits(case.id) if held.revoked_at is None}
        assert standing.isdisjoint(codes)
        assert bool(standing) == (came[0] is None)
        known = {code for code in bureau.in_register() if code.startswith(f"{case.code}/")}
        assert known == standing


def _opened_again(bureau: Bureau, by: By) -> Case:
    case = bureau.decided()
    bureau.deciding.grant_waiting(now=MONDAY)
    bureau.handling.close(case.id, by=by, turn=case.turn, now=MONDAY)
    bureau.handling.reopen(case.id, words="Khiếu nại", by=HOA, turn=case.turn + 1, now=MONDAY)
    return bureau.handling.case(case.id)
