"""Lines that contradict each other, checked against every pair; targets that nobody knows; order and values kept."""

from dataclasses import replace
from datetime import date
from itertools import combinations

from hypothesis import given, settings
from hypothesis import strategies as st

from access_policy.register.entries import ListEntry
from indexer.lists.staging import Staging

PAGES = st.none() | st.tuples(st.integers(1, 6), st.integers(1, 6)).map(lambda pair: (min(pair), max(pair)))
MEANING = st.fixed_dictionaries(
    {
        "category": st.sampled_from(["private-life", "damaged"]),
        "opens_on": st.sampled_from([None, date(2030, 1, 1)]),
        "existence_shown": st.booleans(),
        "reason": st.sampled_from(["", "vì"]),
    }
)


@st.composite
def entries(draw: st.DrawFn) -> list[ListEntry]:
    """A few lines of two targets, their numbers in no order."""
    count = draw(st.integers(0, 8))
    numbers = draw(st.permutations(range(2, 2 + count)))
    made = []
    for number in numbers:
        pages = draw(PAGES) or (None, None)
        target = draw(st.sampled_from(["a", "b"]))
        base = ListEntry(target, "", "", first_page=pages[0], last_page=pages[1], line=number)
        made.append(replace(base, **draw(MEANING)))
    return made


def clash(one: ListEntry, other: ListEntry) -> bool:
    """The rule for one pair, as it is written for people."""
    if one.target_id != other.target_id:
        return False
    first, second = (entry.pages or (1, 10**9) for entry in (one, other))
    overlap = first[0] <= second[1] and second[0] <= first[1]
    meant = [(e.category, e.opens_on, e.existence_shown, e.description_shown, e.requestable) for e in (one, other)]
    return overlap and (meant[0] != meant[1] or first == second)


@settings(max_examples=150)
@given(entries())
def test_a_list_is_refused_exactly_when_two_of_its_lines_clash(lines: list[ListEntry]) -> None:
    clashing = {
        number for one, other in combinations(lines, 2) if clash(one, other) for number in (one.line, other.line)
    }
    with Staging() as staging:
        for line in lines:
            staging.add(line)
        staging.compare()
        refused = {fault.line for fault in staging.faults()}
        assert bool(refused) is bool(clashing)
        assert refused <= clashing
        by_line = {line.line: line for line in lines}
        for fault in staging.faults():
            named = int("".join(filter(str.isdigit, fault.reason.split(":")[0])))
            assert clash(by_line[fault.line], by_line[named])
            assert fault.line != named


def test_the_reason_names_the_other_line() -> None:
    base = ListEntry("a", "damaged", "", line=5)
    with Staging() as staging:
        for line in (base, replace(base, line=3, reason="khác"), replace(base, line=9, category="other", first_page=2)):
            staging.add(line)
        staging.compare()
        assert [(fault.line, fault.reason) for fault in staging.faults()] == [
            (5, "says again what line 3 says"),
            (9, "contradicts line 5: the same pages, but another category, date or answer"),
        ]
        assert staging.faulty() == 2


def test_targets_that_nobody_knows_are_named_on_every_line() -> None:
    with Staging() as staging:
        for number, target in enumerate(["a", "b", "b", "c"], start=1):
            staging.add(ListEntry(target, "other", "", first_page=number, line=number))
        staging.refuse_unknown(f"x{number}" if number else "a" for number in range(2500))
        assert [fault.line for fault in staging.faults()] == [2, 3, 4]
        assert next(staging.faults()).reason.endswith("has the id b")


@settings(max_examples=50)
@given(entries())
def test_lines_come_out_as_they_went_in_by_their_numbers(lines: list[ListEntry]) -> None:
    with Staging() as staging:
        for line in lines:
            staging.add(line)
        assert list(staging.entries()) == sorted(lines, key=lambda line: line.line)
        assert staging.count() == len(lines)
