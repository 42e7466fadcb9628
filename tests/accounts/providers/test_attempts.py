"""Sign-ins under way: the newest five, ten minutes each, once each."""

from __future__ import annotations

import json
from datetime import timedelta
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from portal.accounts.providers.attempts import MOST, Attempt, Attempts, is_local
from portal.accounts.providers.faults import Fault
from tests.accounts.providers.signing_in import NOW, faulty

LATER = NOW + timedelta(minutes=5)


def attempt(state: str, **changes: Any) -> Attempt:
    usual: dict[str, Any] = {
        "nonce": "n",
        "verifier": "v",
        "provider": "vneid",
        "next": "/",
        "level": 1,
        "purpose": "sign-in",
    }
    facts = usual | {"state": state, "started_at": NOW} | changes
    return Attempt(**facts)


def begun(*states: str) -> Attempts:
    attempts = Attempts()
    for state in states:
        attempts = attempts.begun(attempt(state), now=NOW)
    return attempts


def test_two_tabs_finish_in_any_order() -> None:
    first, rest = begun("one", "two").taken("one", now=NOW)
    second, none = rest.taken("two", now=NOW)
    assert (first.state, second.state, none) == ("one", "two", Attempts())


def test_ten_thousand_abandoned_attempts_are_five() -> None:
    attempts = Attempts()
    for number in range(10_000):
        attempts = attempts.begun(attempt(str(number)), now=NOW)
    assert [one.state for one in attempts.under_way] == ["9995", "9996", "9997", "9998", "9999"]
    assert len(json.dumps(attempts.to_json())) < 2000


def test_expired_attempts_are_dropped_when_a_new_one_begins() -> None:
    attempts = begun("old").begun(
        attempt("new", started_at=NOW + timedelta(minutes=11)), now=NOW + timedelta(minutes=11)
    )
    assert [one.state for one in attempts.under_way] == ["new"]


def test_an_attempt_of_ten_minutes_is_in_time_and_a_second_more_is_not() -> None:
    attempts = begun("one")
    assert attempts.taken("one", now=NOW + timedelta(minutes=10))[0].state == "one"
    with faulty(Fault.EXPIRED):
        attempts.taken("one", now=NOW + timedelta(minutes=10, seconds=1))


@pytest.mark.parametrize("state", ["", "two", "onE", "one ", "öne"])
def test_an_unknown_state_was_not_started_here(state: str) -> None:
    with faulty(Fault.NOT_STARTED_HERE):
        begun("one").taken(state, now=LATER)


def test_attempts_come_back_from_json_as_they_were() -> None:
    attempts = begun("one").begun(attempt("two", level=2, purpose="step-up", next="/tai-khoan?a=b"), now=NOW)
    assert Attempts.from_json(json.loads(json.dumps(attempts.to_json()))) == attempts


@pytest.mark.parametrize(
    "changed",
    [
        {"level": "2"},
        {"state": None},
        {"started_at": "yesterday"},
        {"purpose": "anything"},
        {"next": "https://evil.example/"},
    ],
)
def test_what_is_no_attempt_any_more_counts_as_not_begun(changed: dict[str, Any]) -> None:
    kept = begun("one", "two").to_json()
    kept[0] |= changed
    assert [one.state for one in Attempts.from_json(kept).under_way] == ["two"]


json_values = st.recursive(
    st.none() | st.booleans() | st.integers() | st.text(max_size=5),
    lambda inner: st.lists(inner, max_size=4) | st.dictionaries(st.sampled_from(["state", "level"]), inner),
    max_leaves=10,
)


@given(json_values)
def test_any_content_of_a_session_can_be_read(content: object) -> None:
    assert len(Attempts.from_json(content).under_way) <= MOST


@pytest.mark.parametrize("address", ["/", "/tai-khoan", "/tim-kiem?q=đất&trang=2", "/%2F%2Fevil.example"])
def test_a_path_of_this_site_is_local(address: str) -> None:
    assert is_local(address)


@pytest.mark.parametrize(
    "address",
    [
        "",
        "tai-khoan",
        "//evil.example",
        "/\\evil.example",
        "\\/evil",
        "https://evil.example",
        "/\t/evil",
        "/\n/evil",
        " /a",
    ],
)
def test_what_leads_elsewhere_is_not_and_begins_nothing(address: str) -> None:
    assert not is_local(address)
    with pytest.raises(ValueError, match="next"):
        attempt("one", next=address)
