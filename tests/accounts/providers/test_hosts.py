"""Which addresses are asked, and which a browser is sent to: those of the settings, by https, and no other."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from portal.accounts.providers.faults import Fault
from portal.accounts.providers.hosts import Hosts, host_of
from tests.accounts.providers.signing_in import SignIn, faulty, opened, profile
from tests.servers.hostile_provider import HostileProvider

METADATA = "/.well-known/openid-configuration"


@pytest.mark.parametrize(
    ("address", "host"),
    [
        ("https://idp.example", "idp.example"),
        ("https://IDP.example:8443/path?x=1", "idp.example"),
        ("http://127.0.0.1:8002/token", "127.0.0.1"),
        ("http://localhost", "localhost"),
        ("http://[::1]:80/", "::1"),
    ],
)
def test_an_address_in_full_has_a_host(address: str, host: str) -> None:
    assert host_of(address) == host


@pytest.mark.parametrize(
    "address",
    [
        "",
        "idp.example",
        "//idp.example/",
        "http://idp.example/",
        "http://127.0.0.1.evil.example/",
        "ftp://idp.example/",
        "javascript:alert(1)",
        "https://",
        "https:///path",
        "https://user@idp.example/",
        "https://idp.example@evil.example/",
        "https://idp.example\\@evil.example/",
        "https://idp.example#@evil.example/",
        "https://idp.example/#fragment",
        "https://idp.example /",
        "https://idp.example/a b",
        "https://idp.example\n.evil.example/",
        "https://idp.example/\r\nX: y",
        "https://ｉdp.example/",
        "https://idp.example:port/",
        "https://*.example/",
    ],
)
def test_an_address_that_could_be_misread_has_none(address: str) -> None:
    with pytest.raises(ValueError, match="needs"):
        host_of(address)
    assert not Hosts(["idp.example", "evil.example"]).allow(address)


@given(st.text(max_size=40))
def test_only_a_listed_host_is_allowed_whatever_follows(rest: str) -> None:
    address = "https://idp.example" + rest
    if Hosts(["idp.example"]).allow(address):
        assert rest[:1] in ("", ":", "/", "?")


@pytest.mark.parametrize(
    "name",
    [
        "authorization_endpoint",
        "token_endpoint",
        "userinfo_endpoint",
        "jwks_uri",
        "end_session_endpoint",
        "revocation_endpoint",
    ],
)
@pytest.mark.parametrize("address", ["https://evil.example/x", "http://idp.example/x", "javascript:alert(1)", 7])
def test_metadata_cannot_send_anybody_elsewhere(
    sign_in: SignIn, hostile: HostileProvider, name: str, address: object
) -> None:
    hostile.says(METADATA, hostile.metadata() | {name: address})
    with faulty(Fault.ANSWER_NOT_TRUSTED, "metadata"):
        sign_in.begin()
    assert hostile.paths() == [METADATA]


@pytest.mark.parametrize("issuer", ["https://evil.example", "", None, 7])
def test_metadata_of_another_issuer_is_refused(sign_in: SignIn, hostile: HostileProvider, issuer: object) -> None:
    hostile.says(METADATA, hostile.metadata() | {"issuer": issuer})
    with faulty(Fault.ANSWER_NOT_TRUSTED, "issuer"):
        sign_in.begin()


def test_an_issuer_with_a_slash_at_its_end_is_another(sign_in: SignIn, hostile: HostileProvider) -> None:
    hostile.says(METADATA, hostile.metadata() | {"issuer": hostile.url + "/"})
    with faulty(Fault.ANSWER_NOT_TRUSTED, "issuer"):
        sign_in.begin()


@pytest.mark.parametrize("name", ["authorization_endpoint", "token_endpoint"])
def test_metadata_without_the_endpoints_of_the_flow_is_of_no_use(
    sign_in: SignIn, hostile: HostileProvider, name: str
) -> None:
    hostile.says(METADATA, {key: value for key, value in hostile.metadata().items() if key != name})
    with faulty(Fault.NOT_CONFIGURED, "no authorization or token endpoint"):
        sign_in.begin()


def test_a_host_that_the_operator_adds_is_allowed(hostile: HostileProvider) -> None:
    hostile.says(METADATA, hostile.metadata() | {"authorization_endpoint": "https://sign.example/in"})
    one = SignIn(opened(profile(hostile.url, allowed_hosts=["127.0.0.1", "sign.example"])))
    assert one.begin()[0].startswith("https://sign.example/in?")


def test_a_missing_address_of_keys_is_a_matter_of_settings(sign_in: SignIn, hostile: HostileProvider) -> None:
    hostile.says(METADATA, hostile.metadata() | {"jwks_uri": ""})
    with faulty(Fault.NOT_CONFIGURED, "keys"):
        sign_in.done()
