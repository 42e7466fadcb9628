"""A store with nothing in it, on both databases, and what writes into it."""

from collections.abc import Callable, Iterator
from datetime import timedelta
from pathlib import Path

import pytest

from portal.accounts.people.accounts import Accounts
from portal.notices.composing import Archive, Composer
from portal.notices.mail import MailServer
from portal.notices.outlets import open_outlets
from portal.notices.quiet_hours import QuietHours
from portal.settings import PortalSettings
from portal.store.database import Database
from portal.store.outbox import Outbox
from portal.store.sealing import Sealing
from portal.worker.opening import message_id
from portal.worker.sending import Sending
from tests.empty import empty_store
from tests.servers.mail_sink import MailSink
from tests.worker.given import Clock, Given

ARCHIVE = Archive(
    {"vi": "Lưu trữ lịch sử tỉnh Ví Dụ", "en": "Vi Du Archive"}, "luutru@vidu.vn", "https://luutru.vidu.vn"
)


@pytest.fixture(params=["sqlite", pytest.param("postgresql", marks=pytest.mark.long)])
def database(request: pytest.FixtureRequest, tmp_path: Path) -> Iterator[Database]:
    sqlite = request.param == "sqlite"
    opened = empty_store(tmp_path / "portal.db") if sqlite else request.getfixturevalue("postgres_store")
    yield opened
    opened.close()


@pytest.fixture
def seal() -> Sealing:
    return Sealing([b"s" * 32], matching_key=b"m" * 32)


@pytest.fixture
def given(database: Database, seal: Sealing) -> Given:
    return Given(database, seal)


@pytest.fixture
def clock() -> Clock:
    return Clock()


@pytest.fixture
def sink() -> Iterator[MailSink]:
    with MailSink() as running:
        yield running


@pytest.fixture
def sending(database: Database, seal: Sealing, clock: Clock, sink: MailSink, tmp_path: Path) -> Callable[..., Sending]:
    """A worker's way to send, by default to the sink, and for text messages into a folder."""

    def build(*, port: int | None = None) -> Sending:
        quiet = PortalSettings.model_fields
        return Sending(
            outbox=Outbox(database, seal),
            accounts=Accounts(database, seal),
            composer=Composer(ARCHIVE),
            outlets=open_outlets(
                mail=MailServer("127.0.0.1", port or sink.port, "luutru@vidu.vn", starttls=False, seconds=5),
                sms_folder=tmp_path / "sms",
                sms_gateway=None,
                demo_folder=None,
            ),
            quiet=QuietHours(quiet["sms_quiet_from"].default, quiet["sms_quiet_until"].default),
            message_id=lambda number: message_id(seal, number),
            lasting=timedelta(seconds=60),
            now=clock,
        )

    return build
