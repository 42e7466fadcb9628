"""The command starts nothing beside a portal that is no demonstration."""

from __future__ import annotations

import json
from pathlib import Path

import pytest
from click.testing import CliRunner, Result

from portal.accounts.providers.profile import Profile
from portal.demo_provider.commands import demo_provider

PORT = 18_002
ISSUER = f"http://127.0.0.1:{PORT}"


def run(*arguments: str) -> Result:
    return CliRunner().invoke(demo_provider, ["--port", str(PORT), *arguments])


def profiles() -> str:
    printed = run("--print-profile")
    assert printed.exit_code == 0
    return printed.output


@pytest.fixture(autouse=True)
def _settings(monkeypatch: pytest.MonkeyPatch, tmp_path: Path) -> None:
    monkeypatch.setenv("ARCHIVE_SETTINGS", "/dev/null")
    monkeypatch.setenv("ARCHIVE_SECRET_KEY", "d" * 32)
    monkeypatch.setenv("ARCHIVE_DEMO_MAIL_DIR", str(tmp_path))
    monkeypatch.setenv("ARCHIVE_DEMO", "true")
    monkeypatch.setenv("ARCHIVE_IDENTITY_PROVIDERS", profiles())


def test_the_printed_profile_is_one_that_the_portal_takes() -> None:
    (found,) = json.loads(profiles())
    profile = Profile.model_validate(found)
    assert (profile.demo, profile.issuer) == (True, ISSUER)
    assert found["client_secret"] != json.loads(profiles())[0]["client_secret"]


def test_it_refuses_to_start_outside_of_a_demonstration(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("ARCHIVE_DEMO", "false")
    answer = run()
    assert answer.exit_code == 2
    assert "go with demo = true alone" in answer.output
    monkeypatch.setenv("ARCHIVE_IDENTITY_PROVIDERS", "[]")
    monkeypatch.delenv("ARCHIVE_DEMO_MAIL_DIR")
    answer = run()
    assert answer.exit_code == 2
    assert "the setting demo is not true" in answer.output


def test_settings_that_are_wrong_are_told_without_their_values(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("ARCHIVE_SECRET_KEY", "too-short-a-secret")
    answer = run()
    assert answer.exit_code == 2
    assert "at least 32 characters" in answer.output
    assert "too-short" not in answer.output


@pytest.mark.parametrize("portal", ["https://luutru.example", "http://10.0.0.1:8000", "http://127.0.0.1.example", "x"])
def test_it_serves_no_portal_elsewhere(portal: str) -> None:
    answer = run("--portal", portal)
    assert answer.exit_code == 2
    assert "has to be on this machine" in answer.output


def test_it_refuses_to_be_what_the_portal_does_not_know(monkeypatch: pytest.MonkeyPatch) -> None:
    answer = CliRunner().invoke(demo_provider, ["--port", str(PORT + 1)])
    assert answer.exit_code == 2
    assert f"has the issuer http://127.0.0.1:{PORT + 1}" in answer.output


def test_it_wants_to_know_where_the_messages_are(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.delenv("ARCHIVE_DEMO_MAIL_DIR")
    answer = run()
    assert answer.exit_code == 2
    assert "demo_mail_dir" in answer.output
