"""The site in containers, as deploy/compose.yaml describes it, and the secrets that it mounts."""

from __future__ import annotations

import re
import subprocess
from typing import Any

import yaml

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
DESK_HOST = "noibo.luutru.example.vn"
OPERATOR = {
    "ARCHIVE_HOST": HOST,
    "ARCHIVE_DESK_HOST": DESK_HOST,
    "ARCHIVE_PAGES": "/srv/archive/pages",
    "ARCHIVE_SECRETS": "/etc/archive/secrets",
}
"""What an operator has to set; the rest has a value of its own in the file."""


def environment(service: str) -> dict[str, str]:
    """What the file sets for a service, as it stands there: with `${…}` for what an operator sets."""
    variables: dict[str, str] = SERVICES[service].get("environment", {})
    return variables


def filled(text: str) -> str:
    """A value of the file with an operator's settings in it."""
    return re.sub(r"\$\{(\w+)(?::-([^}]*)|[^}]*)\}", lambda match: OPERATOR.get(match[1], match[2]), text)


def make_secrets(*arguments: str) -> subprocess.CompletedProcess[str]:
    command = [str(DEPLOY / "compose/make-secrets"), *arguments]
    return subprocess.run(command, capture_output=True, text=True, timeout=120, check=False)
