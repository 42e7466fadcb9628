"""Catching up: the register first, then what has changed in the archive database, a batch at a time."""

from collections.abc import Callable, Iterable, Mapping, Sequence
from contextlib import AbstractContextManager, nullcontext
from dataclasses import dataclass, field
from datetime import date

from access_policy.register.restrictions import Restrictions
from access_policy.register.store import Register
from indexer.index.port import Amendable, Follows, Unwritten
from indexer.keeping.followed_log import FollowedLog, log_of
from indexer.pipeline import Tally, documents
from indexer.sources.port import BadRow, Change, Source
from indexer.update import and_then, update

BATCH = 500
"""Changes that are written at once; between two batches the register is looked at again."""


@dataclass(frozen=True)
class Steps:
    """What happens around each step: `turn` is held while one is prepared and written, `before_writing` may stop it,
    `refused` and `unwritten` (with the name of the generation) hear of what did not get in, `ended` says that no other
    step is to be begun.
    """

    turn: Callable[[], AbstractContextManager[object]] = nullcontext
    before_writing: Callable[[], None] = lambda: None
    refused: Callable[[BadRow], None] = lambda _: None
    unwritten: Callable[[str, Sequence[Unwritten]], None] = lambda _generation, _unwritten: None
    ended: Callable[[], bool] = lambda: False


PLAIN = Steps()


@dataclass
class CaughtUp:
    """What was done: targets of the register that were touched, changes of the archive database that were seen (one
    row may have changed several times), and what became of the records; `unwritten` were refused by the engine.
    """

    touched: int = 0
    changes: int = 0
    tally: Tally = field(default_factory=Tally)
    unwritten: int = 0


def catch_up(
    target: Amendable, source: Source, register: Register, *, today: date, steps: Steps = PLAIN, batch: int = BATCH
) -> CaughtUp:
    """Bring a generation up to everything that waits when this begins; what comes in meanwhile may wait for next time.

    Each step is whole or has not happened, and doing one twice does no harm. Raises SourceUnavailable,
    RegisterUnavailable, IndexUnavailable, RebuildNeeded, and whatever `steps.before_writing` raises.
    """
    return _CatchingUp(target, source, register, today, steps, batch).run()


class _CatchingUp:
    def __init__(
        self, target: Amendable, source: Source, register: Register, today: date, steps: Steps, batch: int
    ) -> None:
        self._target, self._source, self._register = target, source, register
        self._today, self._steps, self._batch = today, steps, batch
        self._restrictions: Restrictions | None = None
        self._done = CaughtUp()

    def run(self) -> CaughtUp:
        with self._steps.turn():
            self._follow_register()
        log = log_of(self._source, self._target.reader())
        if log is not None and self._step(log):
            left = log.waiting(self._target.reader().position()).changes
            while left > 0 and (seen := self._step(log)):
                left -= seen
        return self._done

    def _step(self, log: FollowedLog) -> int:
        """The next changes, and before them what the register has to say; how many changes there were."""
        if self._steps.ended():
            return 0
        with self._steps.turn():
            restrictions = self._follow_register() or self._register.restrictions()
            return self._follow_database(log, restrictions)

    def _follow_register(self) -> Restrictions | None:
        """Withdrawals first. The restrictions, if they had to be read."""
        reader, known = self._target.reader(), self._restrictions
        in_step = reader.revision() == self._register.revision() and reader.derived_on() == self._today
        if in_step and (known is None or known.revision == reader.revision()):
            return known
        restrictions, touched = self._register.stale(
            since=reader.revision(), derived_on=reader.derived_on(), today=self._today
        )
        updated = update(
            self._source,
            restrictions,
            touched,
            self._target,
            today=self._today,
            before_writing=self._steps.before_writing,
            tally=self._done.tally,
        )
        self._done.touched += len(touched.targets)
        self._note(reader.generation(), updated.unwritten)
        self._restrictions = restrictions
        return restrictions

    def _follow_database(self, log: FollowedLog, restrictions: Restrictions) -> int:
        self._restrictions = restrictions
        reader = self._target.reader()
        taken = log.after(reader.position(), self._batch)
        if taken.position == reader.position():
            return 0
        latest = coalesced(taken.changes)
        tally = self._done.tally
        rows = self._source.rows(latest)
        stream = documents(rows, restrictions, today=reader.derived_on(), tally=tally, refused=self._steps.refused)
        unwritten = self._target.amend(
            old_ids(self._target, latest),
            and_then(stream, self._steps.before_writing),
            Follows(reader.revision(), reader.derived_on(), taken.position),
        )
        self._done.changes += len(taken.changes)
        self._note(reader.generation(), unwritten)
        return len(taken.changes)

    def _note(self, generation: str, unwritten: Sequence[Unwritten]) -> None:
        self._done.unwritten += len(unwritten)
        if unwritten:
            self._steps.unwritten(generation, unwritten)


def coalesced(changes: Iterable[Change]) -> Mapping[str, int]:
    """Each changed row once, with its highest version."""
    latest: dict[str, int] = {}
    for change in changes:
        latest[change.row_key] = max(change.version, latest.get(change.row_key, 0))
    return latest


def old_ids(target: Amendable, latest: Mapping[str, int]) -> Mapping[str, int]:
    """The ids under which changed rows stand in a generation, each with the version of its own row's change."""
    return {record_id: latest[key] for record_id, key in target.ids_of(latest.keys()).items()}
