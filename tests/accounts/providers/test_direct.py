"""The provider that encrypts: a whole sign-in in both modes, and everything that can be wrong with what it sends."""

from __future__ import annotations

import secrets
from base64 import b64encode
from collections.abc import Iterator
from datetime import date
from pathlib import Path
from typing import Any

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from portal.accounts.providers.decryption import Decryption
from portal.accounts.providers.faults import Fault, SignInFault
from portal.accounts.providers.identity import AccountKind
from portal.accounts.providers.open import open_providers
from portal.accounts.providers.profile import Profile
from tests.accounts.providers.signing_in import BASE_URL, NOW, SignIn, faulty
from tests.servers.direct_provider import PORTAL_KEY, PORTAL_KEY_PEM, DirectProvider
from tests.servers.hostile_provider import CLIENT_ID, CLIENT_SECRET, Reply

UNOPENED = "an encrypted answer could not be opened"


@pytest.fixture
def key_file(tmp_path: Path) -> Path:
    file = tmp_path / "portal.pem"
    file.write_bytes(PORTAL_KEY_PEM)
    return file


@pytest.fixture(params=["cbc", "ecb"])
def direct(request: pytest.FixtureRequest) -> Iterator[DirectProvider]:
    with DirectProvider(request.param) as server:
        yield server


@pytest.fixture
def sign_in(direct: DirectProvider, key_file: Path) -> SignIn:
    return SignIn(open_providers([_profile(direct, key_file)], base_url=BASE_URL)["vneid"])


def _profile(direct: DirectProvider, key_file: Path, **more: Any) -> Profile:
    given = {
        "id": "vneid",
        "preset": "vneid",
        "name": "VNeID",
        "client_id": CLIENT_ID,
        "client_secret": CLIENT_SECRET,
        "authorization_endpoint": f"{direct.url}/auth",
        "token_endpoint": f"{direct.url}/token",
        "userinfo_endpoint": f"{direct.url}/userinfo",
        "decryption": f"rsa+aes-{direct.mode}",
        "decryption_key_file": key_file,
        "read_seconds": 0.5,
        "total_seconds": 1,
    }
    return Profile.model_validate(given | more)


def test_a_sign_in_with_everything_encrypted(sign_in: SignIn, direct: DirectProvider) -> None:
    identity = sign_in.done()
    assert (identity.subject, identity.kind, identity.level) == (direct.person["sub"], AccountKind.CITIZEN, 2)
    assert (identity.name, identity.citizen_number) == ("Nguyễn Thị Mẫu", "999178000101")
    assert identity.birth_date == date(1978, 3, 14)
    assert direct.paths() == ["/auth", "/token", "/userinfo"]


def test_a_sign_in_with_nothing_encrypted(sign_in: SignIn, direct: DirectProvider) -> None:
    direct.encrypting = False
    assert sign_in.done().subject == direct.person["sub"]


def test_a_plus_in_the_callback_stays_a_plus(sign_in: SignIn, direct: DirectProvider) -> None:
    """Forty sign-ins, of which some have a + in code or key and all succeed."""
    with_plus = 0
    for _ in range(40):
        address, attempt = sign_in.begin()
        query = sign_in.allowed(address)
        with_plus += b"+" in query
        assert sign_in.provider.finish(query, attempt, now=NOW).level == 2
        if with_plus >= 3:
            break
    assert with_plus >= 3


def test_neither_nonce_nor_challenge_is_sent(sign_in: SignIn, direct: DirectProvider) -> None:
    sign_in.done()
    assert set(direct.asked[0].query) == {"response_type", "client_id", "redirect_uri", "scope", "state"}
    assert direct.asked[1].content_type.startswith("application/x-www-form-urlencoded")
    assert "code_verifier" not in direct.asked[1].form


@pytest.mark.parametrize("path", ["/token", "/userinfo"])
@pytest.mark.parametrize(
    "answer",
    [
        pytest.param({"data": "", "key": ""}, id="empty"),
        pytest.param({"data": "%%%", "key": "%%%"}, id="no base64"),
        pytest.param({"data": 7, "key": None}, id="no text"),
        pytest.param({"data": "AAAA", "key": "AAAA"}, id="too short"),
        pytest.param({"data": b64encode(bytes(64)).decode(), "key": b64encode(bytes(256)).decode()}, id="zeros"),
        pytest.param(
            {"data": "", "key": "", "access_token": "raw", "sub": "raw", "accountType": "1"}, id="raw text beside it"
        ),
    ],
)
def test_what_cannot_be_opened_is_a_fault_and_never_raw_text(
    sign_in: SignIn, direct: DirectProvider, path: str, answer: object
) -> None:
    direct.says(path, Reply(answer))
    with faulty(Fault.ANSWER_NOT_TRUSTED, UNOPENED):
        sign_in.done()


@pytest.mark.parametrize("content", ["text", ["access_token"], 7, None])
def test_what_is_no_object_inside_is_a_fault(sign_in: SignIn, direct: DirectProvider, content: object) -> None:
    direct.says("/userinfo", direct.envelope(content))
    with faulty(Fault.ANSWER_NOT_TRUSTED, UNOPENED):
        sign_in.done()


def test_a_code_that_cannot_be_opened_is_never_sent_on(sign_in: SignIn, direct: DirectProvider) -> None:
    address, attempt = sign_in.begin()
    query = sign_in.allowed(address).decode()
    direct.asked.clear()
    for wrong in (query.replace("code=", "code=AAAA"), query.replace("encrypt_key=", "encrypt_key=AAAA")):
        with faulty(Fault.ANSWER_NOT_TRUSTED, UNOPENED):
            sign_in.provider.finish(wrong.encode(), attempt, now=NOW)
    assert direct.asked == []


def test_all_failures_of_decryption_say_the_same(direct: DirectProvider) -> None:
    """Wrong padding of the key, a key of a wrong length, wrong padding of the content, content that is no code."""
    decryption = _decryption(direct)
    data, key = direct.sealed(b"good-code")
    _, short_key = direct.sealed(b"x", key_bytes=16)
    not_ascii, its_key = direct.sealed("mã".encode())
    wrong = [
        (data, b64encode(secrets.token_bytes(256)).decode()),
        (data, b64encode(secrets.token_bytes(12)).decode()),
        (data, short_key),
        (data[: len(data) // 2 // 4 * 4], key),
        (b64encode(secrets.token_bytes(48)).decode(), key),
        (not_ascii, its_key),
        direct.sealed(b"two codes\r\n"),
        ("", key),
    ]
    said = set()
    for one in wrong:
        with pytest.raises(SignInFault) as caught:
            decryption.code(*one)
        said.add((caught.value.fault, caught.value.detail, str(caught.value), caught.value.__cause__))
    assert said == {(Fault.ANSWER_NOT_TRUSTED, UNOPENED, f"answer-not-trusted: {UNOPENED}", None)}
    assert decryption.code(data, key) == "good-code"


@pytest.mark.parametrize("key_bytes", [16, 24, 32])
def test_aes_keys_of_each_length_are_understood(direct: DirectProvider, key_bytes: int) -> None:
    assert _decryption(direct).code(*direct.sealed(b"code-1", key_bytes=key_bytes)) == "code-1"


@pytest.mark.parametrize("mode", ["cbc", "ecb"])
@settings(max_examples=60)
@given(at=st.integers(0), letter=st.binary(min_size=1, max_size=1))
def test_a_changed_key_opens_nothing(mode: str, at: int, letter: bytes) -> None:
    data, key = SEALED[mode]
    where = at % len(key)
    changed = key[:where] + letter.decode("latin-1") + key[where + 1 :]
    decryption = Decryption(PORTAL_KEY, "rsa+aes-cbc" if mode == "cbc" else "rsa+aes-ecb")
    if changed == key:
        assert decryption.code(data, key) == "code-1"
        return
    with faulty(Fault.ANSWER_NOT_TRUSTED, UNOPENED):
        decryption.code(data, changed)


def test_the_wrong_mode_opens_nothing(direct: DirectProvider) -> None:
    other = Decryption(PORTAL_KEY, "rsa+aes-ecb" if direct.mode == "cbc" else "rsa+aes-cbc")
    with faulty(Fault.ANSWER_NOT_TRUSTED, UNOPENED):
        other.document(direct.envelope({"sub": "x"}))


def test_a_server_that_wants_something_else_refuses_plainly(sign_in: SignIn, direct: DirectProvider) -> None:
    for status in (401, 415):
        direct.says("/token", Reply({}, status))
        with faulty(Fault.PROVIDER_REFUSED, f"token: status {status}"):
            sign_in.done()


@pytest.mark.parametrize("content", [b"", b"no key", b"-----BEGIN PRIVATE KEY-----\nAAAA\n-----END PRIVATE KEY-----\n"])
def test_a_file_without_a_key_is_found_at_start(direct: DirectProvider, key_file: Path, content: bytes) -> None:
    key_file.write_bytes(content)
    with pytest.raises(ValueError, match="vneid: decryption_key_file holds no RSA private key"):
        open_providers([_profile(direct, key_file)], base_url=BASE_URL)


def _decryption(direct: DirectProvider) -> Decryption:
    return Decryption(PORTAL_KEY, "rsa+aes-cbc" if direct.mode == "cbc" else "rsa+aes-ecb")


def _sealed(mode: str) -> tuple[str, str]:
    server = DirectProvider(mode)
    server.close()
    return server.sealed(b"code-1")


SEALED = {mode: _sealed(mode) for mode in ("cbc", "ecb")}
