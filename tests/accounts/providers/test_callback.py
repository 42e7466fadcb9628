"""What a browser brings back: forged, replayed, late, doubled, or a refusal."""

from __future__ import annotations

from contextlib import suppress
from datetime import timedelta

import pytest
from hypothesis import given
from hypothesis import strategies as st

from portal.accounts.providers.attempts import Attempts
from portal.accounts.providers.callback import read_callback, state_of
from portal.accounts.providers.faults import Fault, SignInFault
from tests.accounts.providers.signing_in import NOW, SignIn, faulty
from tests.servers.hostile_provider import HostileProvider


def test_a_state_of_another_browser_is_refused_before_the_provider_is_asked(
    sign_in: SignIn, hostile: HostileProvider
) -> None:
    _, mine = sign_in.begin()
    theirs = sign_in.allowed(sign_in.begin()[0])
    hostile.asked.clear()
    with faulty(Fault.NOT_STARTED_HERE):
        sign_in.provider.finish(theirs, mine, now=NOW)
    assert hostile.asked == []


@pytest.mark.parametrize("query", [b"", b"code=x", b"state=&code=x", b"state", b"=&&=&", b"code=x&state=%20"])
def test_a_callback_without_our_state_is_refused(sign_in: SignIn, query: bytes) -> None:
    _, attempt = sign_in.begin()
    with faulty(Fault.NOT_STARTED_HERE):
        sign_in.provider.finish(query, attempt, now=NOW)


def test_an_attempt_is_found_once(sign_in: SignIn) -> None:
    address, attempt = sign_in.begin()
    state = state_of(sign_in.allowed(address))
    found, rest = Attempts().begun(attempt, now=NOW).taken(state, now=NOW)
    assert found == attempt
    with faulty(Fault.NOT_STARTED_HERE):
        rest.taken(state, now=NOW)


def test_a_code_that_is_replayed_is_refused_by_the_provider(sign_in: SignIn) -> None:
    address, attempt = sign_in.begin()
    query = sign_in.allowed(address)
    sign_in.provider.finish(query, attempt, now=NOW)
    with faulty(Fault.PROVIDER_REFUSED, "status 400"):
        sign_in.provider.finish(query, attempt, now=NOW)


def test_a_code_of_another_attempt_fails_by_its_verifier(sign_in: SignIn) -> None:
    stolen = read_callback(sign_in.allowed(sign_in.begin()[0]), raw_plus=False).code
    _, attempt = sign_in.begin()
    with faulty(Fault.PROVIDER_REFUSED, "status 400"):
        sign_in.provider.finish(f"code={stolen}&state={attempt.state}".encode(), attempt, now=NOW)


@pytest.mark.parametrize("late", [timedelta(minutes=10, seconds=1), timedelta(days=-1)])
def test_an_attempt_lasts_ten_minutes(sign_in: SignIn, late: timedelta) -> None:
    address, attempt = sign_in.begin()
    query = sign_in.allowed(address)
    with faulty(Fault.EXPIRED):
        sign_in.provider.finish(query, attempt, now=NOW + late)


def test_an_attempt_at_another_provider_is_not_ours(sign_in: SignIn) -> None:
    address, attempt = sign_in.begin()
    query = sign_in.allowed(address)
    other = type(attempt)(**(vars(attempt) | {"provider": "other"}))
    with faulty(Fault.NOT_STARTED_HERE):
        sign_in.provider.finish(query, other, now=NOW)


@pytest.mark.parametrize(
    ("error", "fault"),
    [
        ("access_denied", Fault.CANCELLED),
        ("login_required", Fault.CANCELLED),
        ("temporarily_unavailable", Fault.PROVIDER_AWAY),
        ("server_error", Fault.PROVIDER_AWAY),
        ("invalid_scope", Fault.PROVIDER_REFUSED),
        ("<script>alert(1)</script>", Fault.PROVIDER_REFUSED),
    ],
)
def test_what_the_provider_reports_becomes_a_fault(sign_in: SignIn, error: str, fault: Fault) -> None:
    _, attempt = sign_in.begin()
    query = f"error={error}&error_description=secret-words&state={attempt.state}".encode()
    with pytest.raises(SignInFault) as caught:
        sign_in.provider.finish(query, attempt, now=NOW)
    assert caught.value.fault is fault
    assert "script" not in caught.value.detail
    assert "secret-words" not in caught.value.detail


def test_a_report_of_an_error_needs_our_state_too(sign_in: SignIn) -> None:
    _, attempt = sign_in.begin()
    with faulty(Fault.NOT_STARTED_HERE):
        sign_in.provider.finish(b"error=access_denied&state=x", attempt, now=NOW)


def test_a_callback_of_another_issuer_is_refused(sign_in: SignIn) -> None:
    address, attempt = sign_in.begin()
    query = sign_in.allowed(address) + b"&iss=https%3A%2F%2Fevil.example"
    with faulty(Fault.ANSWER_NOT_TRUSTED, "another issuer"):
        sign_in.provider.finish(query, attempt, now=NOW)


def test_the_issuer_may_be_named_when_it_is_ours(sign_in: SignIn, hostile: HostileProvider) -> None:
    address, attempt = sign_in.begin()
    query = sign_in.allowed(address) + f"&iss={hostile.url}".encode()
    assert sign_in.provider.finish(query, attempt, now=NOW).subject == "subject-1"


@pytest.mark.parametrize("name", ["state", "code", "error", "iss", "encrypt_key"])
def test_a_callback_that_says_a_thing_twice_is_refused(name: str) -> None:
    with faulty(Fault.ANSWER_NOT_TRUSTED, f"{name} twice"):
        read_callback(f"{name}=a&{name}=a".encode(), raw_plus=False)


@pytest.mark.parametrize("query", [b"code=" + b"x" * 16_000, b"&".join([b"a=b"] * 41), b"code=%ff"])
def test_a_callback_that_is_too_long_or_not_text_is_refused(query: bytes) -> None:
    with faulty(Fault.ANSWER_NOT_TRUSTED):
        read_callback(query, raw_plus=True)
    assert state_of(query) == ""


@pytest.mark.parametrize("code", [b"", b"a b", b"a%0d%0ab", b"%C3%A9", b"x" * 4097])
def test_a_code_of_a_strange_form_is_refused(sign_in: SignIn, code: bytes) -> None:
    _, attempt = sign_in.begin()
    with faulty(Fault.ANSWER_NOT_TRUSTED, "no code"):
        sign_in.provider.finish(b"code=" + code + b"&state=" + attempt.state.encode(), attempt, now=NOW)


def test_a_plus_is_a_space_unless_the_profile_takes_it_as_it_is() -> None:
    assert read_callback(b"code=a+b%2Bc", raw_plus=False).code == "a b+c"
    assert read_callback(b"code=a+b%2Bc", raw_plus=True).code == "a+b+c"


@given(st.binary(max_size=200), st.booleans())
def test_no_query_does_more_than_be_refused(query: bytes, raw_plus: bool) -> None:
    with suppress(SignInFault):
        found = read_callback(query, raw_plus=raw_plus)
        assert all(isinstance(value, str) for value in vars(found).values())
