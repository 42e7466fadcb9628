"""The demonstration archive as it is operated: all in files, or on servers as in production."""

import random
from collections.abc import Iterator
from pathlib import Path

import pytest

from tests.indexer.operated import Operated
from tests.servers.opensearch import OpenSearchServer
from tests.servers.postgres import PostgresServer

SEED = 11


@pytest.fixture
def in_files(tmp_path: Path) -> Iterator[Operated]:
    """Everything in files, as in the demonstration."""
    archive, register = (f"sqlite:///{tmp_path / name}" for name in ("archive.db", "register.db"))
    made = Operated(tmp_path, archive, register, random.Random(SEED))
    yield made
    made.close()


@pytest.fixture
def on_servers(
    tmp_path: Path, postgres_server: PostgresServer, opensearch_server: OpenSearchServer
) -> Iterator[Operated]:
    """PostgreSQL and OpenSearch, as in production."""
    opensearch_server.clear()
    names = [postgres_server.create_database() for _ in range(2)]
    archive, register = map(postgres_server.url, names)
    made = Operated(tmp_path, archive, register, random.Random(SEED), opensearch_server.urls)
    yield made
    made.close()
    for name in names:
        postgres_server.drop_database(name)


@pytest.fixture(params=["in_files", "on_servers"])
def operated(request: pytest.FixtureRequest) -> Operated:
    """Both."""
    made: Operated = request.getfixturevalue(request.param)
    return made
