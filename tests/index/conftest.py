"""Every engine that is shipped, filled with the same archives."""

from collections.abc import Iterable, Sequence
from itertools import count
from pathlib import Path

import pytest

from indexer.index.document import Documents
from indexer.index.memory.generations import MemoryGenerations
from indexer.index.opensearch.client import open_client
from indexer.index.opensearch.generations import OpenSearchGenerations
from indexer.index.port import Follows, Generations, IndexReader
from indexer.index.tantivy.generations import TantivyGenerations
from indexer.settings import IndexSettings
from tests.index.corpus import TODAY, random_archive
from tests.servers.meilisearch import GIVEN, on_meilisearch

ENGINES = ("memory", "tantivy", "opensearch", "opensearch on three nodes", *(["meilisearch"] if GIVEN else []))
"""Of Meilisearch no package ships the server: it takes part where one is given (see its document)."""

EMBEDDED = ("memory", "tantivy")
ON_ONE_MACHINE = (*EMBEDDED, "opensearch")
_SERVERS = {"opensearch": "opensearch_server", "opensearch on three nodes": "opensearch_cluster"}
_PREFIXES = (f"test{number}" for number in count(1))


def opened(engine: str, folder: Path, request: pytest.FixtureRequest) -> Generations:
    """An empty index of an engine, with a server where it needs one."""
    if engine == "memory":
        return MemoryGenerations()
    if engine == "tantivy":
        return TantivyGenerations(folder)
    if engine == "meilisearch":
        return on_meilisearch(request)
    return on_cluster(request.getfixturevalue(_SERVERS[engine]).urls)


def on_cluster(urls: Sequence[str], *, seconds: float = 30) -> OpenSearchGenerations:
    """An empty index on a cluster that others use too."""
    settings = IndexSettings(opensearch_urls=tuple(urls), engine_seconds=seconds)
    return OpenSearchGenerations(open_client(settings), next(_PREFIXES), page_shards=2)


def filled(generations: Generations, archive: Iterable[Documents]) -> IndexReader:
    """Put an archive into service and give its reader."""
    with generations.begin(Follows(0, TODAY)) as writer:
        for record, pages in archive:
            writer.add(record, pages)
        assert list(writer.seal()) == []
        generations.switch(writer)
    return generations.reader()


@pytest.fixture(params=ENGINES)
def generations(request: pytest.FixtureRequest, tmp_path: Path) -> Generations:
    """An empty index of each engine."""
    return opened(request.param, tmp_path / "index", request)


@pytest.fixture(scope="session")
def archive() -> tuple[Documents, ...]:
    """Four hundred random records."""
    return tuple(random_archive(400))


@pytest.fixture(scope="session")
def oracle(archive: tuple[Documents, ...]) -> IndexReader:
    """The memory engine with the random archive."""
    return filled(MemoryGenerations(), archive)


@pytest.fixture(scope="session", params=[name for name in ENGINES if name != "memory"])
def engine(
    request: pytest.FixtureRequest, archive: tuple[Documents, ...], tmp_path_factory: pytest.TempPathFactory
) -> IndexReader:
    """Each other engine with the same archive."""
    return filled(opened(request.param, tmp_path_factory.mktemp("index"), request), archive)
