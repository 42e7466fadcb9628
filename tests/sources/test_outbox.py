"""The outbox on a real PostgreSQL: every committed change is given, whoever commits when."""

from collections.abc import Iterator

import pytest
from sqlalchemy import Engine, create_engine, insert, inspect, text

from indexer.sources import legacy_schema, schema
from indexer.sources.legacy import LegacySource
from indexer.sources.open import layout_of
from indexer.sources.outbox.installing import install, remove
from indexer.sources.outbox.log import OutboxLog
from indexer.sources.port import BadRow, SourceRecord, SourceUnavailable
from indexer.sources.reference import ReferenceSource
from tests.sources.archives import FILE, ITEM, SHA, legacy_archive, reference_archive
from tests.sources.test_legacy import ARCHIVE, DOCUMENT, FOND
from tests.sources.test_legacy import FILE as LEGACY_FILE

ALL = 1_000
PAGE = {"record_level": "item", "record_id": 1, "page_number": 1, "ocr_text": "chữ"}


@pytest.fixture
def engine(postgres_database: str) -> Iterator[Engine]:
    made = create_engine(postgres_database)
    yield made
    made.dispose()


@pytest.fixture
def archive(engine: Engine) -> Engine:
    """A reference archive with an outbox: one file with one item that has a page."""
    reference_archive(engine, files=[FILE], items=[ITEM], pages=[PAGE])
    install(engine, layout_of(engine))
    return engine


class Watch:
    """What changed since the last look, each row once, and the newest version of each."""

    def __init__(self, engine: Engine) -> None:
        self.engine, self.log = engine, OutboxLog(engine)
        self.position = self.log.position()

    def __call__(self) -> dict[str, int]:
        found = self.log.after(self.position, ALL)
        self.position = found.position
        return {change.row_key: change.version for change in found.changes}

    def sql(self, statement: str) -> set[str]:
        with self.engine.begin() as connection:
            connection.execute(text(statement))
        return set(self())


@pytest.fixture
def watch(archive: Engine) -> Watch:
    return Watch(archive)


def test_versions_go_on_where_they_were(engine):
    reference_archive(engine, files=[FILE | {"row_version": 40}], items=[ITEM])
    install(engine, layout_of(engine))
    watch = Watch(engine)
    assert watch.sql("UPDATE items SET subject = 'Khác'") == {"items 1"}
    with engine.connect() as connection:
        assert connection.execute(text("SELECT row_version FROM items")).scalar_one() > 40


@pytest.mark.parametrize(
    ("statement", "keys"),
    [
        ("UPDATE fonds SET title = 'Khác'", {"fonds 1"}),
        ("UPDATE archives SET name = 'Khác'", {"fonds 1"}),
        ("UPDATE inventories SET title = 'Khác'", {"inventories 1"}),
        ("DELETE FROM items", {"items 1"}),
        ("UPDATE items SET id = 7", {"items 1", "items 7"}),
        ("UPDATE items SET file_id = 2", {"items 1"}),
        ("INSERT INTO photos (id, fonds_id) VALUES (4, 1)", {"photos 4"}),
        ("INSERT INTO pages (record_level, record_id, page_number) VALUES ('file', 1, 1), ('file', 1, 2)", {"files 1"}),
        ("INSERT INTO pages (record_level, record_id, page_number) VALUES ('shelf', 1, 1)", set()),
        ("UPDATE pages SET ocr_text = 'khác'", {"items 1"}),
        ("UPDATE pages SET record_level = 'file'", {"items 1", "files 1"}),
        ("DELETE FROM pages", {"items 1"}),
        ("TRUNCATE pages", {"items 1"}),
        ("TRUNCATE items, files", {"items 1", "files 1"}),
        ("UPDATE items SET subject = 'x' WHERE id = 99", set()),
    ],
)
def test_what_a_statement_concerns(watch, statement, keys):
    assert watch.sql(statement) == keys


def test_objects_concern_their_record(watch):
    held = {"path": "a.pdf", "media_type": "application/pdf", "sha256": SHA, "first_page": 1, "page_count": 1}
    with watch.engine.begin() as connection:
        connection.execute(insert(schema.digital_objects), held | {"record_level": "file", "record_id": 1})
    assert set(watch()) == {"files 1"}
    assert watch.sql("UPDATE digital_objects SET record_level = 'item'") == {"files 1", "items 1"}


def test_rows_of_one_code_concern_each_other(watch):
    code = FILE["arc_file_code"]
    assert watch.sql(f"INSERT INTO files (id, fonds_id, arc_file_code, mode) VALUES (2, 1, '{code} ', '02')") == {
        "files 1",
        "files 2",
    }
    assert watch.sql("UPDATE files SET title = 'Khác' WHERE id = 2") == {"files 2"}
    assert watch.sql("UPDATE files SET mode = '01' WHERE id = 2") == {"files 1", "files 2"}
    assert watch.sql("UPDATE files SET arc_file_code = 'mới' WHERE id = 2") == {"files 1", "files 2"}
    assert watch.sql(f"UPDATE files SET arc_file_code = '{code}' WHERE id = 2") == {"files 1", "files 2"}
    with watch.engine.begin() as connection:
        connection.execute(text("DELETE FROM files WHERE id = 1"))
    versions = watch()
    assert versions["files 2"] > versions["files 1"], "the row that stands now is newer than the one that is gone"


def test_a_record_that_loses_a_page_becomes_newer(watch):
    (before,) = _versions(watch.engine, "items 1")
    watch.sql("DELETE FROM pages")
    (after,) = _versions(watch.engine, "items 1")
    assert after > before


def _versions(engine: Engine, *keys: str) -> list[int]:
    found = ReferenceSource(engine).rows(keys)
    return [entry.record.row_version for entry in found if isinstance(entry, SourceRecord)]


def test_the_old_layout(engine):
    page = {"OwnerTable": "Document", "OwnerID": 1, "PageNumber": 1, "Content": "chữ"}
    legacy_archive(engine, Archive=[ARCHIVE], Fond=[FOND], File=[LEGACY_FILE], Document=[DOCUMENT], Page=[page])
    install(engine, layout_of(engine))
    watch = Watch(engine)
    assert watch.sql('UPDATE "Archive" SET "Name" = \'Khác\'') == {"Fond 1"}
    assert watch.sql('UPDATE "Page" SET "OwnerTable" = \'File\'') == {"Document 1", "File 1"}
    assert watch.sql('DELETE FROM "Page"') == {"File 1"}
    with engine.begin() as connection:
        connection.execute(insert(legacy_schema.file), LEGACY_FILE | {"ID": 2})
    assert set(watch()) == {"File 1", "File 2"}
    assert watch.sql('DELETE FROM "File" WHERE "ID" = 1') == {"File 1", "File 2"}
    source = LegacySource(engine)
    assert [entry.record.row_key for entry in source.rows(["File 1", "File 2"])] == ["File 2", "Document 1"]


def test_a_transaction_that_commits_late_is_not_skipped(watch):
    slow = watch.engine.connect()
    slow.execute(text("UPDATE items SET subject = 'chậm'"))
    assert watch.sql("UPDATE files SET title = 'nhanh'") == set(), "kept back while an older transaction runs"
    assert watch.log.waiting(watch.position).changes == 1
    meanwhile = watch.log.position()
    slow.commit()
    slow.close()
    assert set(watch()) == {"items 1", "files 1"}
    found = watch.log.after(meanwhile, ALL).changes
    assert "items 1" in {change.row_key for change in found}, "whoever began to read meanwhile has not seen it"


def test_nothing_is_skipped_where_numbers_of_transactions_get_one_more_digit(archive):
    numbered = "SELECT CAST(CAST(n AS text) AS xid8), 'items ' || n, n FROM generate_series(7, 13) n"
    with archive.begin() as connection:
        connection.execute(text("UPDATE archive_outbox_forgotten SET xid = '0', change_id = 0"))
        connection.execute(text(f"INSERT INTO archive_outbox (xid, row_key, version) {numbered}"))
    position, seen = "6:0", []
    while (found := OutboxLog(archive).after(position, 2)).changes:
        seen, position = seen + [change.version for change in found.changes], found.position
    assert seen == [7, 8, 9, 10, 11, 12, 13]


def test_a_transaction_that_gives_up_leaves_nothing(watch):
    with watch.engine.connect() as connection:
        connection.execute(text("UPDATE items SET subject = 'bỏ'"))
        connection.rollback()
    assert watch() == {}


def test_changes_come_in_parts_and_are_forgotten(watch):
    with watch.engine.begin() as connection:
        connection.execute(insert(schema.items), [ITEM | {"id": n, "arc_doc_code": f"x.{n}"} for n in range(2, 12)])
    log, position, keys = watch.log, watch.position, []
    while (found := log.after(position, 3)).changes:
        assert len(found.changes) <= 3
        keys += [change.row_key for change in found.changes]
        position = found.position
    assert keys == [f"items {n}" for n in range(2, 12)]
    assert log.after(position, 3).position == position
    waiting = log.waiting(watch.position)
    assert waiting.changes == 10
    assert waiting.oldest is not None
    assert waiting.oldest.tzinfo is not None
    log.forget(position)
    assert log.waiting(position).changes == 0
    assert log.waiting(position).oldest is None


@pytest.mark.parametrize("position", ["", "17", "a:b", "1:2:3", "-1:0"])
def test_a_position_of_another_log(archive, position):
    with pytest.raises(SourceUnavailable, match="none of this outbox"):
        OutboxLog(archive).after(position, ALL)


def test_a_position_of_a_database_that_was_further_on(archive):
    with pytest.raises(SourceUnavailable, match="another one than before"):
        OutboxLog(archive).after("999999999999:0", ALL)


def test_changes_lead_to_the_state_of_the_archive(archive):
    """Whoever follows the changes holds the same rows in the end as whoever reads everything."""
    source = ReferenceSource(archive)
    log = source.changes()
    assert isinstance(log, OutboxLog)
    position = log.position()
    held = {entry.record.row_key: entry for entry in source.entries() if isinstance(entry, SourceRecord)}
    for statement in (
        "INSERT INTO files (id, fonds_id, arc_file_code, title, mode) SELECT 2, 1, arc_file_code, 'Hai', '01' FROM files",
        "INSERT INTO items (id, file_id, arc_doc_code, subject, mode) VALUES (5, 2, 'x.5', 'Năm', '01')",
        "DELETE FROM files WHERE id = 1",
        "UPDATE inventories SET title = ''",
        "UPDATE inventories SET title = 'Lại có'",
        "UPDATE fonds SET fonds_code = 'STNMT.05'",
        "DELETE FROM pages",
    ):
        with archive.begin() as connection:
            connection.execute(text(statement))
        found = log.after(position, ALL)
        position = found.position
        _follow(held, source, {change.row_key for change in found.changes})
        assert held == {entry.record.row_key: entry for entry in source.entries() if isinstance(entry, SourceRecord)}


def _follow(held: dict[str, SourceRecord], source, keys: set[str]) -> None:
    gone = {held[key].record.id for key in keys if key in held}
    for key in [key for key, entry in held.items() if not gone.isdisjoint(entry.record.lineage)]:
        del held[key]
    for entry in source.rows(keys):
        if isinstance(entry, BadRow):
            held.pop(entry.key, None)
        else:
            held[entry.record.row_key] = entry


def test_installing_again_changes_nothing_and_removing_leaves_nothing(archive):
    install(archive, layout_of(archive))
    remove(archive, layout_of(archive))
    assert not inspect(archive).has_table("archive_outbox")
    with archive.begin() as connection:
        connection.execute(text("UPDATE items SET subject = 'Khác'"))
        left = (
            "SELECT count(*) FROM pg_trigger WHERE NOT tgisinternal",
            "SELECT count(*) FROM pg_proc WHERE proname ~ '^archive'",
        )
        assert [connection.execute(text(query)).scalar_one() for query in left] == [0, 0]
    assert ReferenceSource(archive).changes() is None
    with pytest.raises(SourceUnavailable, match="has no outbox"):
        remove(archive, layout_of(archive))
    install(archive, layout_of(archive))


def test_writers_need_no_right_on_the_outbox(archive):
    with archive.begin() as connection:
        connection.execute(text("DROP ROLE IF EXISTS clerk"))
        connection.execute(text("CREATE ROLE clerk"))
        connection.execute(text("GRANT SELECT, INSERT, UPDATE, DELETE ON items, pages TO clerk"))
    watch = Watch(archive)
    with archive.begin() as connection:
        connection.execute(text("SET LOCAL ROLE clerk"))
        connection.execute(text("SET LOCAL search_path = pg_catalog"))
        connection.execute(text("UPDATE public.items SET subject = 'Khác'"))
    assert set(watch()) == {"items 1"}
    with archive.begin() as connection:
        connection.execute(text("DROP OWNED BY clerk"))
        connection.execute(text("DROP ROLE clerk"))


def test_only_postgresql_keeps_an_outbox(tmp_path):
    engine = create_engine(f"sqlite:///{tmp_path}/archive.db")
    schema.metadata.create_all(engine)
    with pytest.raises(SourceUnavailable, match="only PostgreSQL"):
        install(engine, layout_of(engine))
    assert ReferenceSource(engine).changes() is None
    engine.dispose()


def test_a_server_that_restarts_while_it_is_read(archive, postgres_server):
    with archive.begin() as connection:
        rows = [ITEM | {"id": n, "arc_doc_code": f"x.{n}"} for n in range(2, 6_000)]
        connection.execute(insert(schema.items), rows)
    source = ReferenceSource(archive)
    log = source.changes()
    assert log is not None
    position = log.position()
    entries = source.entries()
    for _ in range(100):
        next(entries)
    postgres_server.restart()
    with pytest.raises(SourceUnavailable):
        list(entries)
    assert source.count() == 6_002
    assert log.after(position, ALL).changes == ()
