"""Opening a database: the right adapter, or one clear line."""

import pytest
from sqlalchemy import create_engine

from indexer.sources import legacy_schema, schema
from indexer.sources.legacy import LegacySource
from indexer.sources.open import open_source
from indexer.sources.port import SourceUnavailable
from indexer.sources.reference import ReferenceSource


@pytest.mark.parametrize(
    ("metadata", "adapter"), [(schema.metadata, ReferenceSource), (legacy_schema.metadata, LegacySource)]
)
def test_the_tables_tell_the_layout(tmp_path, metadata, adapter):
    url = f"sqlite:///{tmp_path}/archive.db"
    metadata.create_all(create_engine(url))
    assert isinstance(open_source(url), adapter)


def test_a_database_of_another_kind(tmp_path):
    url = f"sqlite:///{tmp_path}/other.db"
    with create_engine(url).begin() as connection:
        connection.exec_driver_sql("CREATE TABLE shop (id INTEGER)")
    with pytest.raises(SourceUnavailable, match="neither TT 05/2025 nor TT 02/2019"):
        open_source(url)


def test_a_missing_table_is_named(tmp_path):
    url = f"sqlite:///{tmp_path}/archive.db"
    engine = create_engine(url)
    schema.metadata.create_all(engine)
    schema.films.drop(engine)
    with pytest.raises(SourceUnavailable, match="lacks the tables films"):
        open_source(url)


def test_a_table_that_goes_away_later(tmp_path):
    url = f"sqlite:///{tmp_path}/archive.db"
    engine = create_engine(url)
    schema.metadata.create_all(engine)
    source = open_source(url)
    schema.pages.drop(engine)
    for read in (source.count, lambda: list(source.entries())):
        with pytest.raises(SourceUnavailable, match="no such table: pages"):
            read()


def test_a_mistyped_path_makes_no_new_file(tmp_path):
    with pytest.raises(SourceUnavailable, match="no such file"):
        open_source(f"sqlite:///{tmp_path}/none.db")
    assert not list(tmp_path.iterdir())


def test_a_server_that_is_away_is_one_line_without_the_password(free_port):
    url = f"postgresql+psycopg://archive:top%40secret@127.0.0.1:{free_port}/archive"
    with pytest.raises(SourceUnavailable) as caught:
        open_source(url)
    message = str(caught.value)
    assert "127.0.0.1" in message
    assert "\n" not in message
    assert "secret" not in message


@pytest.mark.parametrize("url", ["", "nonsense", "oracle9://x", "archive.db"])
def test_an_address_that_is_none(url):
    with pytest.raises(SourceUnavailable, match="not an SQLAlchemy URL"):
        open_source(url)


@pytest.fixture
def free_port():
    import socket

    with socket.socket() as probe:
        probe.bind(("127.0.0.1", 0))
        return probe.getsockname()[1]
