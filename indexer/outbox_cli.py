"""The command `archive-indexer outbox`: triggers in the archive database that write down what changes."""

from collections.abc import Iterator
from contextlib import contextmanager

import click
from rich.table import Table
from sqlalchemy import Engine

from indexer.lists.terminal import answers, fail, one_sentence
from indexer.settings import IndexerSettings
from indexer.sources.open import layout_of, open_engine
from indexer.sources.outbox.installing import install, remove
from indexer.sources.outbox.layout import Layout
from indexer.sources.outbox.log import OutboxLog, has_outbox

_EXIT_CODES = "Exit codes: 0 done, 1 it failed and nothing was changed, 2 wrong arguments."


@click.group("outbox", epilog=_EXIT_CODES)
def outbox_group() -> None:
    """The outbox of an archive database on PostgreSQL: which rows changed, written down as they change.

    \b
    Examples:
      archive-indexer outbox install
      archive-indexer outbox status
      archive-indexer outbox remove --yes
    """


@outbox_group.command("install", epilog=_EXIT_CODES)
def install_command() -> None:
    """Put the outbox and its triggers into the archive database. Doing it again changes nothing.

    It needs an account that owns the tables. Build the index anew afterwards: what was changed before is in no outbox.

    \b
    Example: archive-indexer outbox install
    """
    with one_sentence(), _archive() as (engine, layout):
        install(engine, layout)
    answers.print(f"the outbox is in place; tables of {layout.name}: {len(layout.tables)}")


@outbox_group.command("status", epilog=_EXIT_CODES)
def status_command() -> None:
    """Show whether there is an outbox, how many changes it keeps, and how old the first of them is.

    \b
    Example: archive-indexer outbox status
    """
    with one_sentence(), _archive() as (engine, layout):
        kept = OutboxLog(engine).kept() if has_outbox(engine) else None
    table = Table(show_header=False)
    table.add_row("layout", layout.name)
    table.add_row("outbox", "none" if kept is None else "in place")
    if kept is not None:
        table.add_row("changes kept", f"{kept.changes:,}")
        table.add_row("oldest", kept.oldest.isoformat(timespec="seconds") if kept.oldest else "none")
    answers.print(table)


@outbox_group.command("remove", epilog=_EXIT_CODES)
@click.option("--yes", is_flag=True, help="Say that you mean it: changes nobody has read yet are lost.")
def remove_command(yes: bool) -> None:
    """Take the outbox and its triggers out of the archive database. The archive itself stays as it is.

    \b
    Example: archive-indexer outbox remove --yes
    """
    if not yes:
        fail("changes that nobody has read yet would be lost; say --yes if you mean it")
    with one_sentence(), _archive() as (engine, layout):
        remove(engine, layout)
    answers.print("the outbox is gone")


@contextmanager
def _archive() -> Iterator[tuple[Engine, Layout]]:
    """The archive database of the settings, whose connections are closed at the end."""
    engine = open_engine(IndexerSettings().database_url)
    try:
        yield engine, layout_of(engine)
    finally:
        engine.dispose()
