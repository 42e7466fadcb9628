"""The site in containers, as deploy/compose.yaml describes it, and the secrets that it mounts."""

from __future__ import annotations

import subprocess
from typing import Any

import yaml  # type: ignore[import-untyped]

from tests.servers.portal import ROOT

DEPLOY = ROOT / "deploy"


def read(path: str) -> dict[str, Any]:
    """A YAML file below deploy/."""
    content: dict[str, Any] = yaml.safe_load((DEPLOY / path).read_text())
    return content


COMPOSE = read("compose.yaml")
SERVICES: dict[str, dict[str, Any]] = COMPOSE["services"]
SECURITY = "compose/opensearch/security"
HOST = "luutru.example.vn"


def environment(service: str) -> dict[str, str]:
    """What the file sets for a service, as it stands there: with `${…}` for what an operator sets."""
    variables: dict[str, str] = SERVICES[service].get("environment", {})
    return variables


def make_secrets(*arguments: str) -> subprocess.CompletedProcess[str]:
    command = [str(DEPLOY / "compose/make-secrets"), *arguments]
    return subprocess.run(command, capture_output=True, text=True, timeout=120, check=False)
