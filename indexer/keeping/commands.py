"""The commands that keep the index in step with the archive database: follow, status, rollback, dead-letters."""

import signal
import sys
from collections.abc import Callable, Iterator, Sequence
from contextlib import contextmanager, suppress
from dataclasses import replace
from random import Random
from threading import Event
from types import FrameType

import click
from rich.markup import escape
from rich.table import Table

from access_policy.overlay import NO_OVERLAY
from access_policy.reader import ANONYMOUS
from access_policy.register.errors import RegisterError
from access_policy.visibility import visible_to
from indexer.allocation import give_memory_back
from indexer.index.port import IndexUnavailable, Search
from indexer.index.writers import open_generations
from indexer.keeping.dead_letters import DeadLetter
from indexer.keeping.failing import one_sentence_or_rebuild
from indexer.keeping.following import QUEUE_SECONDS, Ended, Follower
from indexer.keeping.lag import Lag, lag_of
from indexer.keeping.opened import Opened, opened, opened_here
from indexer.keeping.replaying import replay
from indexer.keeping.rounds import Round
from indexer.keeping.switching import put_into_service
from indexer.lists.terminal import answers, notes, now, today
from indexer.settings import IndexerSettings
from indexer.sources.port import SourceUnavailable

STILL_REFUSED = 3

_FOLLOW_CODES = "Exit codes: 0 it was asked to end, 1 it failed, 2 wrong arguments, 6 only a rebuild helps."


@click.command("follow", epilog=_FOLLOW_CODES)
@click.option("--once", is_flag=True, help="One round, and end; whatever follows already goes on.")
@click.option(
    "--interval",
    type=click.FloatRange(0.05, 3600),
    default=1.0,
    show_default=True,
    help="Seconds between two rounds.",
)
def follow(once: bool, interval: float) -> None:
    """Keep the index in step with register and archive database until it is asked to end (SIGTERM, Ctrl-C).

    Withdrawals come first. One process follows at a time; a second one waits and takes over.

    \b
    Examples:
      archive-indexer follow
      archive-indexer follow --once
    """
    give_memory_back()
    with _ending() as ending, one_sentence_or_rebuild(), suppress(Ended):
        archive = replace(opened_here(), wait=_queue(ending))
        round_ = Round(archive, clock=now, say=_say, ended=ending.is_set)
        if once:
            round_()
        else:
            Follower(round_, archive.locks, interval, _say, ending, Random()).run()  # noqa: S311 - it spreads waits
            _say("ended")


@click.command("status", epilog="Exit codes: 0 done, 1 it failed.")
def status() -> None:
    """Show the generation in service, how much of it anybody can find, and how far it is behind.

    \b
    Example: archive-indexer status
    """
    settings = IndexerSettings()
    with one_sentence_or_rebuild():
        reader, day = open_generations(settings).reader(), today()
        anybody = visible_to(reader=ANONYMOUS, today=day, overlay=NO_OVERLAY)
        facts = {
            "generation": reader.generation(),
            "derived on": f"{reader.derived_on():%d/%m/%Y}",
            "records": f"{reader.search(Search(limit=1), visibility=anybody).total:,}",
            "pages": f"{reader.page_total(visibility=anybody):,}",
        }
        answers.print(_table(facts | _behind(settings)))


@click.command("rollback", epilog="Exit codes: 0 done, 1 it failed and nothing was switched, 6 only a rebuild helps.")
def rollback() -> None:
    """Put the generation before the current one back into service. It is brought up to date first, so that nothing
    that was closed since then shows again.

    \b
    Example: archive-indexer rollback
    """
    give_memory_back()
    archive = opened_here()
    with one_sentence_or_rebuild():
        before = archive.generations.previous()
        put_into_service(
            before, archive.generations, archive.source, archive.register, today=today(), steps=archive.steps()
        )
        archive.report_refused()
    notes.print(f"generation {before.name} is in service again")


@click.command("dead-letters", epilog="Exit codes: 0 done, 1 it failed, 3 some records were refused again.")
@click.option("--replay", "again", is_flag=True, help="Try to write them again.")
def dead_letters(again: bool) -> None:
    """Show the records of the generation in service that the engine refused, and why.

    \b
    Examples:
      archive-indexer dead-letters
      archive-indexer dead-letters --replay
    """
    archive = opened_here()
    with one_sentence_or_rebuild():
        if not again:
            answers.print(_letters_table(archive.letters.of(archive.generations.reader().generation())))
            return
        with archive.turn():
            archive.letters.forget_others(_kept(archive))
            still = replay(
                archive.letters, archive.source, archive.register.restrictions(), archive.generations, now=now()
            )
    answers.print(_letters_table(still))
    sys.exit(STILL_REFUSED if still else 0)


COMMANDS = (follow, status, rollback, dead_letters)


def _behind(settings: IndexerSettings) -> dict[str, str]:
    try:
        archive = opened(settings)
        return _words(lag_of(archive.generations, archive.source, archive.register, archive.letters, archive.locks))
    except (SourceUnavailable, RegisterError) as error:
        return {"changes waiting": f"not known: {error}"}


def _kept(archive: Opened) -> set[str]:
    kept = {archive.generations.reader().generation()}
    with suppress(IndexUnavailable):
        kept.add(archive.generations.previous().name)
    return kept


@contextmanager
def _ending() -> Iterator[Event]:
    """Set when the process is asked to end."""
    ending = Event()

    def ask(_signal: int, _frame: FrameType | None) -> None:
        ending.set()

    before = {asked: signal.signal(asked, ask) for asked in (signal.SIGTERM, signal.SIGINT)}
    try:
        yield ending
    finally:
        for asked, handler in before.items():
            signal.signal(asked, handler)


def _queue(ending: Event) -> Callable[[], None]:
    def wait() -> None:
        if ending.wait(QUEUE_SECONDS):
            raise Ended

    return wait


def _say(line: str) -> None:
    notes.print(escape(line), soft_wrap=True)


def _words(lag: Lag) -> dict[str, str]:
    return {
        "changes waiting": lag.broken or ("no log of changes" if lag.changes is None else f"{lag.changes:,}"),
        "oldest of them": f"{lag.oldest:%Y-%m-%d %H:%M:%S %Z}" if lag.oldest is not None else "",
        "revisions of the register behind": f"{lag.revisions:,}",
        "dead letters": f"{lag.dead_letters:,}",
        "follower": lag.leader or "none",
    }


def _table(facts: dict[str, str]) -> Table:
    table = Table(show_header=False)
    for name, value in facts.items():
        table.add_row(name, escape(value))
    return table


def _letters_table(letters: Sequence[DeadLetter]) -> Table:
    table = Table("record", "row", "reason", "since")
    for letter in letters:
        table.add_row(letter.record_id, letter.row_key, escape(letter.reason), f"{letter.at:%Y-%m-%d %H:%M:%S %Z}")
    return table
