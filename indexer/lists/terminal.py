"""What the commands of the register share: where they print, how they fail, how they read names, days and pages."""

import getpass
import re
import sys
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from datetime import UTC, date, datetime
from typing import Any, NoReturn, Self

import click
from rich.console import Console
from rich.markup import escape
from rich.progress import BarColumn, MofNCompleteColumn, Progress, TextColumn, TimeRemainingColumn

from access_policy.register.errors import RegisterError
from access_policy.register.redactions import Box
from access_policy.register.stamps import archive_day
from indexer.lists.cells import parse_day
from indexer.lists.exporting import CannotWrite
from indexer.lists.faults import UnreadableFile
from indexer.sources.port import SourceUnavailable

FAILED, CLOSES_NOTHING = 1, 3

EXIT_CODES = "Exit codes: 0 done, 1 it failed and nothing was changed, 2 wrong arguments, 3 done, but names no record."

_WIDE = 240

notes = Console(stderr=True, highlight=False)
"""Progress and remarks."""

answers = Console(highlight=False, width=None if sys.stdout.isatty() else _WIDE)
"""What was asked for: standard output. In a file or a pipe no line of a table is broken early."""

_EVERY = 500


def fail(message: str) -> NoReturn:
    """One sentence, exit code 1."""
    notes.print(f"[bold]failed:[/bold] {escape(message)}", soft_wrap=True)
    sys.exit(FAILED)


@contextmanager
def one_sentence() -> Iterator[None]:
    """Turns what can go wrong into one sentence and exit code 1."""
    try:
        yield
    except (RegisterError, UnreadableFile, CannotWrite, SourceUnavailable) as error:
        fail(str(error))


def now() -> datetime:
    """This moment."""
    return datetime.now(UTC)


def today() -> date:
    """This day in Viet Nam."""
    return archive_day(now())


class Steps:
    """A bar for each step of a long command."""

    def __init__(self) -> None:
        columns = (TextColumn("{task.description}"), BarColumn(), MofNCompleteColumn(), TimeRemainingColumn())
        self._bars = Progress(*columns, console=notes)
        self._tasks: dict[str, Any] = {}

    def __enter__(self) -> Self:
        self._bars.start()
        return self

    def __exit__(self, *_error: object) -> None:
        self._bars.stop()

    def __call__(self, what: str, done: int, total: int | None) -> None:
        """Show how far a step is; most calls only look at the clock."""
        if what not in self._tasks:
            self._tasks[what] = self._bars.add_task(what, total=total)
        if done % _EVERY == 0 or done == total:
            self._bars.update(self._tasks[what], completed=done, total=total)


def as_day(written: str) -> date:
    """A day given as 31/12/2026 or 2026-12-31."""
    try:
        return parse_day(written.strip())
    except ValueError as error:
        raise click.BadParameter(str(error)) from None


def as_pages(written: str) -> tuple[int, int]:
    """Pages given as 3-9, or one page as 3."""
    numbers = _numbers(written, "-") or (0, 0, 0)
    if len(numbers) > 2:
        raise click.BadParameter(f"{written!r} should be written like 3-9")
    return numbers[0], numbers[-1]


def as_box(written: str) -> Box:
    """A box given as LEFT,TOP,RIGHT,BOTTOM."""
    numbers = _numbers(written, ",")
    if len(numbers) != 4:
        raise click.BadParameter(f"{written!r} should be written like 100,200,900,300")
    left, top, right, bottom = numbers
    return left, top, right, bottom


def _numbers(written: str, mark: str) -> tuple[int, ...]:
    """Whole numbers with a mark between them; none for anything else."""
    parts = [part.strip() for part in written.split(mark)]
    return tuple(map(int, parts)) if all(re.fullmatch(r"[0-9]{1,7}", part) for part in parts) else ()


def _account() -> str:
    try:
        return getpass.getuser()
    except (KeyError, OSError):
        return ""


def by_option(command: Callable[..., Any]) -> Callable[..., Any]:
    """Who does it; the name is kept in the register."""
    words = "Who does this; kept in the register."
    return click.option("--by", metavar="NAME", default=_account, show_default="your account", help=words)(command)
