"""A log of changes that is written by whoever reads it: each reading at its end compares the archive with before."""

import re
from collections.abc import Iterator, Sequence
from contextlib import contextmanager
from pathlib import Path

from sqlalchemy import Engine

from indexer.sources.polled.memory import Memory, remembering
from indexer.sources.polled.prints import prints
from indexer.sources.port import Change, Changes, SourceUnavailable, Waiting
from indexer.sources.streams import reading
from indexer.sources.walk import Stage

STATE_FILE = "archive-state.db"

_POSITION = re.compile(r"([0-9a-f]{16}):([0-9]{1,18})")


class PolledChanges:
    """The changes found by comparing; a `ChangeLog`. A position names the memory and the last change that was seen.

    What was found stays written down until it is forgotten, so whoever stops between reading and using it is given it
    again.
    """

    def __init__(self, engine: Engine, stages: Sequence[Stage], state_dir: Path) -> None:
        self._engine = engine
        self._stages = stages
        self._file = state_dir / STATE_FILE

    def position(self) -> str:
        """See the port. Compares, and so takes as long as that."""
        with self._memory() as memory:
            self._compare(memory)
            return f"{memory.name}:{memory.last()}"

    def after(self, position: str, limit: int) -> Changes:
        """See the port. Compares when nothing is left of what was found before."""
        with self._memory() as memory:
            seen = _known(memory, position)
            found = memory.changes(seen, limit)
            if not found:
                self._compare(memory)
                found = memory.changes(seen, limit)
        changes = tuple(Change(row_key, version) for _, row_key, version in found)
        return Changes(changes, f"{memory.name}:{found[-1][0]}" if found else position)

    def waiting(self, position: str) -> Waiting:
        """What was found and not seen. Does not compare, and cannot tell when anything was changed."""
        with self._memory() as memory:
            return Waiting(memory.count(_known(memory, position)), None)

    def forget(self, position: str) -> None:
        """See the port."""
        with self._memory() as memory:
            memory.forget(_known(memory, position))

    @contextmanager
    def _memory(self) -> Iterator[Memory]:
        with remembering(self._file) as memory:
            yield memory

    def _compare(self, memory: Memory) -> None:
        with reading(self._engine) as connection, memory.comparing():
            for stage in self._stages:
                memory.compare(stage.table, prints(connection, stage))


def _known(memory: Memory, position: str) -> int:
    found = _POSITION.fullmatch(position)
    if found is None or found[1] != memory.name or int(found[2]) > memory.last():
        raise SourceUnavailable(
            "what was remembered of the archive database does not reach back to the position to go on from"
        )
    return int(found[2])
