"""What is kept for a while: there until its time is over, and once only for who takes it."""

from __future__ import annotations

from datetime import UTC, datetime, timedelta

from hypothesis import given, settings
from hypothesis import strategies as st

from portal.demo_provider.kept import Kept

START = datetime(2026, 11, 21, tzinfo=UTC)
STEPS = st.lists(
    st.one_of(
        st.tuples(st.just("put"), st.sampled_from("abc"), st.integers(0, 9)),
        st.tuples(st.sampled_from(["get", "take"]), st.sampled_from("abc"), st.just(0)),
        st.tuples(st.just("wait"), st.just(""), st.integers(1, 40)),
    ),
    max_size=30,
)


@settings(max_examples=200)
@given(STEPS)
def test_it_agrees_with_a_list_of_everything_ever_put(steps: list[tuple[str, str, int]]) -> None:
    clock = [START]
    kept, known = Kept[int](seconds=60, now=lambda: clock[0]), dict[str, tuple[datetime, int]]()
    for what, name, value in steps:
        expected = known[name][1] if name in known and clock[0] < known[name][0] + timedelta(seconds=60) else None
        match what:
            case "put":
                kept.put(name, value)
                known[name] = (clock[0], value)
            case "get":
                assert kept.get(name) == expected
            case "take":
                assert kept.take(name) == expected
                known.pop(name, None)
            case "wait":
                clock[0] += timedelta(seconds=value)
    alive = [value for at, value in known.values() if clock[0] < at + timedelta(seconds=60)]
    assert sorted(kept.all()) == sorted(alive)
