"""What the commands of the register show, and the report of a list that was refused."""

from collections.abc import Iterable
from datetime import datetime
from itertools import islice
from pathlib import Path

from rich import box
from rich.markup import escape
from rich.table import Table

from access_policy.register.categories import category_words
from access_policy.register.changes import Change
from access_policy.register.entries import KeptVersion, ListEntry
from access_policy.register.redactions import KeptRedaction
from access_policy.register.stamps import ARCHIVE_ZONE
from access_policy.register.withdrawals import KeptWithdrawal
from indexer.lists.differing import Difference
from indexer.lists.faults import Fault
from indexer.lists.preview import Preview, Touched

FIRST_FAULTS = 20


def report_path(folder: Path, number: str) -> Path:
    """Where the report of a list lies; its number with the marks that a file name cannot have replaced."""
    name = "".join(letter if letter.isalnum() or letter in "._" else "-" for letter in number)
    return folder / f"list-{name}.tsv"


def write_report(path: Path, faults: Iterable[Fault]) -> None:
    """Every fault, one a line: number of the line, tab, reason."""
    path.parent.mkdir(parents=True, exist_ok=True)
    with path.open("w", encoding="utf-8") as file:
        file.writelines(f"{fault.line}\t{fault.reason}\n" for fault in faults)


def faults_table(faults: Iterable[Fault]) -> Table:
    """The first faults."""
    table = _table("line", "what is wrong", title="Lines with faults")
    for fault in islice(faults, FIRST_FAULTS):
        table.add_row(str(fault.line), escape(fault.reason))
    return table


def preview_table(found: Preview) -> Table:
    """Every effect by fonds, with examples."""
    table = _table("fonds", "effect", "records", "pages", "open permits", "for example", title="If this list binds")
    for title, effects in sorted(found.fonds.items()):
        for effect, touched in sorted(effects.items(), key=lambda pair: pair[0].value):
            table.add_row(escape(title), effect.value, *_counts(touched), escape(", ".join(touched.samples)))
    return table


def _counts(touched: Touched) -> tuple[str, str, str]:
    return (f"{touched.records:,}", f"{touched.pages:,}", f"{touched.permits:,}")


def versions_table(kept: Iterable[KeptVersion]) -> Table:
    """Every list with its days and the two people behind it."""
    table = _table("number", "issued", "lines", "binds from", "ends on", "imported by", "activated by")
    for each in kept:
        head = each.version
        days = (f"{day:%d/%m/%Y}" if day else "" for day in (each.effective_from, each.effective_to))
        state = (*days, escape(each.imported_by), escape(each.activated_by or "(draft)"))
        table.add_row(escape(head.number), f"{head.issued_on:%d/%m/%Y}", f"{each.lines:,}", *state)
    return table


def entries_table(entries: Iterable[ListEntry]) -> Table:
    """Lines of a list."""
    table = _table("line", "target", "pages", "category", "opens on", "may be known", "reason")
    for entry in entries:
        opens = f"{entry.opens_on:%d/%m/%Y}" if entry.opens_on else ""
        meaning = (escape(category_words(entry.category)), opens, known_words(entry))
        table.add_row(
            str(entry.line), escape(entry.target_id), pages_words(entry.pages), *meaning, escape(entry.reason)
        )
    return table


def changes_table(changes: Iterable[Change]) -> Table:
    """What readers may have felt, newest first."""
    table = _table("revision", "when", "what", "", "by")
    for each in changes:
        table.add_row(str(each.revision), moment_words(each.at), each.kind, escape(each.what), escape(each.author))
    return table


def withdrawals_table(kept: Iterable[KeptWithdrawal]) -> Table:
    """Withdrawals with the numbers to lift them by."""
    table = _table("number", "target", "pages", "withdrawn", "by", "reason", "lifted")
    for each in kept:
        lifted = f"{moment_words(each.lifted_at)} by {each.lifted_by}: {each.lift_reason}" if each.lifted_at else ""
        who = (moment_words(each.withdrawn_at), escape(each.author), escape(each.reason), escape(lifted))
        table.add_row(str(each.id), escape(each.target_id), pages_words(each.pages), *who)
    return table


def redactions_table(kept: Iterable[KeptRedaction]) -> Table:
    """Boxes with the numbers to remove them by."""
    table = _table("number", "record", "page", "box", "drawn", "by", "reason", "removed")
    for each in kept:
        removed = f"{moment_words(each.removed_at)} by {each.removed_by}" if each.removed_at else ""
        who = (moment_words(each.drawn_at), escape(each.author), escape(each.reason), escape(removed))
        where = (escape(each.record_id), str(each.page), ",".join(map(str, each.box)))
        table.add_row(str(each.id), *where, *who)
    return table


def difference_line(difference: Difference) -> str:
    """One difference as a line of text: mark, target, pages, and what each list says."""
    entry = difference.after or difference.before
    if entry is None:
        return ""
    where = f"{entry.target_id} {pages_words(entry.pages)}".rstrip()
    said = " -> ".join(meaning_words(each) for each in (difference.before, difference.after) if each is not None)
    return f"{difference.kind.value} {where}: {said}"


def meaning_words(entry: ListEntry) -> str:
    """What a line says of its target."""
    opens = f"opens {entry.opens_on:%d/%m/%Y}" if entry.opens_on else ""
    parts = (entry.category, opens, known_words(entry), f"({entry.reason})" if entry.reason else "")
    return ", ".join(filter(None, parts))


def known_words(entry: ListEntry) -> str:
    """What may be known of the target while it is closed."""
    known = "description" if entry.description_shown else "existence" if entry.existence_shown else "nothing"
    return f"{known} known, requests taken" if entry.requestable else f"{known} known"


def pages_words(pages: tuple[int, int] | None) -> str:
    """Pages as 3-9, or nothing for a whole record."""
    return f"{pages[0]}-{pages[1]}" if pages else ""


def moment_words(moment: datetime) -> str:
    """A moment in Viet Nam."""
    return f"{moment.astimezone(ARCHIVE_ZONE):%d/%m/%Y %H:%M}"


def _table(*columns: str, title: str | None = None) -> Table:
    table = Table(title=title, title_justify="left", box=box.SIMPLE_HEAD)
    for column in columns:
        numeric = column in ("line", "lines", "records", "pages", "open permits", "revision", "number")
        table.add_column(column, justify="right" if numeric and column != "number" else "left", overflow="fold")
    return table
