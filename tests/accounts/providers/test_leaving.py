"""Signing out at the provider, and being told by it that somebody has signed out there."""

from __future__ import annotations

from datetime import timedelta
from typing import Any
from urllib.parse import parse_qs, urlsplit

import pytest

from portal.accounts.providers.faults import Fault
from tests.accounts.providers.signing_in import NOW, SignIn, faulty, opened, profile
from tests.servers.hostile_provider import CLIENT_ID, FOREIGN_KEY, HostileProvider, Reply

SECONDS = int(NOW.timestamp())
EVENT = "http://schemas.openid.net/event/backchannel-logout"
BACK = "/dang-xuat/xong"


@pytest.fixture
def told(hostile: HostileProvider) -> SignIn:
    """A provider whose word about ended sessions is heard."""
    return SignIn(opened(profile(hostile.url, back_channel=True)))


def test_the_browser_is_sent_to_the_end_of_its_session_there(sign_in: SignIn, hostile: HostileProvider) -> None:
    token = sign_in.done().id_token
    address = sign_in.provider.logout_address(id_token=token, logout_uri="", return_to=BACK, state="s")
    parts = urlsplit(address)
    assert f"{parts.scheme}://{parts.netloc}{parts.path}" == f"{hostile.url}/leave"
    assert parse_qs(parts.query) == {
        "id_token_hint": [token],
        "client_id": [CLIENT_ID],
        "post_logout_redirect_uri": ["https://archive.example/dang-xuat/xong"],
        "state": ["s"],
    }


def test_the_name_of_the_way_back_can_be_another(hostile: HostileProvider) -> None:
    one = opened(profile(hostile.url, logout_return_parameter="logout_callback_url"))
    address = one.logout_address(id_token="a.b.c", logout_uri="", return_to="https://archive.example/en/", state="")
    assert parse_qs(urlsplit(address).query)["logout_callback_url"] == ["https://archive.example/en/"]
    assert "state" not in address


@pytest.mark.parametrize(
    "elsewhere", ["https://evil.example/", "//evil.example/", "http://archive.example/", "javascript:x"]
)
def test_the_way_back_leads_to_this_site(sign_in: SignIn, elsewhere: str) -> None:
    with pytest.raises(ValueError, match="return_to is an address of this site"):
        sign_in.provider.logout_address(id_token="a.b.c", logout_uri="", return_to=elsewhere)


def test_a_provider_that_is_down_keeps_nobody_from_signing_out(hostile: HostileProvider) -> None:
    one = opened(profile(hostile.url))
    hostile.says("/.well-known/openid-configuration", Reply(status=503))
    assert one.logout_address(id_token="a.b.c", logout_uri="", return_to=BACK) == ""


def test_signing_out_asks_nothing_of_a_provider_that_is_known(sign_in: SignIn, hostile: HostileProvider) -> None:
    token = sign_in.done().id_token
    hostile.asked.clear()
    assert sign_in.provider.logout_address(id_token=token, logout_uri="", return_to=BACK)
    assert hostile.asked == []


@pytest.mark.parametrize("logout", ["none", "revoke"])
def test_a_profile_without_a_way_out_gives_none_and_keeps_no_token(hostile: HostileProvider, logout: str) -> None:
    one = SignIn(opened(profile(hostile.url, logout=logout)))
    identity = one.done()
    assert (identity.id_token, identity.logout_uri) == ("", "")
    assert one.provider.logout_address(id_token="a.b.c", logout_uri="https://x.example/", return_to=BACK) == ""


@pytest.mark.parametrize(
    ("given", "used"),
    [
        ("https://leave.example/out?token=x", True),
        ("https://leave.example:8443/out", True),
        ("http://leave.example/out", False),
        ("https://evil.example/out", False),
        ("https://leave.example.evil.example/", False),
        ("https://leave.example@evil.example/", False),
        ("javascript:alert(1)", False),
        ("", False),
    ],
)
def test_an_address_that_came_with_the_identity_is_used_only_on_listed_hosts(
    hostile: HostileProvider, given: str, used: bool
) -> None:
    more = {"logout": "logout-uri", "logout_hosts": ["leave.example"], "claims": {"logout_uri": "logoutUri"}}
    one = SignIn(opened(profile(hostile.url, **more)))
    hostile.claims = {"logoutUri": given}
    identity = one.done()
    assert identity.logout_uri == given
    assert one.provider.logout_address(id_token="", logout_uri=identity.logout_uri, return_to=BACK) == (
        given if used else ""
    )


def test_the_end_of_a_session_is_understood(told: SignIn, hostile: HostileProvider) -> None:
    ended = told.provider.ended(hostile.logout_token(sub="subject-1", jti="message-1"), now=NOW)
    assert (ended.issuer, ended.sid, ended.subject, ended.jti) == (hostile.url, "session-1", "subject-1", "message-1")
    assert ended.expires_at == NOW + timedelta(seconds=150)


@pytest.mark.parametrize("typ", ["logout+jwt", "LOGOUT+JWT", "JWT", None])
def test_each_customary_type_of_message_is_understood(told: SignIn, hostile: HostileProvider, typ: str | None) -> None:
    hostile.header = {"typ": typ}
    assert told.provider.ended(hostile.logout_token(), now=NOW).sid == "session-1"


@pytest.mark.parametrize(
    "claims",
    [
        pytest.param({"sid": None}, id="neither session nor subject"),
        pytest.param({"sid": ""}, id="empty session"),
        pytest.param({"sid": 7}, id="session is a number"),
        pytest.param({"sub": ["x"]}, id="subject is a list"),
        pytest.param({"sid": "x" * 256}, id="session too long"),
        pytest.param({"jti": None}, id="no jti"),
        pytest.param({"jti": ""}, id="empty jti"),
        pytest.param({"jti": 7}, id="jti is a number"),
        pytest.param({"nonce": "n"}, id="a nonce"),
        pytest.param({"nonce": ""}, id="an empty nonce"),
        pytest.param({"events": None}, id="no event"),
        pytest.param({"events": {}}, id="empty events"),
        pytest.param({"events": {"http://schemas.openid.net/event/other": {}}}, id="another event"),
        pytest.param({"events": {EVENT: "yes"}}, id="event is a text"),
        pytest.param({"events": [EVENT]}, id="events is a list"),
        pytest.param({"iss": "https://evil.example"}, id="another issuer"),
        pytest.param({"aud": "other"}, id="another client"),
        pytest.param({"aud": [CLIENT_ID, "other"]}, id="several clients"),
        pytest.param({"exp": None}, id="never expires"),
        pytest.param({"exp": SECONDS - 31}, id="expired"),
        pytest.param({"exp": SECONDS + 3601}, id="valid for too long"),
        pytest.param({"exp": 10**30}, id="valid for ever"),
        pytest.param({"iat": SECONDS - 7200}, id="valid for too long, from before"),
        pytest.param({"iat": SECONDS + 31}, id="from the future"),
        pytest.param({"iat": None}, id="of no time"),
    ],
)
def test_a_message_that_does_not_hold_is_refused(
    told: SignIn, hostile: HostileProvider, claims: dict[str, Any]
) -> None:
    with faulty(Fault.ANSWER_NOT_TRUSTED, "logout_token"):
        told.provider.ended(hostile.logout_token(**claims), now=NOW)


def test_an_id_token_ends_no_session(told: SignIn, hostile: HostileProvider) -> None:
    token = told.done().id_token
    with faulty(Fault.ANSWER_NOT_TRUSTED, "logout_token"):
        told.provider.ended(token, now=NOW)


def test_a_logout_token_signs_nobody_in(sign_in: SignIn, hostile: HostileProvider) -> None:
    token = hostile.logout_token(sub="subject-1")
    hostile.says("/token", {"access_token": "x", "id_token": token})
    with faulty(Fault.ANSWER_NOT_TRUSTED, "nonce"):
        sign_in.done()


def test_a_message_of_a_foreign_key_is_refused(told: SignIn, hostile: HostileProvider) -> None:
    hostile.signed_with = FOREIGN_KEY, "RS256"
    with faulty(Fault.ANSWER_NOT_TRUSTED, "BadSignatureError"):
        told.provider.ended(hostile.logout_token(), now=NOW)


@pytest.mark.parametrize("token", ["", "x", "a.b.c", "e30.e30.e30", "x" * 200_000])
def test_what_is_no_message_is_refused(told: SignIn, token: str) -> None:
    with faulty(Fault.ANSWER_NOT_TRUSTED, "logout_token"):
        told.provider.ended(token, now=NOW)


def test_nothing_is_asked_of_a_provider_for_what_is_no_message(told: SignIn, hostile: HostileProvider) -> None:
    told.begin()
    hostile.asked.clear()
    with faulty(Fault.ANSWER_NOT_TRUSTED):
        told.provider.ended("a.b.c", now=NOW)
    assert hostile.asked == []


def test_a_profile_without_a_back_channel_hears_nothing(sign_in: SignIn, hostile: HostileProvider) -> None:
    with faulty(Fault.NOT_CONFIGURED, "back_channel is off"):
        sign_in.provider.ended(hostile.logout_token(), now=NOW)
