"""The secrets of the site in containers: made once, each for one account, and all that the services need."""

from __future__ import annotations

import re
import subprocess
import tomllib
from pathlib import Path

import pytest
from cryptography import x509
from sqlalchemy import make_url

from indexer.audit.settings import AuditSettings
from indexer.settings import Engine, IndexerSettings, IndexSettings
from portal.settings import PortalSettings
from tests.deploy.compose import COMPOSE, DESK_HOST, HOST, SECURITY, SERVICES, environment, filled, make_secrets, read

READERS_OF: dict[str, type[IndexSettings]] = {
    "portal": PortalSettings,
    "indexer": IndexerSettings,
    "audit": AuditSettings,
    "desk": PortalSettings,
    "worker": PortalSettings,
    "migrate-store": PortalSettings,
}
PROVIDER = """
[[identity_providers]]
id = "tinh"
name = "Tài khoản của tỉnh"
audience = "staff"
issuer = "https://dangnhap.example.vn"
client_id = "luutru"
client_secret_file = "PARTNERS/tinh"
"""


def test_every_secret_is_made_and_no_other_account_reads_it(secrets: Path) -> None:
    named = {Path(secret["file"]).name for secret in COMPOSE["secrets"].values()}
    made = {path.name for path in secrets.iterdir()}
    assert named | {"opensearch.env"} <= made
    open_to_all = {path.name for path in secrets.iterdir() if path.stat().st_mode & 0o077}
    assert open_to_all == {"ca.pem"}
    assert secrets.stat().st_mode & 0o777 == 0o700


def test_a_private_key_reaches_only_its_service() -> None:
    users = {
        name: {s if isinstance(s, str) else s["source"] for s in service.get("secrets", [])}
        for name, service in SERVICES.items()
    }
    assert {name for name in users if "site-key.pem" in users[name]} == {"nginx"}
    assert {name for name in users if "node-key.pem" in users[name]} == {"opensearch"}
    assert {name for name in users if "portal.toml" in users[name]} == {"portal-1", "portal-2"}
    assert {name for name in users if "desk.toml" in users[name]} == {"desk"}
    assert {name for name in users if "worker.toml" in users[name]} == {"worker"}
    assert {name for name in users if "store-owner" in users[name]} == {"postgres"}
    assert {name for name in users if "migrate-store.toml" in users[name]} == {"migrate-store"}
    assert set.union(*users.values()) == set(COMPOSE["secrets"])


def test_secrets_differ_where_accounts_do(secrets: Path) -> None:
    settings = {name: tomllib.loads((secrets / f"{name}.toml").read_text()) for name in READERS_OF}
    for key in ("opensearch_password", "register_url"):
        assert settings["portal"][key] == settings["audit"][key] != settings["indexer"][key]
    assert "secret_key" not in settings["indexer"]
    assert "database_url" not in settings["portal"]
    own = {"secret_key", "store_url", "matching_key", "personal_data_keys"}
    assert set(settings["desk"]) == own | {"access_log_key", "opensearch_password", "register_url"}
    assert settings["desk"]["register_url"] == settings["worker"]["register_url"]
    assert settings["desk"]["register_url"] not in (
        settings["portal"]["register_url"],
        settings["indexer"]["register_url"],
    )
    assert set(settings["migrate-store"]) == {"secret_key", "store_url"}
    for key in ("store_url", "matching_key", "personal_data_keys"):
        assert settings["worker"][key] == settings["desk"][key] == settings["portal"][key]
        assert key not in settings["indexer"] | settings["audit"]
    assert settings["migrate-store"]["store_url"] != settings["portal"]["store_url"]
    for name in ("worker", "desk"):
        assert settings[name]["access_log_key"] == settings["portal"]["access_log_key"], "they know readers by one name"
    own_keys = [settings[name]["secret_key"] for name in ("portal", "desk", "worker", "migrate-store")]
    assert len(set(own_keys)) == 4


def test_no_two_secrets_are_alike(secrets: Path) -> None:
    made = [path.read_text() for path in secrets.iterdir() if path.suffix in {"", ".env"} and path.is_file()]
    passwords = re.findall(r"\b[0-9a-f]{48}\b", "\n".join(made))
    assert len(passwords) == len(set(passwords)) == 8
    portal = tomllib.loads((secrets / "portal.toml").read_text())
    keys = [portal["secret_key"], portal["access_log_key"], portal["matching_key"], *portal["personal_data_keys"]]
    assert len({*keys, *passwords}) == 12


@pytest.mark.parametrize(
    ("settings", "key", "account", "file"),
    [
        ("portal", "store_url", "store_portal", "store-portal"),
        ("migrate-store", "store_url", "store_owner", "store-owner"),
        ("portal", "register_url", "portal", "register-portal"),
        ("indexer", "register_url", "indexer", "register-indexer"),
        ("worker", "register_url", "desk", "register-desk"),
        ("desk", "register_url", "desk", "register-desk"),
        ("worker", "store_url", "store_portal", "store-portal"),
    ],
)
def test_an_account_has_the_password_that_postgresql_is_given(
    settings: str, key: str, account: str, file: str, secrets: Path
) -> None:
    url = make_url(tomllib.loads((secrets / f"{settings}.toml").read_text())[key])
    assert (url.username, url.password, url.host) == (account, (secrets / file).read_text().strip(), "postgres")
    assert url.database == ("portal" if key == "store_url" else "register")
    assert file in SERVICES["postgres"]["secrets"]


@pytest.mark.parametrize("name", ["portal", "desk"])
def test_a_provider_can_be_written_below_what_was_made(
    name: str, secrets: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    (tmp_path / "tinh").write_text("a-secret-of-the-client\n")
    file = tmp_path / "settings.toml"
    file.write_text((secrets / f"{name}.toml").read_text() + PROVIDER.replace("PARTNERS", str(tmp_path)))
    monkeypatch.setenv("ARCHIVE_SETTINGS", str(file))
    assert [profile.id for profile in PortalSettings().identity_providers] == ["tinh"]


def test_what_partners_gave_is_read_by_who_signs_in_and_who_writes_alone(secrets: Path) -> None:
    assert (secrets / "partners").stat().st_mode & 0o777 == 0o700
    mount = "/etc/archive/secrets/partners:/run/secrets/partners:ro"
    having = {name for name, service in SERVICES.items() if mount in map(filled, service.get("volumes", []))}
    assert having == {"portal-1", "portal-2", "desk", "worker"}


def test_the_certificate_of_the_site_names_portal_and_desk(tmp_path: Path) -> None:
    folder = tmp_path / "secrets"
    made = make_secrets(str(folder), "--host", HOST, "--desk-host", DESK_HOST, "--database", "sqlite:///x")
    assert made.returncode == 0, made.stderr
    certificate = x509.load_pem_x509_certificate((folder / "site.pem").read_bytes())
    names = certificate.extensions.get_extension_for_class(x509.SubjectAlternativeName).value
    assert names.get_values_for_type(x509.DNSName) == [HOST, DESK_HOST]


@pytest.mark.parametrize(
    ("arguments", "code", "complaint"),
    [
        (["{}", "--host", HOST], 2, "--host and --database are needed"),
        (["{}", "--host", "a b", "--database", "sqlite:///x"], 2, "--host wants a host name"),
        (["{}", "--host", HOST, "--desk-host", "a,b", "--database", "s:///x"], 2, "--desk-host wants a host name"),
        (["{}", "--host", HOST, "--database", 'sqlite:///"x'], 2, "--database wants a URL"),
        (["{}", "--fast"], 2, "unknown argument '--fast'"),
        (["/tmp", "--host", HOST, "--database", "sqlite:///x"], 1, "/tmp exists; nothing was changed"),
    ],
)
def test_secrets_are_never_overwritten_or_half_made(
    tmp_path: Path, arguments: list[str], code: int, complaint: str
) -> None:
    answer = make_secrets(*(word.format(tmp_path / "new") for word in arguments))
    assert answer.returncode == code
    assert complaint in answer.stderr
    assert list(tmp_path.iterdir()) == []


def resolved(service: str, secrets: Path) -> dict[str, str]:
    """The environment of a service with the values of this test for what an operator sets."""
    variables = environment(service).items()
    return {key: filled(value).replace("/run/secrets", str(secrets)) for key, value in variables}


@pytest.mark.parametrize(
    ("service", "account"),
    [("portal-1", "portal"), ("portal-2", "portal"), ("indexer", "indexer"), ("audit", "portal")],
)
def test_the_settings_of_a_service_are_whole(
    service: str, account: str, secrets: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    env = resolved(service, secrets)
    for name, value in env.items():
        monkeypatch.setenv(name, value)
    reader = READERS_OF[Path(env["ARCHIVE_SETTINGS"]).stem]
    settings = reader()
    assert settings.engine is Engine.OPENSEARCH
    assert settings.opensearch_urls == ("https://opensearch:9200",)
    assert settings.opensearch_user == account
    assert len(settings.opensearch_password.get_secret_value()) == 48
    assert settings.opensearch_ca_file == secrets / "ca.pem"
    known = {f"ARCHIVE_{field.upper()}" for each in (reader, PortalSettings) for field in each.model_fields}
    assert set(env) - known == {"ARCHIVE_SETTINGS"}


@pytest.mark.parametrize("service", ["portal-1", "desk"])
def test_the_settings_of_signing_in_are_whole(service: str, secrets: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    for name, value in resolved(service, secrets).items():
        monkeypatch.setenv(name, value)
    settings = PortalSettings()
    assert (settings.base_url, settings.desk_url) == (f"https://{HOST}", f"https://{DESK_HOST}:8444")
    assert settings.trusted_hosts == (DESK_HOST if service == "desk" else HOST, "localhost")
    assert settings.session_redis_url == "redis://sessions:6379/0" != settings.redis_url
    assert settings.proxies == 1
    assert len(settings.personal_data_keys) == 1
    assert settings.matching_key.get_secret_value()
    assert (settings.smtp_host, settings.smtp_port) == ("", 587)


@pytest.mark.parametrize("name", ["node.pem", "administrator.pem"])
def test_a_certificate_stands_under_the_authority(name: str, secrets: Path) -> None:
    command = ["openssl", "verify", "-x509_strict", "-CAfile", "ca.pem"]
    for_host = ["-verify_hostname", "opensearch", "-purpose", "sslserver"] if name == "node.pem" else []
    answer = subprocess.run([*command, *for_host, name], cwd=secrets, capture_output=True, text=True, check=False)
    assert answer.stdout == f"{name}: OK\n", answer.stderr


def test_every_account_has_its_password_from_the_environment(secrets: Path) -> None:
    accounts = read(f"{SECURITY}/internal_users.yml")
    accounts.pop("_meta")
    given = dict(line.split("=") for line in (secrets / "opensearch.env").read_text().splitlines())
    named = {re.fullmatch(r"\$\{envbc\.(\w+)\}", account["hash"]) for account in accounts.values()}
    assert {match and match[1] for match in named} == set(given)
    assert set(accounts) == {environment(name)["ARCHIVE_OPENSEARCH_USER"] for name in ("portal-1", "indexer")}
