"""Memory does not grow with the archive, and both databases give the same records."""

import tracemalloc

import pytest
from sqlalchemy import Engine, create_engine, insert

from indexer.sources import schema
from indexer.sources.reference import ReferenceSource
from tests.sources.archives import FILE, ITEM, reference_archive


def _fill(engine: Engine, items: int) -> None:
    reference_archive(engine, files=[FILE])
    with engine.begin() as connection:
        connection.execute(
            insert(schema.items),
            [ITEM | {"id": n, "arc_doc_code": f"H47.STNMT.04.1991.01.0016.{n:07}"} for n in range(1, items + 1)],
        )
        connection.execute(
            insert(schema.pages),
            [
                {"record_level": "item", "record_id": n, "page_number": p, "ocr_text": f"giao đất {n} " * 4}
                for n in range(1, items + 1)
                for p in (1, 2)
            ],
        )


def _peak(engine: Engine) -> int:
    """Bytes in use at most during a walk; the walk before it fills whatever caches its texts."""
    for _ in ReferenceSource(engine).entries():
        pass
    tracemalloc.start()
    try:
        for _ in ReferenceSource(engine).entries():
            pass
        return tracemalloc.get_traced_memory()[1]
    finally:
        tracemalloc.stop()


@pytest.mark.long
def test_memory_stays_flat_on_sqlite(tmp_path):
    peaks = []
    for items in (1_200, 4_000):
        engine = create_engine(f"sqlite:///{tmp_path}/{items}.db")
        _fill(engine, items)
        peaks.append(_peak(engine))
        engine.dispose()
    assert peaks[1] < peaks[0] * 1.2


@pytest.mark.postgres
@pytest.mark.long
def test_memory_stays_flat_on_postgresql_and_the_records_are_the_same(postgres_database, tmp_path):
    server, file = create_engine(postgres_database), create_engine(f"sqlite:///{tmp_path}/same.db")
    for engine in (server, file):
        _fill(engine, 1_200)
    assert list(ReferenceSource(server).entries()) == list(ReferenceSource(file).entries())
    assert ReferenceSource(server).count() == 1_203
    small = _peak(server)
    with server.begin() as connection:
        for table in reversed(schema.metadata.sorted_tables):
            connection.execute(table.delete())
    _fill(server, 4_000)
    assert _peak(server) < small * 1.2
    server.dispose()
    file.dispose()
