"""How far the index is behind, for people and for a monitoring system."""

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import datetime
from pathlib import Path

from access_policy.register.store import Register
from indexer.index.port import Generations
from indexer.keeping.dead_letters import DeadLetters
from indexer.keeping.followed_log import RebuildNeeded, log_of
from indexer.keeping.locks import Locks, Purpose
from indexer.keeping.private_files import replace_file
from indexer.sources.port import Source


@dataclass(frozen=True)
class Lag:
    """`changes` of the archive database and `revisions` of the register that the generation in service has not seen,
    and since when the oldest change waits (None: none does, or that is not known). `changes` is None when there is no
    log of changes, `broken` says why following needs a rebuild first, `leader` is the process that follows.
    """

    generation: str
    changes: int | None
    oldest: datetime | None
    revisions: int
    dead_letters: int
    leader: str
    broken: str = ""


def lag_of(generations: Generations, source: Source, register: Register, letters: DeadLetters, locks: Locks) -> Lag:
    """Raises IndexUnavailable, SourceUnavailable, RegisterUnavailable."""
    reader, broken = generations.reader(), ""
    try:
        log = log_of(source, reader)
        waiting = None if log is None else log.waiting(reader.position())
    except RebuildNeeded as error:
        waiting, broken = None, str(error)
    return Lag(
        generation=reader.generation(),
        changes=None if waiting is None else waiting.changes,
        oldest=None if waiting is None else waiting.oldest,
        revisions=max(0, register.revision() - reader.revision()),
        dead_letters=len(letters.of(reader.generation())),
        leader=locks.holder(Purpose.FOLLOWING),
        broken=broken,
    )


def write_metrics(path: Path, lag: Lag, *, now: datetime) -> None:
    """Leave the lag where a node exporter's textfile collector finds it."""
    replace_file(path, _lines(_measures(lag, now)), mode=0o644)


def _measures(lag: Lag, now: datetime) -> Mapping[str, tuple[str, float]]:
    age = (now - lag.oldest).total_seconds() if lag.oldest is not None else 0.0
    measures = {
        "changes_waiting": ("Changes of the archive database that the index has not seen.", float(lag.changes or 0)),
        "oldest_change_seconds": ("Age of the oldest of them.", max(0.0, age)),
        "register_revisions_behind": ("Revisions of the register that the index has not seen.", float(lag.revisions)),
        "dead_letters": ("Records that the engine refused.", float(lag.dead_letters)),
        "rebuild_needed": ("1 when changes were lost, so that only a rebuild helps.", float(bool(lag.broken))),
        "follower": ("1 while a process follows.", float(bool(lag.leader))),
        "last_round_timestamp_seconds": ("When this was measured.", now.timestamp()),
    }
    return {f"archive_index_{name}": measure for name, measure in measures.items()}


def _lines(measures: Mapping[str, tuple[str, float]]) -> list[str]:
    return [
        f"# HELP {name} {text}\n# TYPE {name} gauge\n{name} {value:.15g}\n" for name, (text, value) in measures.items()
    ]
