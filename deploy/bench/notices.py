"""How many notices a second one worker hands to a mail server on this machine."""

import os
import subprocess
import sys
from pathlib import Path

from deploy.bench.results import Figure, at_least
from portal.clock import utc_now
from portal.opening import open_sealing
from portal.settings import PortalSettings
from portal.store.database import Database
from portal.store.migrating import migrate
from portal.store.outbox import Notice, enqueue
from portal.store.sealing import Sealing
from tests.servers.mail_sink import MailSink
from tests.worker.given import Given

ROOT = Path(__file__).resolve().parents[2]
SECRET_KEY = "k" * 32
READERS = 20
AT_LEAST = 50.0


def notices_rate(folder: Path, count: int) -> Figure:
    """Notices a second from the first to the last letter, by the worker as it runs in production on SQLite."""
    url = f"sqlite:///{folder / 'notices.db'}"
    database = Database(url)
    database.make_file()
    migrate(database)
    _fill(database, open_sealing(_settings(url)), count)
    database.close()
    with MailSink() as sink:
        _run_worker(folder, url, sink.port)
    if len(set(sink.ids)) != count:
        raise RuntimeError(f"{count} notices were {len(set(sink.ids))} letters")
    return at_least((count - 1) / (sink.moments[-1] - sink.moments[0]), AT_LEAST, 1.0, "/s")


def _settings(url: str) -> PortalSettings:
    return PortalSettings(secret_key=SECRET_KEY, store_url=url)  # type: ignore[arg-type]


def _fill(database: Database, seal: Sealing, count: int) -> None:
    readers = [Given(database, seal).account() for _ in range(READERS)]
    values = {"code": "H00.1-261121-0001", "case_id": "c" * 32}
    told = [Notice(f"bench {number}", readers[number % READERS], "decided", values) for number in range(count)]
    with database.writing() as connection:
        for start in range(0, count, 500):
            enqueue(connection, *told[start : start + 500], seal=seal, now=utc_now())


def _run_worker(folder: Path, url: str, port: int) -> None:
    settings = {
        "PATH": os.environ["PATH"],
        "HOME": str(folder),
        "ARCHIVE_SETTINGS": os.devnull,
        "ARCHIVE_SECRET_KEY": SECRET_KEY,
        "ARCHIVE_STORE_URL": url,
        "ARCHIVE_REGISTER_URL": f"sqlite:///{folder / 'no-register.db'}",
        "ARCHIVE_ATTACHMENTS_DIR": str(folder / "attachments"),
        "ARCHIVE_SMTP_HOST": "127.0.0.1",
        "ARCHIVE_SMTP_PORT": str(port),
        "ARCHIVE_SMTP_SENDER": "luutru@vidu.vn",
        "ARCHIVE_SMTP_STARTTLS": "false",
    }
    command = [str(Path(sys.executable).with_name("archive-portal")), "worker", "--once"]
    subprocess.run(  # noqa: S603 - our own command
        command, cwd=ROOT, env=settings, check=True, timeout=600, capture_output=True
    )
