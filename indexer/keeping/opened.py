"""Everything that the commands of keeping work with, opened from the settings."""

from collections.abc import Callable, Sequence
from contextlib import AbstractContextManager
from dataclasses import dataclass, field
from time import sleep

from access_policy.register.store import Register, open_register
from indexer.index.port import Generations, Unwritten
from indexer.index.writers import open_generations
from indexer.keeping.catching_up import Steps
from indexer.keeping.dead_letters import DeadLetters, addressed
from indexer.keeping.following import QUEUE_SECONDS
from indexer.keeping.locks import Locks, Purpose, holding
from indexer.keeping.open_locks import open_locks
from indexer.keeping.private_files import append_lines
from indexer.lists.terminal import now, one_sentence
from indexer.settings import IndexerSettings
from indexer.sources.open import open_source
from indexer.sources.port import BadRow, Source


@dataclass(frozen=True)
class Opened:
    """One archive: its database, register and index, the locks between processes, and what the engine refused.

    `wait` is called while another process writes.
    """

    settings: IndexerSettings
    source: Source
    register: Register
    generations: Generations
    locks: Locks
    letters: DeadLetters
    wait: Callable[[], None] = lambda: sleep(QUEUE_SECONDS)
    refused: list[BadRow] = field(default_factory=list)

    def turn(self) -> AbstractContextManager[None]:
        """Nobody else writes into the generation in service."""
        return holding(self.locks, Purpose.WRITING, self.wait)

    def steps(self, ended: Callable[[], bool] = lambda: False) -> Steps:
        """What happens around each step of writing."""
        return Steps(
            turn=self.turn,
            before_writing=self.locks.check,
            refused=self.refused.append,
            unwritten=self.unwritten,
            ended=ended,
        )

    def unwritten(self, generation: str, unwritten: Sequence[Unwritten]) -> None:
        """Keep a letter for each record that the engine refused."""
        if unwritten:
            self.letters.add(addressed(self.source, generation, unwritten, now=now()))

    def report_refused(self) -> int:
        """Add the rows that were refused meanwhile to the report of refused rows; how many there were."""
        count = len(self.refused)
        if count:
            path = self.settings.reports_dir / "refused.tsv"
            append_lines(path, [f"{row.key}\t{row.reason}\n" for row in self.refused])
            self.refused.clear()
        return count


def opened(settings: IndexerSettings) -> Opened:
    """Raises SourceUnavailable, RegisterUnavailable."""
    return Opened(
        settings=settings,
        source=open_source(settings.database_url, state_dir=settings.state_dir),
        register=open_register(settings.register_url),
        generations=open_generations(settings),
        locks=open_locks(settings.register_url),
        letters=DeadLetters(settings.reports_dir / "dead-letters.jsonl"),
    )


def opened_here() -> Opened:
    """The same from the settings of this command, for a command: what is away is one sentence and exit code 1."""
    with one_sentence():
        return opened(IndexerSettings())
