"""One round of a follower: the day, the register, the archive database, then what is to be told and forgotten."""

from collections.abc import Callable
from dataclasses import dataclass
from datetime import date, datetime

from access_policy.register.stamps import archive_day
from indexer.index.port import IndexUnavailable
from indexer.keeping.alarms import keep_alarms
from indexer.keeping.catching_up import CaughtUp, catch_up
from indexer.keeping.followed_log import RebuildNeeded
from indexer.keeping.lag import Lag, lag_of, write_metrics
from indexer.keeping.opened import Opened
from indexer.keeping.reading_copies import Brought, bring_reading_copies
from indexer.sources.port import SourceUnavailable
from indexer.sweep import sweep

COPY_SECONDS = 600
"""How often the records under permits are read again, when neither register nor day has changed."""

NOTHING_BROUGHT = Brought(0, 0)


@dataclass
class Round:
    """Does one round each time it is called. `say` takes one line for the log of the service."""

    archive: Opened
    clock: Callable[[], datetime]
    say: Callable[[str], None]
    ended: Callable[[], bool] = lambda: False
    _trimmed_for: str = ""
    _copied_for: tuple[int, date, float] | None = None

    def __call__(self) -> bool:
        """True when there was something to do.

        Raises what comes back by itself (`patience.AWAY`), LockLost, and RebuildNeeded.
        """
        archive, today = self.archive, archive_day(self.clock())
        self._copy(today)
        if archive.generations.reader().derived_on() < today:
            self._sweep()
        try:
            done = catch_up(
                archive.generations, archive.source, archive.register, today=today, steps=archive.steps(self.ended)
            )
        except RebuildNeeded:
            self._measure()
            raise
        finally:
            refused = archive.report_refused()
        self._tell(done, refused)
        lag = self._measure()
        if not lag.changes:
            self._trim(lag.generation)
        return bool(done.touched or done.changes)

    def _copy(self, today: date) -> None:
        """Permits come and go with the register and the days; their records may change at any time."""
        archive, now = self.archive, self.clock()
        stands = (archive.register.revision(), today, now.timestamp() // COPY_SECONDS)
        if stands != self._copied_for:
            brought = bring_reading_copies(archive.source, archive.register, today=today, now=now)
            if brought != NOTHING_BROUGHT:
                self.say(f"reading copies: {brought.made:,} made, {brought.dropped:,} taken away")
            self._copied_for = stands

    def _sweep(self) -> None:
        """A new day: what is due opens, once, whoever comes first."""
        archive = self.archive
        with archive.turn():
            swept = sweep(archive.source, archive.register, archive.generations, clock=self.clock)
            archive.unwritten(archive.generations.reader().generation(), swept.updated.unwritten)
        keep_alarms(archive.settings.reports_dir, swept.alarms, now=self.clock())
        for alarm in swept.alarms:
            self.say(f"alarm: {alarm}")

    def _tell(self, done: CaughtUp, refused: int) -> None:
        if done.touched or done.changes:
            self.say(
                f"{done.touched:,} targets of the register, {done.changes:,} changes of the archive database; "
                f"{refused:,} rows and {done.unwritten:,} records refused"
            )

    def _measure(self) -> Lag:
        archive = self.archive
        lag = lag_of(archive.generations, archive.source, archive.register, archive.letters, archive.locks)
        write_metrics(archive.settings.reports_dir / "metrics.prom", lag, now=self.clock())
        return lag

    def _trim(self, generation: str) -> None:
        """Forget the changes that both kept generations have seen; nothing waits when this is called.

        A generation that is being filled was begun after the older of the two, so it loses nothing.
        """
        if generation == self._trimmed_for:
            return
        log = self.archive.source.changes()
        try:
            position = self.archive.generations.previous().reader().position()
            if log is not None and position:
                log.forget(position)
        except IndexUnavailable:
            return  # one generation only: one that is being filled may need everything
        except SourceUnavailable as error:
            self.say(f"old changes stay in the log: {error}")
        self._trimmed_for = generation
