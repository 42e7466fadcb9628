"""The secrets of the site in containers: made once, each for one account, and all that the services need."""

from __future__ import annotations

import re
import subprocess
import tomllib
from pathlib import Path

import pytest

from indexer.audit.settings import AuditSettings
from indexer.settings import Engine, IndexerSettings, IndexSettings
from portal.settings import PortalSettings
from tests.deploy.compose import COMPOSE, HOST, SECURITY, SERVICES, environment, make_secrets, read

READERS_OF: dict[str, type[IndexSettings]] = {
    "portal": PortalSettings,
    "indexer": IndexerSettings,
    "audit": AuditSettings,
}


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
    assert set.union(*users.values()) == set(COMPOSE["secrets"])


def test_secrets_differ_where_accounts_do(secrets: Path) -> None:
    settings = {name: tomllib.loads((secrets / f"{name}.toml").read_text()) for name in READERS_OF}
    for key in ("opensearch_password", "register_url"):
        assert settings["portal"][key] == settings["audit"][key] != settings["indexer"][key]
    assert "secret_key" not in settings["indexer"]
    assert "database_url" not in settings["portal"]


@pytest.mark.parametrize(
    ("arguments", "code", "complaint"),
    [
        (["{}", "--host", HOST], 2, "--host and --database are needed"),
        (["{}", "--host", "a b", "--database", "sqlite:///x"], 2, "--host wants a host name"),
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
    values = {"ARCHIVE_HOST": HOST, "ARCHIVE_PAGES": "/srv/archive/pages"}
    filled = {
        key: re.sub(r"\$\{(\w+)(?:[^}]*)\}", lambda match: values[match[1]], value)
        for key, value in environment(service).items()
    }
    return {key: value.replace("/run/secrets", str(secrets)) for key, value in filled.items()}


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
