"""Keys of a provider: rotated, unknown, unusable, and how often they are asked for."""

from __future__ import annotations

import warnings
from datetime import timedelta

import pytest
from joserfc.errors import SecurityWarning
from joserfc.jwk import OctKey, RSAKey

from portal.accounts.providers.faults import Fault
from tests.accounts.providers.signing_in import NOW, SignIn, faulty
from tests.servers.hostile_provider import FOREIGN_KEY, KEYS, NEW_KEY, HostileProvider, Reply, public


def test_a_new_key_is_learnt_at_once(sign_in: SignIn, hostile: HostileProvider) -> None:
    sign_in.done()
    hostile.signed_with, hostile.published = (NEW_KEY, "RS256"), public(NEW_KEY)
    assert sign_in.done().subject == "subject-1"
    assert hostile.paths().count("/keys") == 2


def test_a_key_that_has_been_withdrawn_is_not_believed_once_the_set_is_read_again(
    sign_in: SignIn, hostile: HostileProvider
) -> None:
    sign_in.done()
    hostile.published = public(NEW_KEY)
    hostile.now = NOW + timedelta(hours=2)
    with faulty(Fault.ANSWER_NOT_TRUSTED, "no key of the provider"):
        SignIn(sign_in.provider, hostile.now).done()


def test_unknown_key_ids_make_the_portal_ask_once_a_minute_at_most(sign_in: SignIn, hostile: HostileProvider) -> None:
    sign_in.done()
    hostile.signed_with = NEW_KEY, "RS256"
    for _ in range(5):
        with faulty(Fault.ANSWER_NOT_TRUSTED, "no key of the provider"):
            sign_in.done()
    assert hostile.paths().count("/keys") == 2
    hostile.now, hostile.published = NOW + timedelta(seconds=61), public(NEW_KEY)
    assert SignIn(sign_in.provider, hostile.now).done().subject == "subject-1"
    assert hostile.paths().count("/keys") == 3


def test_a_token_without_key_id_needs_a_set_with_one_fitting_key(sign_in: SignIn, hostile: HostileProvider) -> None:
    hostile.header = {"kid": None}
    assert sign_in.done().subject == "subject-1"


def test_a_token_without_key_id_is_refused_when_several_would_fit(sign_in: SignIn, hostile: HostileProvider) -> None:
    hostile.header, hostile.published = {"kid": None}, public(KEYS["RS256"], NEW_KEY)
    with faulty(Fault.ANSWER_NOT_TRUSTED, "no key id"):
        sign_in.done()


def test_a_key_serves_only_the_algorithm_it_is_for(sign_in: SignIn, hostile: HostileProvider) -> None:
    hostile.published = [one | {"alg": "PS256"} for one in public(KEYS["RS256"])]
    with faulty(Fault.ANSWER_NOT_TRUSTED, "no key of the provider"):
        sign_in.done()


@pytest.mark.parametrize(
    "listed",
    [
        pytest.param([one | {"use": "enc"} for one in public(KEYS["RS256"])], id="for encryption"),
        pytest.param([{"kty": "oct", "k": "c2VjcmV0", "kid": "key-1"}], id="shared secret"),
        pytest.param([{"kty": "RSA", "kid": "key-1", "n": "AQAB", "e": "AQAB"}], id="far too short"),
        pytest.param([{"kty": "RSA", "kid": "key-1"}], id="no numbers"),
        pytest.param([{"kty": "RSA", "kid": "key-1", "n": 7, "e": []}], id="numbers of a wrong kind"),
        pytest.param([{"kty": ["RSA"], "kid": "key-1"}], id="type is a list"),
        pytest.param([{"kty": "EC", "kid": "key-1", "crv": "P-0", "x": "AA", "y": "AA"}], id="unknown curve"),
        pytest.param(["key-1", None, 7, []], id="no objects"),
        pytest.param([], id="empty"),
    ],
)
def test_a_set_without_a_usable_key_proves_nothing(
    sign_in: SignIn, hostile: HostileProvider, listed: list[object]
) -> None:
    hostile.published = listed
    with faulty(Fault.ANSWER_NOT_TRUSTED, "no key of the provider"):
        sign_in.done()


def test_a_key_that_is_too_short_for_today_is_not_believed(sign_in: SignIn, hostile: HostileProvider) -> None:
    with warnings.catch_warnings():
        warnings.simplefilter("ignore", SecurityWarning)
        short = RSAKey.generate_key(1024, {"kid": "key-1"})
    hostile.signed_with, hostile.published = (short, "RS256"), public(short)
    with faulty(Fault.ANSWER_NOT_TRUSTED, "no key of the provider"):
        sign_in.done()


def test_unusable_keys_do_not_spoil_the_others(sign_in: SignIn, hostile: HostileProvider) -> None:
    hostile.published = [7, {"kty": "unheard-of"}, OctKey.generate_key(256).as_dict(), *public(KEYS["RS256"])]
    assert sign_in.done().subject == "subject-1"


def test_secret_members_and_certificates_beside_a_key_are_not_looked_at(
    sign_in: SignIn, hostile: HostileProvider
) -> None:
    hostile.published = [one | {"x5c": 7, "x5u": "file:///", "d": "nonsense"} for one in public(KEYS["RS256"])]
    assert sign_in.done().subject == "subject-1"


@pytest.mark.parametrize("answer", [{"keys": "x"}, {"keys": {}}, {}])
def test_what_is_no_set_of_keys_is_refused(sign_in: SignIn, hostile: HostileProvider, answer: object) -> None:
    hostile.says("/keys", Reply(answer))
    with faulty(Fault.ANSWER_NOT_TRUSTED, "not a set of keys"):
        sign_in.done()


def test_keys_are_never_read_on_another_issuers_word(sign_in: SignIn, hostile: HostileProvider) -> None:
    with type(hostile)(now=NOW) as evil:
        evil.published = public(FOREIGN_KEY)
        hostile.signed_with, hostile.claims = (NEW_KEY, "RS256"), {"iss": evil.url}
        with faulty(Fault.ANSWER_NOT_TRUSTED, "no key of the provider"):
            sign_in.done()
        assert evil.asked == []
