"""Changes of a database that may have no triggers, found by comparing; on SQLite and on PostgreSQL."""

import tracemalloc
from collections.abc import Callable, Iterator
from pathlib import Path

import pytest
from sqlalchemy import Engine, create_engine, insert, text

from indexer.sources import schema
from indexer.sources.legacy import LegacySource
from indexer.sources.polled.changes import STATE_FILE, PolledChanges
from indexer.sources.port import ChangeLog, SourceUnavailable, Waiting
from indexer.sources.reference import ReferenceSource
from tests.sources.archives import FILE, ITEM, SHA, legacy_archive, reference_archive
from tests.sources.test_legacy import ARCHIVE, DOCUMENT, FOND
from tests.sources.test_legacy import FILE as LEGACY_FILE

ALL = 1_000
PAGE = {"record_level": "item", "record_id": 1, "page_number": 1, "ocr_text": "chữ"}
SECOND = FILE | {"id": 2, "arc_file_code": "H47.STNMT.04.1991.01.0017"}


@pytest.fixture(params=["sqlite", pytest.param("postgresql", marks=pytest.mark.postgres)])
def engine(request: pytest.FixtureRequest, tmp_path: Path) -> Iterator[Engine]:
    url = f"sqlite:///{tmp_path}/archive.db"
    if request.param == "postgresql":
        url = request.getfixturevalue("postgres_database")
    made = create_engine(url)
    yield made
    made.dispose()


@pytest.fixture
def archive(engine: Engine) -> Engine:
    return reference_archive(engine, files=[FILE, SECOND], items=[ITEM], pages=[PAGE])


def changes_of(archive: Engine, folder: Path) -> ChangeLog:
    found = ReferenceSource(archive, state_dir=folder).changes()
    assert isinstance(found, PolledChanges)
    return found


class Watch:
    """What changed since the last look."""

    def __init__(self, archive: Engine, log: ChangeLog) -> None:
        self.archive, self.log, self.position = archive, log, log.position()

    def sql(self, *statements: str) -> set[str]:
        with self.archive.begin() as connection:
            for statement in statements:
                connection.execute(text(statement))
        found = self.log.after(self.position, ALL)
        self.position = found.position
        return {change.row_key for change in found.changes}


@pytest.fixture
def watch(archive: Engine, tmp_path: Path) -> Watch:
    return Watch(archive, changes_of(archive, tmp_path / "state"))


@pytest.mark.parametrize(
    ("statement", "keys"),
    [
        ("UPDATE items SET row_version = 2", {"items 1"}),
        ("UPDATE items SET mode = '02'", {"items 1"}),
        ("UPDATE items SET file_id = 2", {"items 1"}),
        ("UPDATE files SET inventory_id = NULL WHERE id = 2", {"files 2"}),
        ("UPDATE archives SET name = 'Khác'", {"fonds 1"}),
        ("DELETE FROM items", {"items 1"}),
        ("UPDATE items SET id = 3", {"items 1", "items 3"}),
        ("UPDATE pages SET row_version = 9", {"items 1"}),
        ("DELETE FROM pages", {"items 1"}),
        ("UPDATE pages SET record_level = 'file'", {"items 1", "files 1"}),
        ("INSERT INTO pages (record_level, record_id, page_number) VALUES ('file', 2, 1)", {"files 2"}),
        ("UPDATE files SET arc_file_code = 'H47.STNMT.04.1991.01.0016' WHERE id = 2", {"files 1", "files 2"}),
        ("INSERT INTO photos (id, fonds_id) VALUES (4, 1)", {"photos 4"}),
        ("UPDATE items SET subject = 'Khác'", set()),
    ],
)
def test_what_is_found(watch, statement, keys):
    assert watch.sql(statement) == keys
    assert watch.sql() == set()


def test_the_other_row_of_a_code_is_named_when_one_goes(watch):
    watch.sql("UPDATE files SET arc_file_code = 'H47.STNMT.04.1991.01.0016' WHERE id = 2")
    assert watch.sql("DELETE FROM files WHERE id = 1") == {"files 1", "files 2"}


def test_objects_count(watch):
    with watch.archive.begin() as connection:
        held = {"path": "a.pdf", "media_type": "application/pdf", "sha256": SHA, "first_page": 1, "page_count": 1}
        connection.execute(insert(schema.digital_objects), held | {"record_level": "item", "record_id": 1})
    assert watch.sql() == {"items 1"}
    assert watch.sql("DELETE FROM digital_objects") == {"items 1"}


def test_the_version_is_the_highest_that_belongs_to_the_row(watch):
    watch.sql("UPDATE pages SET row_version = 9")
    found = watch.log.after(watch.position.rsplit(":", 1)[0] + ":0", ALL).changes
    assert [(change.row_key, change.version) for change in found] == [("items 1", 9)]


def test_the_old_layout(engine, tmp_path):
    page = {"OwnerTable": "Document", "OwnerID": 1, "PageNumber": 1}
    legacy_archive(engine, Archive=[ARCHIVE], Fond=[FOND], File=[LEGACY_FILE], Document=[DOCUMENT], Page=[page])
    log = LegacySource(engine, state_dir=tmp_path / "state").changes()
    assert log is not None
    watch = Watch(engine, log)
    assert watch.sql('UPDATE "Archive" SET "Name" = \'Khác\'') == {"Fond 1"}
    assert watch.sql('DELETE FROM "Page"') == {"Document 1"}
    assert watch.sql('UPDATE "File" SET "RowVersion" = 3') == {"File 1"}


def test_what_nobody_has_acknowledged_is_given_again(watch, tmp_path):
    before = watch.position
    assert watch.sql("UPDATE items SET row_version = 2") == {"items 1"}
    again = changes_of(watch.archive, tmp_path / "state")
    assert [change.row_key for change in again.after(before, ALL).changes] == ["items 1"]
    assert again.waiting(before) == Waiting(1, None)
    again.forget(watch.position)
    assert again.waiting(watch.position) == Waiting(0, None)
    assert watch.sql("UPDATE items SET row_version = 3") == {"items 1"}


def test_changes_come_in_parts(watch):
    watch.sql()
    with watch.archive.begin() as connection:
        rows = [ITEM | {"id": n, "arc_doc_code": f"x.{n}"} for n in range(2, 12)]
        connection.execute(insert(schema.items), rows)
    position, keys = watch.position, []
    while (found := watch.log.after(position, 3)).changes:
        keys += [change.row_key for change in found.changes]
        position = found.position
    assert keys == [f"items {n}" for n in range(2, 12)]


def test_a_comparison_that_breaks_off_changes_nothing(watch, monkeypatch):
    with watch.archive.begin() as connection:
        connection.execute(text("UPDATE files SET row_version = 2"))
        connection.execute(text("ALTER TABLE pages RENAME TO hidden"))
    with pytest.raises(SourceUnavailable):
        watch.log.after(watch.position, ALL)
    assert watch.log.waiting(watch.position) == Waiting(0, None)
    assert watch.sql("ALTER TABLE hidden RENAME TO pages") == {"files 1", "files 2"}


def test_a_position_that_the_memory_does_not_reach(watch, tmp_path):
    (tmp_path / "state" / STATE_FILE).unlink()
    for position in (watch.position, "", "17", "10:0"):
        with pytest.raises(SourceUnavailable, match="does not reach back"):
            watch.log.after(position, ALL)


def test_a_memory_that_cannot_be_used(archive, tmp_path):
    (tmp_path / "state").mkdir()
    (tmp_path / "state" / STATE_FILE).write_bytes(b"no database at all" * 100)
    with pytest.raises(SourceUnavailable, match="file is not a database"):
        changes_of(archive, tmp_path / "state").position()
    (tmp_path / "plain").touch()
    with pytest.raises(SourceUnavailable, match="plain"):
        changes_of(archive, tmp_path / "plain").position()


def test_memory_stays_flat(tmp_path):
    peaks = []
    for items in (2_000, 8_000):
        engine = create_engine(f"sqlite:///{tmp_path}/{items}.db")
        reference_archive(engine, files=[FILE])
        with engine.begin() as connection:
            rows = [ITEM | {"id": n, "arc_doc_code": f"x.{n}"} for n in range(1, items + 1)]
            connection.execute(insert(schema.items), rows)
        log = changes_of(engine, tmp_path / str(items))
        position = log.position()
        with engine.begin() as connection:
            connection.execute(text("UPDATE items SET row_version = 2"))
        peaks.append(_peak(lambda log=log, position=position: log.after(position, 10)))
        engine.dispose()
    assert peaks[1] < peaks[0] * 1.2


def _peak(does: Callable[[], object]) -> int:
    tracemalloc.start()
    try:
        does()
        return tracemalloc.get_traced_memory()[1]
    finally:
        tracemalloc.stop()
