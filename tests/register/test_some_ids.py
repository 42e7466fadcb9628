"""What is read against some ids, or weighed with sets of ids, is what the whole register says of them."""

from collections.abc import Sequence
from datetime import UTC, date, datetime
from itertools import count

from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from access_policy.permit import Permit
from access_policy.record import Listing, Registered, lineage
from access_policy.register.entries import ListEntry
from access_policy.register.restrictions import Restrictions, Supposed
from access_policy.register.store import Register
from access_policy.terms import Action
from tests.register.given import AN, BINH, NOW, active, draft, entry, record

IDS = ("h1", "h1.a", "h1.a.1", "h1.a.2", "h1.ab", "h1.b", "h2", "h2.a", "h2.ă", "H2.a%")
DAYS = tuple(date(2026, 12, day) for day in (1, 2, 3))
NUMBERS = count()
"""Registers of one test are one register, which only grows."""

pages = st.sampled_from([None, (1, 1), (2, 4), (4, 9)])
days = st.sampled_from(DAYS)
few = settings(max_examples=8, deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture])


@st.composite
def lines(draw: st.DrawFn) -> ListEntry:
    found = draw(pages)
    first, last = found or (None, None)
    opens = draw(st.none() | days)
    return entry(draw(st.sampled_from(IDS)), first_page=first, last_page=last, opens_on=opens)


lists = st.lists(lines(), max_size=6)


def number() -> str:
    return f"{next(NUMBERS)}/DM"


def permit(record_id: str, some: tuple[int, int] | None) -> Permit:
    return Permit(f"G{next(NUMBERS):06}", record_id, frozenset({Action.READ}), DAYS[0], DAYS[1], pages=some)


@few
@given(lists, lists, st.lists(st.tuples(st.sampled_from(IDS), pages), max_size=3), st.sets(st.sampled_from(IDS)))
def test_some_ids_are_answered_as_by_the_whole(
    register: Register,
    one: list[ListEntry],
    other: list[ListEntry],
    withdrawn: list[tuple[str, tuple[int, int] | None]],
    asked: set[str],
) -> None:
    active(register, number(), one, since=DAYS[0])
    draft(register, number(), other)
    for target, some in withdrawn:
        register.withdraw(target, reason="đơn", author=AN, now=NOW, pages=some)
    whole, narrow = register.restrictions(), register.restrictions_of({each.lower() for each in asked})
    for target in IDS:
        above = [each for each in lineage(target.lower(), ("h1.a",)) if each in {each.lower() for each in asked}]
        assert narrow.naming(target.lower(), above) == whole.naming(target.lower(), above)
    assert narrow.revision == whole.revision


def test_a_record_and_all_above_it_are_answered_as_by_the_whole(register: Register) -> None:
    active(register, "1/DM", [entry("h1"), entry("h1.a", first_page=1), entry("h1.a.1"), entry("h1.b")])
    own = record("h1.a.1", "h1.a")
    assert register.restrictions_of(own.lineage).of(own) == register.restrictions().of(own)
    assert len(register.restrictions_of(own.lineage).of(own)) == 2
    assert register.restrictions_of([]).of(own) == ()
    many = [f"x{n}" for n in range(2500)]
    assert register.restrictions_of([*many, "h1"]).of(own) == register.restrictions_of(["h1"]).of(own)


@few
@given(lists, lists, lists, st.lists(st.tuples(st.sampled_from(IDS), pages), max_size=3), days, st.booleans())
def test_a_draft_is_weighed_as_the_whole_says(
    register: Register,
    replaced: list[ListEntry],
    standing: list[ListEntry],
    own: list[ListEntry],
    held: list[tuple[str, tuple[int, int] | None]],
    day: date,
    replaces: bool,
) -> None:
    numbers = [number() for _ in range(3)]
    active(register, numbers[0], replaced, since=DAYS[0])
    active(register, numbers[1], standing, since=DAYS[1])
    draft(register, numbers[2], own)
    for record_id, some in held:
        register.grant(permit(record_id.lower(), some), reader_id="r", author=AN, now=NOW)
    supposed = Supposed(numbers[2], day, numbers[0] if replaces else None)
    found, then = register.weigh(supposed), register.restrictions(supposed)
    targets, before = targets_of(own), targets_of(replaced) if replaces else frozenset()
    assert (found.own, found.before) == (targets, before)
    assert found.closed == {each for each in targets if by_list(then, each, day, numbers[2])}
    assert found.opened == {each for each in before if not binding(then, each, day)}
    touched = [each for each in register.open_permits() if each.starts_on <= day <= each.ends_on]
    assert found.permits == tuple(
        each
        for each in touched
        if any(overlap(said.pages, each.pages) for said in by_list(then, each.record_id, day, numbers[2]))
    )
    for code in [each.code for each in register.open_permits()]:
        register.revoke(code, author=BINH, now=NOW)


def test_withdrawals_keep_closed_what_a_replaced_list_named(register: Register) -> None:
    active(register, "1/DM", [entry("h1.a"), entry("h2.a")], since=DAYS[0])
    draft(register, "2/DM", [])
    register.withdraw("h1", reason="đơn", author=AN, now=NOW)
    register.withdraw("h2.a", reason="đơn", author=AN, now=datetime(2026, 12, 5, tzinfo=UTC))
    assert register.weigh(Supposed("2/DM", DAYS[1], "1/DM")).opened == {"h2.a"}


def test_ids_are_found_by_how_they_begin(register: Register) -> None:
    active(register, "1/DM", [entry(each) for each in IDS])
    draft(register, "2/DM", [entry("h1.chi-ban-nhap")])
    register.withdraw("h1.c", reason="đơn", author=AN, now=NOW)
    register.lift(register.withdraw("h1.d", reason="đơn", author=AN, now=NOW), reason="xong", author=AN, now=NOW)
    register.grant(permit("h1.e", None), reader_id="r", author=AN, now=NOW)
    register.grant(permit("h1.a", None), reader_id="r", author=AN, now=NOW)

    def beginning(prefix: str, offset: int = 0, limit: int = 20) -> Sequence[str]:
        return register.ids_beginning(prefix, offset=offset, limit=limit)

    assert beginning("h1.") == ["h1.a", "h1.a.1", "h1.a.2", "h1.ab", "h1.b", "h1.c", "h1.e"]
    assert beginning("h1.", 2, 3) == ["h1.a.2", "h1.ab", "h1.b"]
    assert beginning("h2.a") == ["h2.a", "h2.a%"]
    assert beginning("h2.a%") == ["h2.a%"]
    assert beginning("h2.ă") == ["h2.ă"]
    assert beginning("%") == beginning("_") == []
    assert beginning("h3") == []


def test_permits_are_asked_for_by_record(register: Register) -> None:
    first, second = permit("h1.a", None), permit("h1.b", (2, 4))
    for each in (first, second, permit("h2", None)):
        register.grant(each, reader_id="r", author=AN, now=NOW)
    assert register.open_permits_for(["h1.b", "h1.a", "h3"]) == (first, second)
    register.revoke(first.code, author=BINH, now=NOW)
    assert register.open_permits_for(["h1.b", "h1.a"]) == (second,)
    assert register.open_permits_for([]) == ()


def targets_of(entries: list[ListEntry]) -> frozenset[str]:
    return frozenset(each.target_id.lower() for each in entries)


def binding(then: Restrictions, target: str, day: date) -> list[Registered]:
    """What the whole says of an id of which no more than its archive is known."""
    return [each for each in then.naming(target, lineage(target, ())) if binds(each, day)]


def by_list(then: Restrictions, target: str, day: date, list_number: str) -> list[Registered]:
    found = binding(then, target, day)
    return [each for each in found if isinstance(each, Listing) and each.list_number == list_number]


def binds(restriction: Registered, day: date) -> bool:
    if not isinstance(restriction, Listing):
        return restriction.since <= day
    ends = [end for end in (restriction.until, restriction.opens_on) if end is not None]
    return restriction.since <= day < min(ends, default=date.max)


def overlap(one: tuple[int, int] | None, other: tuple[int, int] | None) -> bool:
    return one is None or other is None or (one[0] <= other[1] and other[0] <= one[1])
