"""A provider that is down, slow, endless, elsewhere, or does not answer in JSON."""

from __future__ import annotations

import gc
import socket
import threading
import time
from collections.abc import Iterator
from typing import Any

import pytest

from portal.accounts.providers.conversation import MOST_BYTES
from portal.accounts.providers.faults import Fault
from tests.accounts.providers.signing_in import NOW, SignIn, faulty, opened, profile
from tests.servers.hostile_provider import HostileProvider, Reply

EVERY_STEP = ["/.well-known/openid-configuration", "/keys", "/token", "/userinfo"]


@pytest.fixture
def no_thread_is_left() -> Iterator[None]:
    """Whoever waited on a provider has stopped waiting."""
    before = set(threading.enumerate())
    yield
    gc.collect()
    ours = [one for one in set(threading.enumerate()) - before if isinstance(one, threading.Timer)]
    for one in ours:
        one.join(0.5)
    assert [one for one in ours if one.is_alive()] == []


@pytest.mark.parametrize("path", EVERY_STEP)
@pytest.mark.parametrize(
    ("reply", "fault", "detail"),
    [
        pytest.param(Reply(b"<!doctype html><title>Error</title>"), Fault.ANSWER_NOT_TRUSTED, "no JSON", id="HTML"),
        pytest.param(Reply(b""), Fault.ANSWER_NOT_TRUSTED, "no JSON", id="empty"),
        pytest.param(Reply(b"\xff\xfe{}"), Fault.ANSWER_NOT_TRUSTED, "no JSON", id="not UTF-8"),
        pytest.param(Reply(b'{"a": NaN}'), Fault.ANSWER_NOT_TRUSTED, "no JSON", id="NaN"),
        pytest.param(Reply(b"[" * 100_000), Fault.ANSWER_NOT_TRUSTED, "no JSON", id="bottomless"),
        pytest.param(Reply([]), Fault.ANSWER_NOT_TRUSTED, "no object", id="list"),
        pytest.param(Reply("text"), Fault.ANSWER_NOT_TRUSTED, "no object", id="text"),
        pytest.param(Reply(None), Fault.ANSWER_NOT_TRUSTED, "no object", id="null"),
        pytest.param(Reply({}), Fault.ANSWER_NOT_TRUSTED, "", id="empty object"),
        pytest.param(Reply({"a": "x" * MOST_BYTES}), Fault.ANSWER_NOT_TRUSTED, "longer than", id="huge"),
        pytest.param(
            Reply({"a": "x" * MOST_BYTES}, length_told=False),
            Fault.ANSWER_NOT_TRUSTED,
            "longer than",
            id="huge, untold",
        ),
        pytest.param(
            Reply({}, headers={"Content-Encoding": "gzip"}), Fault.ANSWER_NOT_TRUSTED, "compressed", id="compressed"
        ),
        pytest.param(Reply({"error": "x"}, 400), Fault.PROVIDER_REFUSED, "status 400", id="400"),
        pytest.param(Reply({}, 401), Fault.PROVIDER_REFUSED, "status 401", id="401"),
        pytest.param(Reply({}, 415), Fault.PROVIDER_REFUSED, "status 415", id="415"),
        pytest.param(Reply({}, 429), Fault.PROVIDER_AWAY, "status 429", id="429"),
        pytest.param(Reply(b"oops", 500), Fault.PROVIDER_AWAY, "status 500", id="500"),
        pytest.param(Reply(b"", 503), Fault.PROVIDER_AWAY, "status 503", id="503"),
        pytest.param(Reply({}, 204), Fault.ANSWER_NOT_TRUSTED, "status 204", id="204"),
    ],
)
def test_each_answer_that_is_not_one_is_a_plain_fault(
    sign_in_both: SignIn, hostile: HostileProvider, path: str, reply: Reply, fault: Fault, detail: str
) -> None:
    hostile.says(path, reply)
    with faulty(fault, detail):
        sign_in_both.done()


@pytest.mark.parametrize("path", EVERY_STEP)
@pytest.mark.parametrize("status", [301, 302, 303, 307, 308])
def test_redirects_are_not_followed(sign_in_both: SignIn, hostile: HostileProvider, path: str, status: int) -> None:
    hostile.says("/elsewhere", {"sub": "subject-1"})
    hostile.says(path, Reply({}, status, {"Location": f"{hostile.url}/elsewhere"}))
    with faulty(Fault.ANSWER_NOT_TRUSTED, f"status {status}"):
        sign_in_both.done()
    assert "/elsewhere" not in hostile.paths()


@pytest.mark.usefixtures("no_thread_is_left")
@pytest.mark.parametrize("path", EVERY_STEP)
def test_a_provider_that_does_not_answer_is_waited_for_as_long_as_the_profile_says(
    sign_in_both: SignIn, hostile: HostileProvider, path: str
) -> None:
    hostile.says(path, Reply({}, seconds_before=30))
    started = time.monotonic()
    with faulty(Fault.PROVIDER_AWAY, "Timeout"):
        sign_in_both.done()
    assert 0.4 < time.monotonic() - started < 2


@pytest.mark.usefixtures("no_thread_is_left")
@pytest.mark.parametrize(
    "how",
    [
        pytest.param({"drip_headers": True}, id="headers"),
        pytest.param({"drip_body": True}, id="body"),
        pytest.param({"drip_body": True, "length_told": False}, id="body without a length"),
    ],
)
@pytest.mark.parametrize("path", ["/token", "/userinfo"])
def test_a_provider_that_drips_is_cut_off_in_time(
    sign_in_both: SignIn, hostile: HostileProvider, path: str, how: dict[str, Any]
) -> None:
    sign_in_both.done()
    hostile.says(path, Reply({"access_token": "x" * 500}, **how))
    address, attempt = sign_in_both.begin()
    query = sign_in_both.allowed(address)
    started = time.monotonic()
    with faulty(Fault.PROVIDER_AWAY):
        sign_in_both.provider.finish(query, attempt, now=NOW)
    assert 0.8 < time.monotonic() - started < 2


@pytest.mark.usefixtures("no_thread_is_left")
def test_a_server_that_stalls_the_handshake_is_cut_off_in_time() -> None:
    with socket.create_server(("127.0.0.1", 0)) as silent:
        port = silent.getsockname()[1]
        stop = threading.Event()
        thread = threading.Thread(target=_drip_forever, args=(silent, stop), daemon=True)
        thread.start()
        one = SignIn(opened(profile(f"https://127.0.0.1:{port}")))
        started = time.monotonic()
        with faulty(Fault.PROVIDER_AWAY):
            one.begin()
        assert 0.8 < time.monotonic() - started < 2
        stop.set()
        thread.join()


def test_a_provider_that_is_down_is_away(sign_in: SignIn, hostile: HostileProvider) -> None:
    address, attempt = sign_in.begin()
    query = sign_in.allowed(address)
    hostile.stop()
    with faulty(Fault.PROVIDER_AWAY, "ConnectionError"):
        sign_in.provider.finish(query, attempt, now=NOW)
    with faulty(Fault.PROVIDER_AWAY, "metadata: ConnectionError"):
        SignIn(opened(profile(hostile.url))).begin()


def test_a_provider_that_was_down_works_again_as_soon_as_it_answers(sign_in: SignIn, hostile: HostileProvider) -> None:
    honest = hostile.answers["/.well-known/openid-configuration"]
    hostile.says("/.well-known/openid-configuration", Reply(status=503))
    with faulty(Fault.PROVIDER_AWAY):
        sign_in.begin()
    hostile.answers["/.well-known/openid-configuration"] = honest
    assert sign_in.done().subject == "subject-1"


@pytest.mark.parametrize("answer", [{"error": "x", "access_token": "x"}, {"access_token": ""}, {"access_token": 7}])
def test_an_answer_without_a_usable_token_is_refused(
    sign_in: SignIn, hostile: HostileProvider, answer: dict[str, Any]
) -> None:
    hostile.says("/token", answer)
    with faulty(Fault.PROVIDER_REFUSED if "error" in answer else Fault.ANSWER_NOT_TRUSTED, "token"):
        sign_in.done()


def test_odd_lifetimes_beside_a_token_do_no_harm(sign_in: SignIn, hostile: HostileProvider) -> None:
    honest = hostile.answers["/token"]
    hostile.answers["/token"] = lambda asked: Reply(honest(asked).body | {"expires_in": "x", "expires_at": []})  # type: ignore[operator]
    assert sign_in.done().subject == "subject-1"


def test_settings_of_the_environment_are_not_heeded(
    sign_in: SignIn, monkeypatch: pytest.MonkeyPatch, hostile: HostileProvider
) -> None:
    for name in ("HTTP_PROXY", "http_proxy", "ALL_PROXY"):
        monkeypatch.setenv(name, "http://127.0.0.1:9")
    assert sign_in.provider.begin(next="/", level=0, purpose="sign-in", now=NOW)[0].startswith(hostile.url)


def test_the_proxy_of_the_profile_is_used(hostile: HostileProvider) -> None:
    one = SignIn(opened(profile("http://127.0.0.1:9", discovery=True, proxy=hostile.url)))
    with faulty(Fault.ANSWER_NOT_TRUSTED, "issuer"):  # the proxy answers in its own name
        one.begin()
    assert hostile.paths() == ["/.well-known/openid-configuration"]


def _drip_forever(silent: socket.socket, stop: threading.Event) -> None:
    connection, _ = silent.accept()
    with connection:
        record = b"\x16\x03\x03\x40\x00\x02\x00\x3f\xfc"  # a handshake message that is long in coming
        try:
            while not stop.wait(0.1):
                connection.sendall(record[:1])
                record = record[1:] or b"\x00"
        except OSError:
            return
