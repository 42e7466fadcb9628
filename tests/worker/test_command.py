"""The worker as a process: killed at the worst moment, beside another one, told to end, asked for its health."""

import os
import signal
import subprocess
import sys
import time
from collections import Counter
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from pathlib import Path

import pytest

from access_policy.register.store import open_register
from portal.opening import open_sealing
from portal.requests.states import State
from portal.settings import PortalSettings
from portal.store.database import Database
from portal.store.outbox import NoticeState
from portal.store.tables import notices
from tests.servers.mail_sink import MailSink
from tests.servers.portal import ROOT
from tests.worker.given import TODAY, Given

PROGRAM = Path(sys.executable).with_name("archive-portal")
LEASE = 2
COUNT = 120


class Station:
    """Settings of a worker over one store, and the readers and notices in it."""

    def __init__(self, folder: Path, database: Database, url: str, port: int) -> None:
        self.folder = folder
        self.env = {
            "PATH": os.environ["PATH"],
            "HOME": str(folder),
            "ARCHIVE_SETTINGS": os.devnull,
            "ARCHIVE_SECRET_KEY": "k" * 32,
            "ARCHIVE_STORE_URL": url,
            "ARCHIVE_REGISTER_URL": f"sqlite:///{folder / 'register.db'}",
            "ARCHIVE_ATTACHMENTS_DIR": str(folder / "attachments"),
            "ARCHIVE_SMTP_HOST": "127.0.0.1",
            "ARCHIVE_SMTP_PORT": str(port),
            "ARCHIVE_SMTP_SENDER": "luutru@vidu.vn",
            "ARCHIVE_SMTP_STARTTLS": "false",
            "ARCHIVE_WORKER_LEASE_SECONDS": str(LEASE),
        }
        open_register(self.env["ARCHIVE_REGISTER_URL"]).migrate()
        self.given = Given(database, open_sealing(PortalSettings(secret_key="k" * 32)))  # type: ignore[arg-type]

    @contextmanager
    def worker(self, *options: str) -> Iterator[subprocess.Popen[str]]:
        """A worker, killed in any case at the end; what it says is in `said`."""
        with (
            self.log.open("a") as log,
            subprocess.Popen(
                [str(PROGRAM), "worker", *options], cwd=ROOT, env=self.env, stdout=log, stderr=log, text=True
            ) as process,
        ):
            try:
                yield process
            finally:
                process.kill()

    @property
    def log(self) -> Path:
        return self.folder / "worker.log"

    @property
    def said(self) -> str:
        return self.log.read_text()

    def waiting(self) -> int:
        return sum(row.state == NoticeState.WAITING.value for row in self.given.rows(notices))


@pytest.fixture
def store_url(database: Database) -> str:
    """The address of `database`."""
    return database._engine.url.render_as_string(hide_password=False)


@pytest.fixture
def station(tmp_path: Path, database: Database, store_url: str, sink: MailSink) -> Station:
    return Station(tmp_path, database, store_url, sink.port)


pytestmark = pytest.mark.parametrize(
    "database", ["postgresql", pytest.param("sqlite", marks=pytest.mark.long)], indirect=True
)
"""Processes are shown on PostgreSQL in every run, on both in a long one."""


def until(there: Callable[[], bool], *, seconds: float = 60) -> None:
    end = time.monotonic() + seconds
    while not there():
        assert time.monotonic() < end, "too late"
        time.sleep(0.05)


def test_killed_in_the_middle_nothing_is_lost_and_one_letter_at_most_comes_twice(
    tmp_path: Path, database: Database, store_url: str
) -> None:
    killed: list[subprocess.Popen[str]] = []

    def taken(count: int) -> None:
        if count == 7:  # taken by the server, and before the worker is told so
            killed[0].kill()

    with MailSink(taken) as sink:
        station = Station(tmp_path, database, store_url, sink.port)
        station.given.notices(station.given.account(), COUNT)
        with station.worker("--interval", "0.2") as first:
            killed.append(first)
            assert first.wait(60) == -signal.SIGKILL
        assert station.waiting() == COUNT - 6
        with station.worker("--interval", "0.2"):
            until(lambda: station.waiting() == 0)
        counts = Counter(sink.ids)
    assert len(counts) == COUNT
    assert sorted(counts.values())[-2:] == [1, 2]


def test_two_workers_beside_one_another_send_nothing_twice(station: Station, sink: MailSink) -> None:
    station.given.notices(station.given.account(), COUNT)
    with station.worker("--interval", "0.1"), station.worker("--interval", "0.1"):
        until(lambda: station.waiting() == 0)
    assert Counter(sink.ids).total() == len(set(sink.ids)) == COUNT


def test_told_to_end_it_finishes_the_letter_in_hand_and_nothing_is_held(
    tmp_path: Path, database: Database, store_url: str
) -> None:
    told: list[subprocess.Popen[str]] = []

    def taken(count: int) -> None:
        if count == 3:
            told[0].send_signal(signal.SIGTERM)
            time.sleep(0.2)

    with MailSink(taken) as sink:
        station = Station(tmp_path, database, store_url, sink.port)
        station.given.notices(station.given.account(), COUNT)
        with station.worker("--interval", "60") as worker:
            told.append(worker)
            assert worker.wait(60) == 0
        sent = len(sink.ids)
        assert 3 <= sent < COUNT
        assert station.waiting() == COUNT - sent
        assert all(row.leased_until is None for row in station.given.rows(notices))
        assert "ended as told" in station.said


def test_one_round_says_what_was_done_and_names_nobody(station: Station) -> None:
    station.given.notices(station.given.account(), template="reply", words="bí mật")
    with station.worker("--once") as worker:
        assert worker.wait(60) == 0
    assert "permits=0; closed=0; stops=0; overdue=0; reminders=0; attachments=0; papers=0; notices=1" in station.said
    for personal in ("an@vidu.vn", "Nguyễn", "bí mật"):
        assert personal not in station.said


def test_a_round_in_which_something_failed_ends_with_1_and_the_rest_is_done(station: Station, sink: MailSink) -> None:
    station.given.notices(station.given.account())
    station.env["ARCHIVE_REGISTER_URL"] = f"sqlite:///{station.folder}/nowhere/register.db"
    account_id = station.given.account()
    case_id = station.given.case(account_id, State.DECIDED)
    station.given.permit(case_id, account_id, ends_on=TODAY, granted_at=None)
    with station.worker("--once") as worker:
        assert worker.wait(60) == 1
    assert "permits: failed" in station.said
    assert len(sink.ids) == 1


@pytest.mark.long
def test_health_is_asked_without_doing_anything(station: Station) -> None:
    def health() -> int:
        with station.worker("--health") as asked:
            return asked.wait(60)

    assert health() == 1
    with station.worker("--once") as worker:
        worker.wait(60)
    assert health() == 0
    assert "a worker is at work" in station.said
