"""The commands that keep the index in step with the register and the calendar."""

import sys
from collections.abc import Callable, Iterator
from datetime import date

import click
from rich.markup import escape
from rich.table import Table

from access_policy.opening import ripe_rule
from access_policy.register.proposals import Proposal
from access_policy.register.restrictions import Restrictions
from access_policy.register.store import open_register
from access_policy.rules import conditions_of
from indexer.index.port import IndexUnavailable
from indexer.keeping.alarms import keep_alarms
from indexer.keeping.locks import LockLost
from indexer.keeping.opened import Opened, opened_here
from indexer.keeping.reading_copies import bring_reading_copies
from indexer.lists.terminal import Steps, answers, by_option, fail, notes, now, one_sentence, today
from indexer.settings import IndexerSettings
from indexer.sources.open import open_source
from indexer.sources.port import Source, SourceRecord
from indexer.sweep import sweep as sweep_day
from indexer.update import Updated
from indexer.update import update as update_index

ALARM = 4


@click.command("update", epilog="Exit codes: 0 done, 1 it failed and nothing was changed.")
def update() -> None:
    """Bring the index up to the register: what was closed leaves it, what was opened enters it.

    Closing does not wait for this: the portal keeps back what the register has closed within a second. After it the
    index itself holds no more than it may.

    \b
    Example: archive-indexer update
    """
    archive = opened_here()
    with one_sentence(), Steps() as steps:
        bring_reading_copies(archive.source, archive.register, today=today(), now=now())
        try:
            with archive.turn():
                done = _updated(archive, progress=lambda seen: steps("reading the archive database", seen, None))
        except (IndexUnavailable, LockLost) as error:
            fail(str(error))
    answers.print(_updated_table(done))


@click.command("sweep", epilog="Exit codes: 0 done, 1 it failed, 4 done, but something opened late or shows early.")
def sweep() -> None:
    """Open what is due today. For a timer at midnight in Viet Nam; running it again changes nothing.

    Alarms are printed and kept in the reports folder (alarms.log).

    \b
    Example: archive-indexer sweep
    """
    archive = opened_here()
    with one_sentence(), Steps() as steps:
        try:
            with archive.turn():
                swept = sweep_day(
                    archive.source,
                    archive.register,
                    archive.generations,
                    clock=now,
                    progress=lambda seen: steps("reading the archive database", seen, None),
                )
                _note_unwritten(archive, swept.updated)
        except (IndexUnavailable, LockLost) as error:
            fail(str(error))
    answers.print(_updated_table(swept.updated))
    if swept.alarms:
        keep_alarms(archive.settings.reports_dir, swept.alarms, now=now())
        for alarm in swept.alarms:
            notes.print(f"[bold]alarm:[/bold] {escape(alarm)}")
        sys.exit(ALARM)


@click.command("propose", epilog="Exit codes: 0 done, 1 it failed.")
def propose() -> None:
    """Queue closed records that are old enough to be looked at again. It opens nothing: staff decides.

    \b
    Example: archive-indexer propose
    """
    settings = IndexerSettings()
    source = open_source(settings.database_url)
    with one_sentence(), Steps() as steps:
        register = open_register(settings.register_url)
        ripe = _ripe(source, register.restrictions(), steps, source.count(), today())
        new = register.propose(ripe, today=today())
    notes.print(f"{new} new proposals; archive-indexer proposals shows the queue")


@click.command("proposals", epilog="Exit codes: 0 done, 1 it failed.")
@click.option("--accept", type=int, metavar="NUMBER", help="Note that the record is to be opened.")
@click.option("--reject", type=int, metavar="NUMBER", help="Note that it stays closed.")
@click.option("--reason", default="", help="Why; kept in the register.")
@by_option
def proposals(accept: int | None, reject: int | None, reason: str, by: str) -> None:
    """Show the queue of records whose time may have come, or note what staff decided on one.

    \b
    Examples:
      archive-indexer proposals
      archive-indexer proposals --reject 12 --reason "Còn thông tin đời tư"
    """
    with one_sentence():
        register = open_register(IndexerSettings().register_url)
        for number, accepted in ((accept, True), (reject, False)):
            if number is not None:
                register.decide_proposal(number, accept=accepted, reason=reason, author=by, now=now())
        waiting = register.proposals()
    answers.print(_proposals_table(waiting))


COMMANDS = (update, sweep, propose, proposals)


def _ripe(source: Source, restrictions: Restrictions, steps: Steps, total: int, day: date) -> Iterator[tuple[str, str]]:
    for seen, entry in enumerate(source.entries(), start=1):
        steps("reading the archive database", seen, total)
        if isinstance(entry, SourceRecord):
            rule = ripe_rule(entry.record, conditions_of(entry.record, restrictions.of(entry.record)), today=day)
            if rule is not None:
                yield entry.record.id, rule.name


def _updated(archive: Opened, progress: Callable[[int], None]) -> Updated:
    reader, day = archive.generations.reader(), today()
    restrictions, touched = archive.register.stale(since=reader.revision(), derived_on=reader.derived_on(), today=day)
    done = update_index(
        archive.source,
        restrictions,
        touched,
        archive.generations,
        today=day,
        progress=progress,
        before_writing=archive.locks.check,
    )
    _note_unwritten(archive, done)
    return done


def _note_unwritten(archive: Opened, done: Updated) -> None:
    archive.unwritten(archive.generations.reader().generation(), done.unwritten)


def _updated_table(done: Updated) -> Table:
    table = Table(show_header=False)
    for name, count in (
        ("targets touched", len(done.touched.targets)),
        ("records that anybody may find", done.tally.records_indexed),
        ("records that are only known to be there", done.tally.records_acknowledged),
        ("records kept out", sum(done.tally.kept_out.values())),
        ("pages with text", done.tally.pages_indexed),
        ("records that the engine refused", len(done.unwritten)),
    ):
        table.add_row(name, f"{count:,}")
    return table


def _proposals_table(waiting: list[Proposal]) -> Table:
    table = Table("number", "record", "rule", "since")
    for proposal in waiting:
        table.add_row(str(proposal.id), proposal.record_id, proposal.rule, f"{proposal.proposed_on:%d/%m/%Y}")
    return table
