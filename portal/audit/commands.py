"""The commands `archive-portal log ...`."""

import sys
import time
from datetime import UTC, datetime
from pathlib import Path
from typing import NoReturn

import click
from rich.console import Console
from rich.table import Table

from portal.audit.chain import Link
from portal.audit.heads import HeadsContradict, export
from portal.audit.keys import log_key
from portal.audit.log import LogUnavailable, newest
from portal.audit.showing import newest_entries
from portal.audit.verify import Verdict, verify
from portal.clock import ARCHIVE_ZONE
from portal.settings import PortalSettings

FAILED = 1


def _console() -> Console:
    """As wide as the terminal is now."""
    return Console(markup=False, highlight=False, soft_wrap=True)


_folder = click.option(
    "--folder", type=click.Path(path_type=Path), help="The folder of the log, if not that of the settings."
)


@click.group("log")
def log() -> None:
    """Check, anchor and read the access log.

    \b
    Examples:
      archive-portal log verify --heads /mnt/anchor/heads.jsonl
      archive-portal log head --to /mnt/anchor/heads.jsonl
      archive-portal log show --last 50
    """


@log.command("verify")
@_folder
@click.option("--heads", type=click.Path(path_type=Path), help="The file that `log head` exports to.")
def verify_command(folder: Path | None, heads: Path | None) -> None:
    """Check every entry, and the log against its exported heads.

    Exits 0 when the log is what was written, 1 when it is not or cannot be read.
    """
    settings = PortalSettings()
    started = time.perf_counter()
    try:
        found = verify(folder or settings.access_log_dir, _key(settings), heads=heads)
    except OSError as error:
        _fail(_said(error))
    _console().print(_verdict_table(found, time.perf_counter() - started))
    for fault in found.faults:
        _console().print(f"entry {fault.sequence} ({fault.place}): {fault.what}")
    if not found.sound:
        _fail(f"the log is not what was written, from entry {found.first_bad} on")


@log.command("head")
@_folder
@click.option("--to", "file", type=click.Path(path_type=Path), required=True, help="A file on another medium.")
def head_command(folder: Path | None, file: Path) -> None:
    """Append the newest entry's number and hash to a file elsewhere, best one that can only be appended to.

    Exits 1, and exports nothing, when the log contradicts what was exported before.
    """
    settings = PortalSettings()
    try:
        head = newest(folder or settings.access_log_dir, _key(settings))
        export(head, file, key=_key(settings), now=datetime.now(UTC))
    except (LogUnavailable, HeadsContradict) as error:
        _fail(str(error))
    except OSError as error:
        _fail(_said(error))
    _console().print(f"entry {head.sequence:,} of {head.at:%Y-%m-%d %H:%M:%S} UTC" if head else "the log is empty")


@log.command("show")
@_folder
@click.option("--record", "record_id", help="Entries of this record only.")
@click.option("--last", default=20, show_default=True, type=click.IntRange(1, 100_000), help="How many.")
def show_command(folder: Path | None, record_id: str | None, last: int) -> None:
    """Show the newest entries, oldest first, in the archive's own time."""
    settings = PortalSettings()
    try:
        entries = newest_entries(folder or settings.access_log_dir, _key(settings), last=last, record_id=record_id)
    except OSError as error:
        _fail(_said(error))
    _console().print(_entries_table(entries))


def _key(settings: PortalSettings) -> bytes:
    return log_key(settings.access_log_key.get_secret_value(), secret_key=settings.secret_key.get_secret_value())


def _verdict_table(found: Verdict, seconds: float) -> Table:
    table = Table(show_header=False)
    rows = {
        "files": f"{found.files:,}",
        "entries": f"{found.entries:,}",
        "newest entry": f"{found.last:,}",
        "exported heads": f"{found.heads:,}",
        "entries a second": f"{found.entries / seconds:,.0f}",
        "faults": f"{found.fault_count:,}",
        "remarks": "\n".join(found.remarks),
    }
    for name, value in rows.items():
        table.add_row(name, value)
    return table


def _entries_table(entries: list[Link]) -> Table:
    columns = ("event", "reader", "record", "page", "size", "decision", "rule", "permit")
    table = Table("entry", "at", *columns, "")
    for link in entries:
        at = f"{link.at.astimezone(ARCHIVE_ZONE):%Y-%m-%d %H:%M:%S}"
        facts = (_printable(link.facts.get(name)) for name in columns)
        table.add_row(str(link.sequence), at, *facts, link.broken.value if link.broken else "")
    return table


def _printable(value: object) -> str:
    """For a terminal: a record id comes from an address, and may hold what commands a terminal."""
    return "".join(letter if letter.isprintable() else "\N{REPLACEMENT CHARACTER}" for letter in str(value or ""))


def _said(error: OSError) -> str:
    return f"{error.filename}: {error.strerror}" if error.filename else str(error.strerror)


def _fail(message: str) -> NoReturn:
    _console().print(f"failed: {message}")
    sys.exit(FAILED)
