"""Alarms: what staff must hear of, kept in a file."""

from collections.abc import Iterable
from datetime import datetime
from pathlib import Path

from indexer.keeping.private_files import append_lines


def keep_alarms(reports_dir: Path, alarms: Iterable[str], *, now: datetime) -> None:
    """Add alarms to the file of alarms."""
    lines = [f"{now.isoformat()} {alarm}\n" for alarm in alarms]
    if lines:
        append_lines(reports_dir / "alarms.log", lines)
