"""Readers and staff at random: whatever they do, a case goes only where the rules let it, and nothing else changes."""

from collections.abc import Callable
from dataclasses import replace
from datetime import UTC, datetime, timedelta
from itertools import product
from pathlib import Path
from random import Random
from typing import ClassVar

import pytest
from hypothesis import HealthCheck, settings
from hypothesis import strategies as st
from hypothesis.stateful import (
    RuleBasedStateMachine,
    initialize,
    invariant,
    precondition,
    rule,
    run_state_machine_as_test,
)
from sqlalchemy import delete, select

from portal.requests.case import Case, CaseEvent, NoSuchCase, NotAllowed, Overtaken, Requester
from portal.requests.states import EXTERNAL, TRANSITIONS, Actor, ExternalStatus, State, Step, steps_of
from portal.requests.taking import By
from portal.requests.terms import ItemClass
from portal.store.database import Database
from portal.store.tables import case_permits, metadata
from tests.empty import empty_register
from tests.requests.bureau import AN, BINH, GRANTED, HOA, LAN, MINH, REFUSED, TUAN, WORKER, Bureau, line, make_bureau
from tests.requests.rules_of_cases import RULES, WAITING, Expected, open_on, today_of

READERS = [By(frozenset({Actor.READER}), account_id) for account_id in (AN, BINH)]
PEOPLE = [*READERS, LAN, MINH, HOA, TUAN, WORKER]
STARTS = [
    datetime(2026, 2, 10, 2, tzinfo=UTC),
    datetime(2026, 4, 23, 9, tzinfo=UTC),
    datetime(2026, 8, 27, 2, tzinfo=UTC),
    datetime(2026, 11, 20, 9, tzinfo=UTC),
    datetime(2027, 1, 29, 2, tzinfo=UTC),
]
LAST_MOMENT = datetime(2027, 10, 4, 3, tzinfo=UTC)
"""Deadlines that begin later would reach beyond the holidays written down in the rules."""

STAFF_STEPS = {
    Step.RECEIVE: {},
    Step.REFUSE_RECEIPT: {"reason": "not-held", "words": ""},
    Step.ASSIGN: {"to": MINH.id},
    Step.ASK_SUPPLEMENT: {"words": "Xin bổ sung"},
    Step.ASK_PAYMENT: {"amount": 3000, "words": ""},
    Step.NOTE_PAYMENT: {"reference": "BL 12"},
    Step.RETURN_PROPOSAL: {"words": "Xem lại"},
    Step.SEND_TO_AUTHORITY: {"reference": "12/CV"},
    Step.REPLY: {"words": "Kính gửi"},
    Step.STOP: {"words": ""},
    Step.CLOSE: {},
    Step.REOPEN: {"words": "Khiếu nại đúng"},
}
"""The steps that are a method of `Handling` with the same name, and what else they are told."""


class Office(RuleBasedStateMachine):
    """A few cases, everybody at once, and time that passes."""

    made: Callable[[], Bureau]
    taken: ClassVar[set[Step]]

    @initialize(start=st.sampled_from(STARTS))
    def begin(self, start: datetime) -> None:
        self.bureau, self.now = self.made(), start
        self.cases: dict[str, Expected] = {}
        self.seen: dict[str, list[CaseEvent]] = {}

    @precondition(lambda self: len(self.cases) < 3)
    @rule(
        who=st.sampled_from([AN, BINH]),
        item=st.sampled_from(ItemClass),
        kind=st.sampled_from(["citizen", "foreigner", "organisation"]),
    )
    def ask(self, who: str, item: ItemClass, kind: str) -> None:
        if not any(each.account_id == who and each.state is State.DRAFT for each in self.cases.values()):
            draft = self.bureau.draft(who, [line(item=item)], now=self.now)
            self.cases[draft.id] = Expected(who, item, kind, turn=draft.turn)

    @rule(hours=st.sampled_from([1, 5, 9, 24, 72, 24 * 50]))
    def time_passes(self, hours: int) -> None:
        self.now = min(self.now + timedelta(hours=hours), LAST_MOMENT)

    @precondition(lambda self: self.cases)
    @rule(data=st.data(), step=st.sampled_from(Step), by=st.sampled_from(PEOPLE), late=st.integers(0, 4))
    def try_anything(self, data: st.DataObject, step: Step, by: By, late: int) -> None:
        case_id = data.draw(st.sampled_from(sorted(self.cases)))
        self._take(case_id, step, by, turn=self.cases[case_id].turn - (late == 0), granted=data.draw(st.booleans()))

    @precondition(lambda self: self.cases)
    @rule(seed=st.integers(0, 2**32), steps=st.integers(1, 12))
    def do_what_may_be_done(self, seed: int, steps: int) -> None:
        """A case makes its way: each step that the rules allow is as likely as any other, but for the dull and the last."""
        chance = Random(seed)
        case_id = chance.choice(sorted(self.cases))
        expected = self.cases[case_id]
        for _ in range(steps):
            self.time_passes(chance.choice([1, 3, 20, 30]) if not expected.answer_by else chance.choice([3, 24 * 60]))
            ways: dict[Step, list[By]] = {}
            for step, by in product(Step, PEOPLE):
                if expected.allows(step, by, self.now) and (step not in _SELDOM or chance.random() < 0.1):
                    ways.setdefault(step, []).append(by)
            if ways:
                step = chance.choice(sorted(ways, key=lambda each: each.value))
                by = chance.choice(ways[step])
                self._take(case_id, step, by, turn=expected.turn, granted=chance.random() < 0.7)

    @rule()
    def the_worker_grants(self) -> None:
        self.bureau.deciding.grant_waiting(now=self.now)

    def _take(self, case_id: str, step: Step, by: By, *, turn: int, granted: bool) -> None:
        expected, before = self.cases[case_id], self._look(case_id)
        right = turn == expected.turn and expected.allows(step, by, self.now)
        if by.actors == {Actor.READER} and step not in _READERS_STEPS:
            right = False
        try:
            self._do(case_id, step, by, turn, granted)
        except (NoSuchCase, Overtaken, NotAllowed):
            assert not right, (step, by, expected)
            assert self._look(case_id) == before
        else:
            assert right, (step, by, expected)
            expected.took(step, by, self.now, granted=granted)
            self.taken.add(step)

    def _do(self, case_id: str, step: Step, by: By, turn: int, granted: bool) -> None:
        told = {"turn": turn, "now": self.now}
        rulings = {1: GRANTED if granted else REFUSED}
        bureau = self.bureau
        if step is Step.SUBMIT:
            self._submit(case_id, by, turn)
        elif step in _READERS_STEPS:
            extra = {"stars": 5} if step is Step.RATE else {}
            getattr(bureau.cases, step.value)(case_id, by.id, words="Xin gửi", **told, **extra)
        elif step in (Step.PROPOSE, Step.DECIDE):
            take = bureau.handling.propose if step is Step.PROPOSE else bureau.deciding.decide
            take(case_id, rulings, by=by, **told)
        elif step is Step.SEND_TO_AUTHORITY:
            bureau.handling.send_to_authority(case_id, by=by, on=today_of(self.now), **told, **STAFF_STEPS[step])
        elif step is Step.REVOKE:
            codes = [held.permit.code for held in bureau.handling.permits(case_id)]
            bureau.deciding.revoke(case_id, codes, words="Rà soát", by=by, **told)
        else:
            getattr(bureau.handling, step.value.replace("-", "_"))(case_id, by=by, **told, **STAFF_STEPS[step])

    def _submit(self, case_id: str, by: By, turn: int) -> None:
        """Only the reader's own draft can be handed in; whoever has none has nothing to hand in."""
        draft = self.bureau.cases.draft(by.id)
        if draft is None or draft.id != case_id:
            raise NoSuchCase
        if draft.turn != turn:
            raise Overtaken
        requester = Requester(by.id, self.cases[case_id].requester, "Nguyễn Văn An")
        self.bureau.cases.submit(draft, requester, now=self.now)

    def _look(self, case_id: str) -> tuple[Case, list[CaseEvent], list[object]]:
        case = self.bureau.cases.own(case_id, self.cases[case_id].account_id)
        return case, list(self.bureau.handling.events(case_id)), list(self.bureau.handling.permits(case_id))

    @invariant()
    def each_case_is_as_the_rules_say(self) -> None:
        for case_id, expected in getattr(self, "cases", {}).items():
            case, events, _permits = self._look(case_id)
            assert (case.state, case.turn, case.supplements) == (expected.state, expected.turn, expected.supplements)
            assert (case.due_on, case.days_left, case.answer_by) == (expected.due_on, expected.left, expected.answer_by)
            assert case.due_on is None or open_on(case.due_on)
            assert (case.state in WAITING) == (case.days_left is not None)
            assert (case.external is None) == (case.state is State.DRAFT)
            assert [event.step for event in events] == [step.value for step in expected.steps]

    @invariant()
    def what_was_written_down_stays(self) -> None:
        for case_id in getattr(self, "cases", {}):
            events = list(self.bureau.handling.events(case_id))
            known = self.seen.get(case_id, [])
            assert events[: len(known)] == known
            assert [event.at for event in events] == sorted(event.at for event in events)
            self.seen[case_id] = events

    @invariant()
    def nothing_is_open_that_was_not_granted_by_somebody_entitled(self) -> None:
        for case_id, expected in getattr(self, "cases", {}).items():
            held = self.bureau.handling.permits(case_id)
            assert bool(held) == expected.ever_granted
            assert any(each.revoked_at is None for each in held) == expected.standing
            known = {each.permit.code for each in held if each.granted_at and not each.revoked_at}
            in_register = set(self.bureau.in_register(expected.account_id))
            assert {code for code in in_register if code.startswith(f"{self._code(case_id)}/")} == known
            if expected.item is not ItemClass.OPEN:
                assert all(Actor.HEAD in by.actors for by in expected.deciders)

    def _code(self, case_id: str) -> str:
        return self._look(case_id)[0].code or "-"


_SELDOM = {Step.REPLY, Step.WITHDRAW, Step.REFUSE_RECEIPT}
_READERS_STEPS = {Step.SUPPLY, Step.WITHDRAW, Step.RATE, Step.SUBMIT}


def walk_for_long(office: Office, seed: int) -> None:
    """Cases that are followed to their ends, and opened again."""
    office.begin(start=STARTS[seed % len(STARTS)])
    for who, item in ((AN, list(ItemClass)[seed % 3]), (BINH, ItemClass.CONDITIONAL)):
        office.ask(who=who, item=item, kind="foreigner" if seed % 4 == 0 else "citizen")
    for part in range(5):
        office.do_what_may_be_done(seed=100 * seed + part, steps=8)
        office.the_worker_grants()
        office.each_case_is_as_the_rules_say()
        office.what_was_written_down_stays()
        office.nothing_is_open_that_was_not_granted_by_somebody_entitled()


@pytest.mark.parametrize("store", ["postgresql", pytest.param("sqlite", marks=pytest.mark.long)], indirect=True)
def test_no_random_walk_leaves_the_rules(store: Database, tmp_path: Path) -> None:
    opened: list[Bureau] = []

    def again() -> Bureau:
        with store.writing() as connection:
            for table in reversed(metadata.sorted_tables):
                connection.execute(delete(table))
        opened.append(make_bureau(store, empty_register(tmp_path / f"register-{len(opened)}.db")))
        return opened[-1]

    class Here(Office):
        made = staticmethod(again)
        taken: ClassVar[set[Step]] = set()

    walks = settings(max_examples=12, stateful_step_count=20, suppress_health_check=list(HealthCheck))
    run_state_machine_as_test(Here, settings=walks)
    for seed in range(10):
        walk_for_long(Here(), seed)
    assert Here.taken >= set(Step) - _SELDOM, "the walks go everywhere"
    for each in opened:
        each.register.close()


def test_the_table_of_the_program_is_the_one_of_the_rules() -> None:
    assert {row.step: (set(row.sources), row.target, set(row.actors)) for row in TRANSITIONS} == RULES
    assert len(TRANSITIONS) == len(Step)


def test_every_state_can_be_reached_and_what_is_over_is_over_for_its_reader() -> None:
    reached = {State.DRAFT} | {row.target for row in TRANSITIONS if row.target}
    assert reached == set(State)
    for state in (State.WITHDRAWN, State.STOPPED, State.RECEIPT_REFUSED):
        assert steps_of(state, frozenset({Actor.READER})) == ()
    assert steps_of(State.WITHDRAWN, frozenset(Actor)) == (Step.REVOKE,), "what was granted before it was opened again"


def test_the_external_status_is_defined_for_all_but_drafts_and_every_number_is_used() -> None:
    assert set(EXTERNAL) == set(State) - {State.DRAFT}
    assert sorted(set(EXTERNAL.values())) == list(ExternalStatus)
    assert [status.value for status in ExternalStatus] == list(range(1, 11))


@pytest.mark.parametrize("item", list(ItemClass))
def test_who_proposed_never_decides_where_four_eyes_are_needed(bureau: Bureau, item: ItemClass) -> None:
    case = bureau.in_progress(lines=[line(item=item)])
    bureau.handling.propose(case.id, {1: GRANTED}, by=TUAN, turn=case.turn, now=STARTS[3])
    if item is ItemClass.OPEN:
        bureau.deciding.decide(case.id, {1: GRANTED}, by=TUAN, turn=case.turn + 1, now=STARTS[3])
        return
    with pytest.raises(NotAllowed, match="own-proposal"):
        bureau.deciding.decide(case.id, {1: GRANTED}, by=TUAN, turn=case.turn + 1, now=STARTS[3])
    with pytest.raises(NotAllowed, match="head-decides"):
        bureau.deciding.decide(case.id, {1: GRANTED}, by=MINH, turn=case.turn + 1, now=STARTS[3])
    with bureau.database.reading() as connection:
        assert connection.execute(select(case_permits)).all() == []
    bureau.deciding.decide(case.id, {1: GRANTED}, by=HOA, turn=case.turn + 1, now=STARTS[3])


def test_a_reader_takes_no_step_with_the_case_of_another(bureau: Bureau) -> None:
    """In each state from the right turn on: only whose case it is keeps the other away."""
    now, cases = STARTS[3], bureau.cases
    draft = bureau.draft(AN, now=now)
    with pytest.raises(NoSuchCase):
        cases.submit(replace(draft, account_id=BINH), Requester(BINH, "citizen", "Trần Bình"), now=now)
    bureau.submit(draft, now=now)
    handling = bureau.handling
    with pytest.raises(NoSuchCase):
        cases.withdraw(draft.id, BINH, turn=handling.case(draft.id).turn, words="", now=now)
    handling.receive(draft.id, by=LAN, turn=handling.case(draft.id).turn, now=now)
    handling.ask_supplement(draft.id, words="Xin bổ sung", by=LAN, turn=handling.case(draft.id).turn, now=now)
    with pytest.raises(NoSuchCase):
        cases.supply(draft.id, BINH, turn=handling.case(draft.id).turn, words="Xin gửi", now=now)
    cases.supply(draft.id, AN, turn=handling.case(draft.id).turn, words="Xin gửi", now=now)
    bureau.deciding.decide(draft.id, {1: GRANTED}, by=LAN, turn=handling.case(draft.id).turn, now=now)
    handling.close(draft.id, by=LAN, turn=handling.case(draft.id).turn, now=now)
    with pytest.raises(NoSuchCase):
        cases.rate(draft.id, BINH, turn=handling.case(draft.id).turn, stars=1, words="", now=now)
    assert handling.case(draft.id).rating is None
