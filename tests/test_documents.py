"""The documents keep up with the code: settings, rules, commands."""

from pathlib import Path

import pytest
from click.testing import CliRunner

from access_policy.rules import CLOSED_BY_DEFAULT, RULES
from indexer.cli import main as indexer_command
from indexer.settings import IndexerSettings
from portal.cli import main as portal_command
from portal.settings import PortalSettings

ROOT = Path(__file__).parents[1]
SETTINGS = (ROOT / "deploy/docs/settings.md").read_text()
POLICY = (ROOT / "deploy/docs/policy.md").read_text()
README = (ROOT / "README.md").read_text()


@pytest.mark.parametrize("name", [*IndexerSettings.model_fields, *PortalSettings.model_fields])
def test_every_setting_is_documented(name: str) -> None:
    assert f"`{name}`" in SETTINGS


@pytest.mark.parametrize("rule", [*RULES, CLOSED_BY_DEFAULT], ids=lambda rule: rule.name)
def test_every_rule_is_documented_with_its_article(rule: object) -> None:
    assert f"`{rule.name}`" in POLICY  # type: ignore[attr-defined]
    assert rule.citation.text in POLICY  # type: ignore[attr-defined]


@pytest.mark.parametrize("command", [indexer_command, portal_command], ids=["archive-indexer", "archive-portal"])
def test_every_command_explains_itself_and_stands_in_the_readme(command: object) -> None:
    assert "Examples:" in CliRunner().invoke(command, ["--help"]).output  # type: ignore[arg-type]
    for name in command.commands:  # type: ignore[attr-defined]
        assert CliRunner().invoke(command, [name, "--help"]).exit_code == 0  # type: ignore[arg-type]
        assert name in README


@pytest.mark.parametrize("script", sorted((ROOT / "deploy/bin").iterdir()), ids=lambda script: script.name)
def test_every_script_stands_in_the_readme(script: Path) -> None:
    assert f"deploy/bin/{script.name}" in README
