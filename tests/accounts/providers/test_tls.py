"""Providers over https: whose certificate is believed, and that the limit in time holds there too."""

from __future__ import annotations

import ipaddress
import ssl
import time
from collections.abc import Iterator
from datetime import timedelta
from pathlib import Path

import pytest
from cryptography import x509
from cryptography.hazmat.primitives.asymmetric.ec import SECP256R1, generate_private_key
from cryptography.hazmat.primitives.hashes import SHA256
from cryptography.hazmat.primitives.serialization import Encoding, NoEncryption, PrivateFormat

from portal.accounts.providers.faults import Fault
from portal.clock import utc_now
from tests.accounts.providers.signing_in import NOW, SignIn, faulty, opened, profile
from tests.servers.hostile_provider import HostileProvider, Reply


@pytest.fixture(scope="module")
def certificate(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A certificate for 127.0.0.1 that signs itself, and its key, in one file."""
    key, name = generate_private_key(SECP256R1()), x509.Name([x509.NameAttribute(x509.NameOID.COMMON_NAME, "idp")])
    address = x509.SubjectAlternativeName([x509.IPAddress(ipaddress.ip_address("127.0.0.1"))])
    made = (
        x509.CertificateBuilder(name, name, key.public_key(), x509.random_serial_number())
        .not_valid_before(utc_now() - timedelta(days=1))
        .not_valid_after(utc_now() + timedelta(days=1))
        .add_extension(address, critical=False)
        .sign(key, SHA256())
    )
    file = tmp_path_factory.mktemp("tls") / "idp.pem"
    file.write_bytes(made.public_bytes(Encoding.PEM))
    with file.open("ab") as more:
        more.write(key.private_bytes(Encoding.PEM, PrivateFormat.PKCS8, NoEncryption()))
    return file


@pytest.fixture
def secure(certificate: Path) -> Iterator[HostileProvider]:
    context = ssl.SSLContext(ssl.PROTOCOL_TLS_SERVER)
    context.load_cert_chain(certificate)
    with HostileProvider(now=NOW, tls=context) as server:
        yield server


def test_a_certificate_of_the_profiles_own_authority_is_believed(secure: HostileProvider, certificate: Path) -> None:
    address, _ = SignIn(opened(profile(secure.url, ca_file=certificate))).begin()
    assert address.startswith(f"{secure.url}/authorize?")


def test_a_certificate_of_nobody_known_is_not(
    secure: HostileProvider, certificate: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setenv("REQUESTS_CA_BUNDLE", str(certificate))  # the environment has no say
    with faulty(Fault.PROVIDER_AWAY, "SSLError"):
        SignIn(opened(profile(secure.url))).begin()
    assert secure.asked == []


@pytest.mark.parametrize("part", ["drip_headers", "drip_body"])
def test_a_drip_over_tls_is_cut_off_in_time(secure: HostileProvider, certificate: Path, part: str) -> None:
    reply = Reply({"issuer": "x" * 500}, drip_headers=part == "drip_headers", drip_body=part == "drip_body")
    secure.says("/.well-known/openid-configuration", reply)
    started = time.monotonic()
    with faulty(Fault.PROVIDER_AWAY):
        SignIn(opened(profile(secure.url, ca_file=certificate))).begin()
    assert 0.8 < time.monotonic() - started < 2
