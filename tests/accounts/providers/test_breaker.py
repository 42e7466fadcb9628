"""A provider that does not answer is left alone for a while, so that nobody waits for it in vain."""

from __future__ import annotations

import time
from datetime import timedelta

import pytest

from portal.accounts.providers.faults import Fault
from tests.accounts.providers.signing_in import NOW, SignIn, faulty, opened, profile
from tests.servers.hostile_provider import HostileProvider, Reply

METADATA = "/.well-known/openid-configuration"


@pytest.fixture
def silent(hostile: HostileProvider) -> SignIn:
    """A provider that has kept three in a row waiting."""
    hostile.says(METADATA, Reply(seconds_before=30))
    one = SignIn(opened(profile(hostile.url, read_seconds=0.1)))
    for _ in range(3):
        with faulty(Fault.PROVIDER_AWAY, "Timeout"):
            one.begin()
    return one


def test_after_three_silences_the_answer_comes_at_once(silent: SignIn, hostile: HostileProvider) -> None:
    started = time.monotonic()
    with faulty(Fault.PROVIDER_AWAY, "not asked"):
        silent.begin()
    assert time.monotonic() - started < 0.05
    assert len(hostile.asked) == 3


def test_after_ten_seconds_it_is_asked_again_and_one_silence_is_enough(
    silent: SignIn, hostile: HostileProvider
) -> None:
    later = SignIn(silent.provider, NOW + timedelta(seconds=10))
    with faulty(Fault.PROVIDER_AWAY, "Timeout"):
        later.begin()
    with faulty(Fault.PROVIDER_AWAY, "not asked"):
        later.begin()
    assert len(hostile.asked) == 4


def test_an_answer_ends_the_caution(silent: SignIn, hostile: HostileProvider) -> None:
    hostile.says(METADATA, hostile.metadata())
    hostile.now = NOW + timedelta(seconds=10)
    later = SignIn(silent.provider, hostile.now)
    assert later.done().subject == "subject-1"
    hostile.says("/token", Reply(seconds_before=30))
    for _ in range(2):
        with faulty(Fault.PROVIDER_AWAY, "Timeout"):
            later.done()
    assert later.begin()[0]


def test_a_beginning_for_which_nothing_is_asked_is_no_answer(hostile: HostileProvider) -> None:
    one = SignIn(opened(profile(hostile.url, read_seconds=0.1)))
    one.begin()
    hostile.says("/token", Reply(seconds_before=30))
    for _ in range(3):
        with faulty(Fault.PROVIDER_AWAY, "Timeout"):
            one.done()
    with faulty(Fault.PROVIDER_AWAY, "not asked"):
        one.begin()


def test_errors_that_are_answered_do_not_count(sign_in: SignIn, hostile: HostileProvider) -> None:
    honest = hostile.answers["/token"]
    hostile.says("/token", Reply(status=503))
    for _ in range(4):
        with faulty(Fault.PROVIDER_AWAY, "status 503"):
            sign_in.done()
    hostile.answers["/token"] = honest
    assert sign_in.done().subject == "subject-1"
