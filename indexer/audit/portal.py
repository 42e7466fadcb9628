"""Having the portal questioned: by its own command, in its own process, with the environment of this one."""

import json
import subprocess
import sys
from collections import Counter
from collections.abc import Sequence
from dataclasses import asdict, dataclass, field
from pathlib import Path
from typing import Any

from indexer.audit.finding import Finding, Findings, Kind, Side
from indexer.audit.hidden import Asked

MOST_SECONDS = 3600


class PortalUnasked(Exception):
    """The portal could not be questioned. One line, as the portal said it."""


@dataclass
class PortalQuestioned:
    """How often each route was asked, and what it answered that it should not have."""

    asked: Counter[str] = field(default_factory=Counter)
    leaks: Counter[str] = field(default_factory=Counter)
    findings: Findings = field(default_factory=Findings)


def portal_command() -> list[str] | None:
    """The command of a portal installed beside this one, or None."""
    beside = Path(sys.executable).parent / "archive-portal"
    return [str(beside), "question"] if beside.exists() else None


def question_portal(command: Sequence[str], asked: Asked) -> PortalQuestioned:
    """Hand the questions over and take the answers. Raises PortalUnasked."""
    try:
        done = subprocess.run(  # noqa: S603 - our own command, and what is asked goes in by its input
            command, input=json.dumps(asdict(asked)).encode(), capture_output=True, timeout=MOST_SECONDS, check=False
        )
    except (OSError, subprocess.TimeoutExpired) as error:
        raise PortalUnasked(f"{command[0]}: {type(error).__name__}") from None
    if done.returncode:
        said = done.stderr.decode(errors="replace").strip().splitlines() or ["no reason given"]
        raise PortalUnasked(f"{command[0]}: {said[-1].removeprefix('failed: ')}")
    return _understood(done.stdout, command[0])


def _understood(output: bytes, command: str) -> PortalQuestioned:
    try:
        answers = json.loads(output)
        done = PortalQuestioned(asked=Counter({str(name): int(count) for name, count in answers["asked"].items()}))
        for wrong in answers["wrong"]:
            done.leaks[str(wrong["route"])] += 1
            done.findings.add([_finding(wrong)])
    except (ValueError, LookupError, TypeError, AttributeError):
        raise PortalUnasked(f"{command}: its answer cannot be understood") from None
    return done


def _finding(wrong: dict[str, Any]) -> Finding:
    kind = Kind.ROUTE if wrong["unknown"] else Kind.PORTAL
    return Finding(Side.LEAK, kind, str(wrong["route"]), str(wrong["record_id"]), int(wrong["page"]))
