"""What the outbox has forgotten it does not pretend to know."""

from collections.abc import Iterator

import pytest
from sqlalchemy import Engine, create_engine, insert

from indexer.sources import schema
from indexer.sources.open import layout_of
from indexer.sources.outbox.installing import install, remove
from indexer.sources.outbox.log import OutboxLog
from indexer.sources.port import SourceUnavailable
from tests.sources.archives import FILE, ITEM, reference_archive

ALL = 1_000


@pytest.fixture
def archive(postgres_database: str) -> Iterator[Engine]:
    """A reference archive with an outbox."""
    engine = create_engine(postgres_database)
    reference_archive(engine, files=[FILE], items=[ITEM])
    install(engine, layout_of(engine))
    yield engine
    engine.dispose()


def test_what_was_forgotten_cannot_be_gone_on_from(archive: Engine) -> None:
    log = OutboxLog(archive)
    before = log.position()
    with archive.begin() as connection:
        connection.execute(insert(schema.items), ITEM | {"id": 2, "arc_doc_code": "x.2"})
    log.forget(log.after(before, ALL).position)
    for ask in (lambda: log.after(before, ALL), lambda: log.waiting(before)):
        with pytest.raises(SourceUnavailable, match="does not reach back"):
            ask()
    now = log.position()
    log.forget(before)
    assert log.after(now, ALL).changes == (), "an older mark does not move it back"


def test_an_outbox_that_was_put_in_anew_knows_nothing_of_before(archive: Engine) -> None:
    before = OutboxLog(archive).position()
    layout = layout_of(archive)
    remove(archive, layout)
    install(archive, layout)
    with pytest.raises(SourceUnavailable, match="does not reach back"):
        OutboxLog(archive).after(before, ALL)
