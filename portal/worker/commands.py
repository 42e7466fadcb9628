"""The command `archive-portal worker`."""

import signal
import sys
from collections.abc import Iterator
from contextlib import contextmanager
from datetime import timedelta
from threading import Event
from types import FrameType
from typing import NoReturn

import click

from portal.clock import utc_now
from portal.settings import PortalSettings
from portal.store.database import StoreUnavailable
from portal.worker.opening import open_leases, open_rounds

FAILED = 1

ALIVE = timedelta(minutes=5)
"""Without a finished job for so long, no worker is doing anything."""


@click.command()
@click.option("--once", is_flag=True, help="One round, then end.")
@click.option(
    "--interval",
    type=click.FloatRange(0.1, 3600),
    default=10,
    show_default=True,
    metavar="S",
    help="Seconds between two rounds.",
)
@click.option("--health", is_flag=True, help="Do nothing; say whether any worker has done something of late.")
def worker(once: bool, interval: float, health: bool) -> None:
    """Send notices, bring permits into the register, and do what deadlines demand, until told to end (SIGTERM, Ctrl-C).

    Each round is a line of the log; nobody is named in it. Several workers may run beside one another.

    \b
    Examples:
      archive-portal worker
      archive-portal worker --interval 2
      archive-portal worker --once
      archive-portal worker --health

    \b
    Exit codes: 0 ended as told, or the one round did everything, or a worker is at work; 1 something failed, or no
    worker has done anything for five minutes; 2 wrong usage.
    """
    settings = PortalSettings()
    if health:
        _say_health(settings)
        return
    with _ending() as ending:
        try:
            rounds = open_rounds(settings, now=utc_now, ending=ending.is_set)
        except (StoreUnavailable, ValueError) as error:
            _fail(str(error))
        while True:
            done = rounds.round()
            click.echo(str(done), err=not done.sound)
            if once:
                sys.exit(0 if done.sound else FAILED)
            if ending.wait(interval):
                click.echo("ended as told")
                return


def _say_health(settings: PortalSettings) -> None:
    try:
        newest = open_leases(settings).newest()
    except StoreUnavailable as error:
        _fail(str(error))
    if newest is None or utc_now() - newest > ALIVE:
        _fail("no worker has done anything of late")
    click.echo("a worker is at work")


@contextmanager
def _ending() -> Iterator[Event]:
    """Set when the process is told to end; the piece in hand is done first."""
    ending = Event()

    def ask(_signal: int, _frame: FrameType | None) -> None:
        ending.set()

    before = {asked: signal.signal(asked, ask) for asked in (signal.SIGTERM, signal.SIGINT)}
    try:
        yield ending
    finally:
        for asked, handler in before.items():
            signal.signal(asked, handler)


def _fail(message: str) -> NoReturn:
    click.echo(f"failed: {message}", err=True)
    sys.exit(FAILED)
