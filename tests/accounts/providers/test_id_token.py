"""Statements that are not what they should be, each refused before anything is believed of them."""

from __future__ import annotations

import hmac
from base64 import urlsafe_b64encode
from typing import Any

import pytest
from hypothesis import assume, given, settings
from hypothesis import strategies as st
from joserfc.jwk import OctKey

from portal.accounts.providers.faults import Fault
from portal.accounts.providers.id_token import signed_in
from tests.accounts.providers.signing_in import NOW, SignIn, faulty, opened, profile
from tests.servers.hostile_provider import CLIENT_ID, FOREIGN_KEY, KEYS, HostileProvider, compact, public

SECONDS = int(NOW.timestamp())


@pytest.mark.parametrize(
    ("claims", "detail"),
    [
        pytest.param({"iss": "https://evil.example"}, "iss", id="wrong issuer"),
        pytest.param({"iss": None}, "iss", id="no issuer"),
        pytest.param({"aud": "other"}, "aud", id="audience is another client"),
        pytest.param({"aud": None}, "aud", id="no audience"),
        pytest.param({"aud": []}, "aud", id="empty audience"),
        pytest.param({"aud": "other", "azp": CLIENT_ID}, "aud", id="another's token that names us as party"),
        pytest.param({"aud": ["other"], "azp": CLIENT_ID}, "aud", id="another's token in a list"),
        pytest.param({"aud": [CLIENT_ID, "other"]}, "no azp", id="several audiences without azp"),
        pytest.param({"aud": [CLIENT_ID, "other"], "azp": "other"}, "azp", id="several audiences with a foreign azp"),
        pytest.param({"azp": "other"}, "azp", id="our audience with a foreign azp"),
        pytest.param({"azp": ""}, "azp", id="our audience with an empty azp"),
        pytest.param({"exp": SECONDS - 31}, "Expired", id="expired"),
        pytest.param({"exp": None}, "exp", id="never expires"),
        pytest.param({"exp": "tomorrow"}, "exp", id="expiry is no number"),
        pytest.param({"exp": float("nan")}, "exp", id="expiry is NaN"),
        pytest.param({"iat": SECONDS + 31}, "iat", id="issued in the future"),
        pytest.param({"iat": None}, "iat", id="no time of issue"),
        pytest.param({"nbf": SECONDS + 31}, "nbf", id="not yet valid"),
        pytest.param({"nonce": None}, "nonce", id="missing nonce"),
        pytest.param({"nonce": ""}, "nonce", id="empty nonce"),
        pytest.param({"nonce": "of-another-sign-in"}, "nonce", id="nonce of another sign-in"),
        pytest.param({"nonce": ["x"]}, "nonce", id="nonce is a list"),
        pytest.param({"sub": None}, "sub", id="no subject"),
        pytest.param({"sub": 7}, "sub", id="subject is a number"),
        pytest.param({"sub": "a b"}, "subject", id="subject with a space"),
        pytest.param({"sub": "x" * 256}, "subject", id="subject too long"),
    ],
)
def test_claims_that_do_not_hold_are_refused(
    sign_in: SignIn, hostile: HostileProvider, claims: dict[str, Any], detail: str
) -> None:
    hostile.claims = claims
    with faulty(Fault.ANSWER_NOT_TRUSTED, detail):
        sign_in.done()


@pytest.mark.parametrize(
    "claims",
    [
        pytest.param({"exp": SECONDS - 29}, id="a clock half a minute behind"),
        pytest.param({"iat": SECONDS + 29}, id="a clock half a minute ahead"),
        pytest.param({"aud": [CLIENT_ID]}, id="one audience in a list"),
        pytest.param({"aud": [CLIENT_ID, "other"], "azp": CLIENT_ID}, id="several audiences, made for us"),
    ],
)
def test_claims_within_the_rules_are_accepted(
    sign_in: SignIn, hostile: HostileProvider, claims: dict[str, Any]
) -> None:
    hostile.claims = claims
    assert sign_in.done().subject == "subject-1"


def test_a_token_without_signature_is_refused(sign_in: SignIn, hostile: HostileProvider) -> None:
    hostile.signed_with = KEYS["RS256"], "none"
    with faulty(Fault.ANSWER_NOT_TRUSTED, "not a signed token"):
        sign_in.done()


def test_a_token_that_says_none_beside_a_signature_is_refused(sign_in: SignIn, hostile: HostileProvider) -> None:
    hostile.header = {"alg": "none"}
    hostile.answers["/token"] = _with_token(hostile, compact({}, None, "none") + "c2lnbmF0dXJl")
    with faulty(Fault.ANSWER_NOT_TRUSTED, "algorithm not allowed"):
        sign_in.done()


@pytest.mark.parametrize(("algorithm", "digest"), [("HS256", "sha256"), ("HS512", "sha512")])
def test_a_token_signed_with_the_public_key_as_a_shared_secret_is_refused(
    sign_in: SignIn, hostile: HostileProvider, algorithm: str, digest: str
) -> None:
    public_key = KEYS["RS256"].as_pem(private=False)  # type: ignore[union-attr]
    said = compact({"sub": "subject-1"}, None, "none", alg=algorithm, kid="key-1").rstrip(".")
    mac = hmac.digest(public_key, said.encode(), digest)
    hostile.answers["/token"] = _with_token(hostile, f"{said}.{urlsafe_b64encode(mac).rstrip(b'=').decode()}")
    with faulty(Fault.ANSWER_NOT_TRUSTED, "algorithm not allowed"):
        sign_in.done()


def test_a_token_signed_with_the_client_secret_is_refused(sign_in: SignIn, hostile: HostileProvider) -> None:
    hostile.signed_with = OctKey.import_key("secret-of-the-portal"), "HS256"
    with faulty(Fault.ANSWER_NOT_TRUSTED, "algorithm not allowed"):
        sign_in.done()


def test_a_token_of_a_foreign_key_under_the_known_id_is_refused(sign_in: SignIn, hostile: HostileProvider) -> None:
    hostile.signed_with = FOREIGN_KEY, "RS256"
    with faulty(Fault.ANSWER_NOT_TRUSTED, "BadSignatureError"):
        sign_in.done()


@pytest.mark.parametrize(
    "header",
    [
        pytest.param({"jwk": public(FOREIGN_KEY)[0]}, id="jwk"),
        pytest.param({"jku": "https://evil.example/keys"}, id="jku"),
        pytest.param({"x5u": "https://evil.example/chain"}, id="x5u"),
        pytest.param({"x5c": ["MIIB"]}, id="x5c"),
        pytest.param({"crit": ["exp"]}, id="crit"),
        pytest.param({"b64": True}, id="b64"),
    ],
)
def test_a_token_that_brings_its_own_key_or_rules_is_refused_unread(
    sign_in: SignIn, hostile: HostileProvider, header: dict[str, Any]
) -> None:
    token = compact({"sub": "subject-1"}, FOREIGN_KEY, "RS256")
    start = compact({}, None, "none", **({"alg": "RS256", "kid": "key-1"} | header)).split(".")[0]
    hostile.answers["/token"] = _with_token(hostile, ".".join([start, *token.split(".")[1:]]))
    with faulty(Fault.ANSWER_NOT_TRUSTED, "its own key or rules"):
        sign_in.done()
    assert "/keys" not in hostile.paths()


@pytest.mark.parametrize("typ", ["logout+jwt", "at+jwt", "secevent+jwt", 7])
def test_a_signed_statement_of_another_kind_is_no_id_token(
    sign_in: SignIn, hostile: HostileProvider, typ: object
) -> None:
    hostile.header = {"typ": typ} if isinstance(typ, str) else {}
    if not isinstance(typ, str):
        start = compact({}, None, "none", alg="RS256", typ=typ).split(".")[0]
        hostile.answers["/token"] = _with_token(hostile, start + ".e30.c2ln")
    with faulty(Fault.ANSWER_NOT_TRUSTED, "type of an unexpected kind"):
        sign_in.done()


@pytest.mark.parametrize(
    "token", ["", "a", "a.b", "a.b.c.d", "....", "e30.e30.e30", "W10.e30.e30", "MQ.e30.e30", "x" * 60_000, "é.é.é"]
)
def test_what_is_no_token_at_all_is_refused(sign_in: SignIn, hostile: HostileProvider, token: str) -> None:
    hostile.answers["/token"] = _with_token(hostile, token)
    with faulty(Fault.ANSWER_NOT_TRUSTED):
        sign_in.done()


@pytest.mark.parametrize("token", [None, 7, ["a"], {"a": 1}])
def test_an_answer_without_an_id_token_is_refused(sign_in: SignIn, hostile: HostileProvider, token: object) -> None:
    hostile.says("/token", {"access_token": "x", "id_token": token})
    with faulty(Fault.ANSWER_NOT_TRUSTED, "id_token" if token else "not a signed token"):
        sign_in.done()


def test_an_optional_nonce_may_be_absent_but_not_another(hostile: HostileProvider) -> None:
    one = SignIn(opened(profile(hostile.url, nonce="optional")))
    hostile.claims = {"nonce": None}
    assert one.done().subject == "subject-1"
    hostile.claims = {"nonce": "of-another-sign-in"}
    with faulty(Fault.ANSWER_NOT_TRUSTED, "nonce"):
        one.done()


def test_an_attempt_without_a_nonce_never_matches() -> None:
    one = profile("https://idp.example")
    token = _valid(nonce="")
    with faulty(Fault.ANSWER_NOT_TRUSTED, "nonce"):
        signed_in(token, one, lambda _kid, _algorithm: KEYS["RS256"], nonce="", now=NOW)


def _valid(*, algorithm: str = "RS256", nonce: str = "n") -> str:
    claims = {"iss": "https://idp.example", "aud": CLIENT_ID, "sub": "subject-1", "nonce": nonce}
    return compact(claims | {"iat": SECONDS, "exp": SECONDS + 60}, KEYS[algorithm], algorithm)


VALID = {algorithm: _valid(algorithm=algorithm) for algorithm in ("RS256", "PS256", "ES256", "EdDSA")}


@pytest.mark.parametrize("algorithm", VALID)
def test_the_token_that_is_mutated_is_a_valid_one(algorithm: str) -> None:
    assert _read(VALID[algorithm], algorithm)["sub"] == "subject-1"


@pytest.mark.parametrize("algorithm", VALID)
@settings(max_examples=100)
@given(where=st.integers(0), other=st.integers(0), letter=st.binary(min_size=1, max_size=1), how=st.integers(0, 5))
def test_any_mutation_of_a_valid_token_is_refused(
    algorithm: str, where: int, other: int, letter: bytes, how: int
) -> None:
    token = VALID[algorithm].encode()
    mutated = _mutated(token, where % len(token), other % len(token), letter, how)
    assume(mutated != token)
    with faulty(Fault.ANSWER_NOT_TRUSTED):
        _read(mutated.decode("latin-1"), algorithm)


def _mutated(token: bytes, where: int, other: int, letter: bytes, how: int) -> bytes:
    """One byte changed, taken out or put in; the end cut off; two bytes exchanged; something added."""
    start, rest = token[:where], token[where + 1 :]
    exchanged = bytearray(token)
    exchanged[where], exchanged[other] = token[other], token[where]
    ways = (
        start + letter + rest,
        start + rest,
        start + letter + token[where:],
        start,
        bytes(exchanged),
        token + letter,
    )
    return ways[how]


def _read(token: str, algorithm: str) -> dict[str, Any]:
    one = profile("https://idp.example")
    return signed_in(token, one, lambda _kid, _algorithm: KEYS[algorithm], nonce="n", now=NOW)


def _with_token(hostile: HostileProvider, token: str) -> Any:
    hostile.says("/token", {"access_token": "access-1", "token_type": "Bearer", "id_token": token})
    return hostile.answers["/token"]
