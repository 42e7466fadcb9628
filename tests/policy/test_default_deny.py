"""Unknown means no: unknown actions, modes, rules, readers, wires; no rules, no grounds, no audience."""

from typing import cast

import pytest

from access_policy.conditions import AccessConditions, from_wire, to_wire
from access_policy.decide import decide
from access_policy.disclosure import disclosure_of
from access_policy.modes import read_mode
from access_policy.permit import Permit
from access_policy.reader import ANONYMOUS, NOBODY, Reader
from access_policy.record import Quarantine, Withdrawal
from access_policy.rules import CLOSED_BY_DEFAULT, RULES, conditions_of, rule_named
from access_policy.terms import AccessMode, AccessStatus, Action, Audience, Known, Level
from tests.policy.cases import CONDITIONS, DAY, OPEN, TODAY, listing, parent, record


def allowed(action: Action, conditions: AccessConditions, reader: Reader = ANONYMOUS, page: int | None = None) -> bool:
    return decide(action, conditions, record_id="r", reader=reader, today=TODAY, page=page).allowed


@pytest.mark.parametrize("action", ["find", None, "delete", 0])
def test_an_action_nobody_defined_is_refused(action: object) -> None:
    assert not allowed(cast("Action", action), AccessConditions((OPEN,)))


@pytest.mark.parametrize("action", [Action.PRINT, Action.DOWNLOAD])
def test_printing_and_downloading_need_a_permit(action: Action) -> None:
    assert not allowed(action, AccessConditions((OPEN,)))
    permit = Permit("G", "r", frozenset({action}), TODAY, TODAY)
    assert allowed(action, AccessConditions((OPEN,)), Reader(ANONYMOUS.audiences, (permit,)))


def test_nothing_speaks_so_nothing_is_allowed() -> None:
    for action in Action:
        assert not allowed(action, AccessConditions())
    assert disclosure_of(AccessConditions(), today=TODAY) is None
    assert conditions_of(record(), (), rules=()) == AccessConditions()


def test_nobody_may_do_anything() -> None:
    for conditions in CONDITIONS:
        assert not any(allowed(action, conditions, NOBODY) for action in Action)


@pytest.mark.parametrize(
    "mode",
    [
        "",
        None,
        "  ",
        "??",
        "09",
        "Riêng tư",
        "01; 02",
        "không công khai",
        "MẬT",
        "tuyệt mật",
        "03",
        "0\u03361\u0336",
        "1\u0338",
        "cộng khai",
        "công khái",
    ],
)
def test_unknown_missing_and_secret_modes_are_not_even_known(mode: str | None) -> None:
    conditions = conditions_of(record(mode), ())
    assert conditions.known(TODAY) is Known.NOTHING
    assert disclosure_of(conditions, today=TODAY) is None
    assert not any(allowed(action, conditions) for action in Action)


@pytest.mark.parametrize("mode", ["01", "1", " Công khai ", "CÔNG KHAI", "Tiếp cận rộng rãi"])
def test_public_modes_are_open(mode: str) -> None:
    assert allowed(Action.READ, conditions_of(record(mode), ()))


@pytest.mark.parametrize("mode", ["03", "??", None])
def test_a_parent_that_is_not_known_closes_what_is_in_it(mode: str | None) -> None:
    conditions = conditions_of(record("01", parents=(parent(mode),)), ())
    assert conditions.known(TODAY) is Known.NOTHING


def test_a_fonds_without_a_mode_closes_nothing_but_a_fonds_with_one_does() -> None:
    assert allowed(Action.READ, conditions_of(record("01", parents=(parent(None, Level.FONDS),)), ()))
    assert not allowed(Action.FIND, conditions_of(record("01", parents=(parent("Mật", Level.FONDS),)), ()))
    assert allowed(Action.FIND, conditions_of(record(None, Level.FONDS), ()))


def test_conditional_shows_the_description_and_takes_requests() -> None:
    conditions = conditions_of(record("02"), ())
    assert allowed(Action.FIND, conditions)
    assert allowed(Action.REQUEST, conditions)
    assert not allowed(Action.READ, conditions)


def test_a_reading_room_record_is_read_there_only() -> None:
    conditions = conditions_of(record("Đọc tại phòng đọc"), ())
    assert not allowed(Action.READ, conditions)
    assert allowed(Action.READ, conditions, Reader(frozenset({Audience.EVERYONE, Audience.READING_ROOM})))
    inside = conditions_of(record("01", parents=(parent("Đọc tại phòng đọc"),)), ())
    assert not allowed(Action.READ, inside)


def test_a_list_closes_until_its_day_and_a_coming_list_closes_from_its_day() -> None:
    opens_tomorrow = conditions_of(record(), (listing(opens_on=TODAY + DAY),))
    assert not allowed(Action.FIND, opens_tomorrow)
    assert decide(Action.READ, opens_tomorrow, record_id="r", reader=ANONYMOUS, today=TODAY + DAY).allowed
    assert allowed(Action.READ, conditions_of(record(), (listing(opens_on=TODAY - DAY),)))
    assert not allowed(Action.FIND, conditions_of(record(), (listing(since=TODAY),)))
    assert allowed(Action.READ, conditions_of(record(), (listing(since=TODAY + DAY),)))


def test_pages_on_a_list_are_closed_and_their_neighbours_are_not() -> None:
    conditions = conditions_of(record(), (listing(pages=(3, 5)),))
    assert [allowed(Action.READ, conditions, page=n) for n in range(1, 8)] == [
        True,
        True,
        False,
        False,
        False,
        True,
        True,
    ]
    assert allowed(Action.FIND, conditions)


def test_a_permit_for_some_pages_or_another_record_opens_no_more() -> None:
    permit = Permit("G", "r", frozenset({Action.READ}), TODAY, TODAY, pages=(2, 3))
    reader = Reader(ANONYMOUS.audiences, (permit,))
    conditions = conditions_of(record("02"), ())
    assert [allowed(Action.READ, conditions, reader, page=n) for n in (1, 2, 3, 4)] == [False, True, True, False]
    assert not allowed(Action.READ, conditions, reader)
    other = decide(Action.READ, conditions, record_id="other", reader=reader, today=TODAY, page=2)
    assert not other.allowed
    assert not allowed(Action.READ, conditions_of(record("03"), ()), reader, page=2)


def test_conditions_survive_the_wire_and_a_damaged_wire_is_closed() -> None:
    for conditions in CONDITIONS:
        assert from_wire(to_wire(conditions)) == conditions
    good = to_wire(AccessConditions((OPEN,)))[0]
    for damage in ({"status": "WIDE_OPEN"}, {"known": None}, {"since": "soon"}, {"audience": "all"}, {"pages": [1]}):
        assert from_wire([good, good | damage]) == AccessConditions()
    assert from_wire([{}]) == AccessConditions()
    assert from_wire(["open"]) == AccessConditions()  # type: ignore[list-item]


def test_every_rule_has_its_article_and_words_in_both_languages() -> None:
    for rule in (*RULES, CLOSED_BY_DEFAULT):
        assert rule.citation.text
        assert rule.citation.text_en
        assert rule.words
        assert rule.words_en
    assert len({rule.name for rule in RULES}) == len(RULES)
    assert rule_named("nobody knows it") is CLOSED_BY_DEFAULT


def test_the_strictest_ground_governs() -> None:
    for conditions in CONDITIONS:
        status = conditions.governing(TODAY).status
        in_force = [ground.status for ground in conditions.grounds if ground.in_force(TODAY)]
        assert status is max(in_force, default=AccessStatus.CLOSED)


def test_reading_a_mode_is_a_table() -> None:
    assert read_mode("Tiếp cận có điều kiện") is AccessMode.CONDITIONAL
    assert read_mode("TỐI MẬT") is AccessMode.SECRET
    assert read_mode("công khai một phần") is AccessMode.UNKNOWN


def test_no_permit_opens_what_has_been_withdrawn() -> None:
    permit = Permit("G", "r", frozenset({Action.READ}), TODAY, TODAY)
    reader = Reader(ANONYMOUS.audiences, (permit,))
    listed, withdrawn = listing(), Withdrawal(TODAY, "x")
    assert allowed(Action.READ, conditions_of(record(), (listed,)), reader)
    assert not allowed(Action.READ, conditions_of(record(), (listed, withdrawn)), reader)
    assert not allowed(Action.READ, conditions_of(record(), (Quarantine(1, "SECRET"),)), reader)
