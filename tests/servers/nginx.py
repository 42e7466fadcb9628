"""A TLS proxy with passwords before another server: how a client meets a secured OpenSearch."""

from __future__ import annotations

import ipaddress
import os
import secrets
import shutil
import socket
from datetime import UTC, datetime, timedelta
from pathlib import Path

from cryptography import x509
from cryptography.hazmat.primitives import hashes
from cryptography.hazmat.primitives.asymmetric import ec
from cryptography.hazmat.primitives.serialization import Encoding, NoEncryption, PrivateFormat
from cryptography.x509.oid import NameOID

from tests.servers.leash import Leash, new_folder
from tests.servers.ports import free_port
from tests.servers.waiting import wait_until

# One process in the foreground: whoever holds the leash holds all of it, and no second account has to read the key.
_CONFIGURATION = """
daemon off;
master_process off;
pid {folder}/pid;
error_log stderr warn;
events {{}}
http {{
    access_log off;
    client_body_temp_path {folder}/body;
    proxy_temp_path {folder}/proxy;
    fastcgi_temp_path {folder}/fastcgi;
    uwsgi_temp_path {folder}/uwsgi;
    scgi_temp_path {folder}/scgi;
    server {{
        listen 127.0.0.1:{port} ssl;
        ssl_certificate {folder}/server.pem;
        ssl_certificate_key {folder}/server-key.pem;
        ssl_protocols TLSv1.2 TLSv1.3;
        client_max_body_size 100m;
        location / {{
            auth_basic archive;
            auth_basic_user_file {folder}/passwords;
            proxy_pass {upstream};
            proxy_http_version 1.1;
            proxy_set_header Authorization "";
        }}
    }}
}}
"""


class NginxTls:
    """Answers at `url` what `upstream_url` answers, to whoever trusts `ca_file` and says `user` and `password`."""

    def __init__(self, upstream_url: str) -> None:
        self._port = free_port()
        self.url = f"https://127.0.0.1:{self._port}"
        self.user, self.password = "archive", secrets.token_urlsafe(12)
        folder = new_folder("nginx")
        self.ca_file = folder / "ca.pem"
        _write_certificates(folder)
        (folder / "passwords").write_text(f"{self.user}:{{PLAIN}}{self.password}\n")
        configuration = _CONFIGURATION.format(folder=folder, port=self._port, upstream=upstream_url)
        (folder / "nginx.conf").write_text(configuration)
        self._leash = Leash(
            [_program(), "-p", str(folder), "-e", "stderr", "-c", str(folder / "nginx.conf")],
            folder=folder,
            env={"PATH": os.defpath},
            cwd=folder,
        )
        wait_until(self._listens, leash=self._leash, what="nginx")

    def log(self) -> str:
        return self._leash.log()

    def stop(self) -> None:
        self._leash.end()

    def _listens(self) -> bool:
        try:
            socket.create_connection(("127.0.0.1", self._port), timeout=5).close()
        except OSError:
            return False
        return True


def _program() -> str:
    found = shutil.which("nginx", path=f"{os.environ['PATH']}:/usr/sbin")
    if found is None:
        raise RuntimeError("no nginx is installed; run deploy/bin/install --dev")
    return found


def _write_certificates(folder: Path) -> None:
    """An authority made for this server alone, and the server's certificate under it, for 127.0.0.1 and localhost."""
    authority, key = (ec.generate_private_key(ec.SECP256R1()) for _ in range(2))
    issuer = _name("Throw-away authority")
    above = _certificate(issuer, issuer, authority, signed_with=authority, is_authority=True)
    below = _certificate(_name("Throw-away server"), issuer, key, signed_with=authority, is_authority=False)
    (folder / "ca.pem").write_bytes(above.public_bytes(Encoding.PEM))
    (folder / "server.pem").write_bytes(below.public_bytes(Encoding.PEM))
    (folder / "server-key.pem").write_bytes(key.private_bytes(Encoding.PEM, PrivateFormat.PKCS8, NoEncryption()))


def _certificate(
    subject: x509.Name,
    issuer: x509.Name,
    key: ec.EllipticCurvePrivateKey,
    *,
    signed_with: ec.EllipticCurvePrivateKey,
    is_authority: bool,
) -> x509.Certificate:
    now = datetime.now(UTC)
    builder = x509.CertificateBuilder().subject_name(subject).issuer_name(issuer).public_key(key.public_key())
    builder = builder.serial_number(x509.random_serial_number())
    builder = builder.not_valid_before(now - timedelta(hours=1)).not_valid_after(now + timedelta(days=1))
    for extension, critical in [
        (x509.BasicConstraints(ca=is_authority, path_length=None), True),
        (_key_usage(is_authority=is_authority), True),
        (x509.SubjectKeyIdentifier.from_public_key(key.public_key()), False),
        (x509.AuthorityKeyIdentifier.from_issuer_public_key(signed_with.public_key()), False),
        (_addresses(), False),
    ]:
        builder = builder.add_extension(extension, critical=critical)
    return builder.sign(signed_with, hashes.SHA256())


def _key_usage(*, is_authority: bool) -> x509.KeyUsage:
    never = ("content_commitment", "key_encipherment", "data_encipherment", "key_agreement", "crl_sign")
    return x509.KeyUsage(
        digital_signature=True,
        key_cert_sign=is_authority,
        encipher_only=False,
        decipher_only=False,
        **dict.fromkeys(never, False),
    )


def _name(text: str) -> x509.Name:
    return x509.Name([x509.NameAttribute(NameOID.COMMON_NAME, text)])


def _addresses() -> x509.SubjectAlternativeName:
    loopback = ipaddress.ip_address("127.0.0.1")
    return x509.SubjectAlternativeName([x509.IPAddress(loopback), x509.DNSName("localhost")])
