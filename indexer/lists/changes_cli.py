"""The commands that change the register at once, and those that look after it."""

import sys

import click
from rich.markup import escape

from access_policy.register.store import Register, open_register
from indexer.lists import reporting
from indexer.lists.described import open_descriptions, open_ids, pages_of, target_ids
from indexer.lists.terminal import (
    CLOSES_NOTHING,
    EXIT_CODES,
    answers,
    as_box,
    as_pages,
    by_option,
    notes,
    now,
    one_sentence,
)
from indexer.settings import IndexerSettings
from indexer.sources.port import SourceUnavailable

_UNCHECKED = click.option("--unchecked", is_flag=True, help="Do not look for the record in the archive database.")


@click.command("withdraw", epilog=EXIT_CODES)
@click.argument("target")
@click.option("--reason", required=True, help="Why; kept in the register, shown to nobody.")
@click.option("--pages", type=as_pages, metavar="FIRST-LAST", help="Only these pages (3-9).")
@_UNCHECKED
@by_option
def withdraw(target: str, reason: str, pages: tuple[int, int] | None, unchecked: bool, by: str) -> None:
    """Take a record, or everything below it, out of use at once: search, pages and all.

    TARGET is the id in the address of the description page. The withdrawal stands before the record is looked for.

    \b
    Examples:
      archive-indexer withdraw h47.ubt-01.hs-0412 --reason "Đơn khiếu nại của gia đình"
      archive-indexer withdraw h47.ubt-01.hs-0412 --pages 3-9 --reason "Có số định danh cá nhân"
    """
    settings = IndexerSettings()
    with one_sentence():
        number = open_register(settings.register_url).withdraw(target, reason=reason, author=by, now=now(), pages=pages)
    notes.print(f"withdrawn; archive-indexer lift {number} ends it")
    _look_for(settings, target, page=pages[0] if pages else None, unchecked=unchecked)


@click.command("lift", epilog=EXIT_CODES)
@click.argument("number", type=int)
@click.option("--reason", required=True, help="Why; kept in the register.")
@by_option
def lift(number: int, reason: str, by: str) -> None:
    """End a withdrawal. The record comes back with the next update, unless something else closes it.

    NUMBER is the one that withdraw told; archive-indexer register withdrawals lists them.

    \b
    Example: archive-indexer lift 12 --reason "Đơn đã giải quyết xong"
    """
    with one_sentence():
        revision = _register().lift(number, reason=reason, author=by, now=now())
    notes.print(f"withdrawal {number} lifted (revision {revision}); archive-indexer update shows the record again")


@click.command("redact", epilog=EXIT_CODES)
@click.argument("record")
@click.argument("page", type=click.IntRange(min=1))
@click.argument("box", type=as_box)
@click.option("--reason", required=True, help="Why; kept in the register, shown to nobody.")
@_UNCHECKED
@by_option
def redact(record: str, page: int, box: tuple[int, int, int, int], reason: str, unchecked: bool, by: str) -> None:
    """Black out a box of one page: LEFT,TOP,RIGHT,BOTTOM in thousandths of the page's width and height.

    Until archive-indexer update has taken the words under it out of the index, the whole record is kept back.

    \b
    Example (the upper right quarter of page 2):
      archive-indexer redact h47.ubt-01.hs-0412 2 500,0,1000,500 --reason "Số định danh cá nhân"
    """
    settings = IndexerSettings()
    with one_sentence():
        register = open_register(settings.register_url)
        number = register.redact(record, page, box, reason=reason, author=by, now=now())
    notes.print(f"redacted; archive-indexer register remove-redaction {number} ends it")
    notes.print("until archive-indexer update has run, the whole record is kept back")
    _look_for(settings, record, page=page, unchecked=unchecked)


@click.group("register", epilog=EXIT_CODES)
def register_group() -> None:
    """Look after the register: its tables, what was changed, what is withdrawn or blacked out.

    \b
    Examples:
      archive-indexer register migrate
      archive-indexer register log --limit 20
      archive-indexer register withdrawals
    """


@register_group.command("migrate", epilog=EXIT_CODES)
def migrate() -> None:
    """Make the tables of the register, or bring those of an earlier version up to date. Safe to run again."""
    with one_sentence():
        register = _register()
        register.migrate()
        notes.print(f"the register is up to date (revision {register.revision()})")


@register_group.command("log", epilog=EXIT_CODES)
@click.option("--limit", default=50, show_default=True, type=click.IntRange(min=1), help="How many, newest first.")
def log(limit: int) -> None:
    """List what was changed, by whom and when: everything that readers may have felt."""
    with one_sentence():
        answers.print(reporting.changes_table(_register().changes(limit)))


@register_group.command("withdrawals", epilog=EXIT_CODES)
def withdrawals() -> None:
    """List every withdrawal with the number to lift it by, lifted ones too."""
    with one_sentence():
        answers.print(reporting.withdrawals_table(_register().withdrawals()))


@register_group.command("redactions", epilog=EXIT_CODES)
def redactions() -> None:
    """List every blacked-out box with the number to remove it by, removed ones too."""
    with one_sentence():
        answers.print(reporting.redactions_table(_register().all_redactions()))


@register_group.command("remove-redaction", epilog=EXIT_CODES)
@click.argument("number", type=int)
@by_option
def remove_redaction(number: int, by: str) -> None:
    """Take a blacked-out box away: from the picture at once, from the words on the page with the next update.

    NUMBER is the one that redact told; archive-indexer register redactions lists them.

    \b
    Example: archive-indexer register remove-redaction 4
    """
    with one_sentence():
        revision = _register().remove_redaction(number, author=by, now=now())
    notes.print(f"redaction {number} removed (revision {revision}); archive-indexer update shows the words again")


def _register() -> Register:
    return open_register(IndexerSettings().register_url)


def _look_for(settings: IndexerSettings, target: str, *, page: int | None, unchecked: bool) -> None:
    """Say so, with an exit code of its own, when the archive database has no such record or page: a slip of the pen."""
    if unchecked:
        return
    try:
        with notes.status("looking for the record (Ctrl-C does no harm)"):
            slip = _slip(settings, target.strip().lower(), page)
    except SourceUnavailable as error:
        notes.print(f"whether there is such a record could not be seen: {escape(str(error))}")
        return
    if slip:
        notes.print(f"[bold]{escape(slip)}[/bold]: this closes nothing")
        sys.exit(CLOSES_NOTHING)


def _slip(settings: IndexerSettings, wanted: str, page: int | None) -> str:
    """Why nothing is closed, or nothing to say. What stands above records (an archive) has no pages of its own."""
    nothing = f"no record of the archive database has the id {wanted}"
    if "/" in wanted:
        nothing = f"{nothing} (an id is the last part of the address of a description page)"
    if page is None:
        return "" if wanted in target_ids(open_ids(settings.database_url)) else nothing
    held = pages_of(open_descriptions(settings.database_url), wanted)
    if held is None:
        return nothing
    return "" if page <= held else f"{wanted} has no page {page}; the last one is {held}"


COMMANDS = (withdraw, lift, redact, register_group)
