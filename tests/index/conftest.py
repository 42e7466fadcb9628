"""Every engine that is shipped, filled with the same archives."""

from collections.abc import Callable, Iterable
from pathlib import Path

import pytest

from indexer.index.document import Documents
from indexer.index.memory.generations import MemoryGenerations
from indexer.index.port import Follows, Generations, IndexReader
from indexer.index.tantivy.generations import TantivyGenerations
from tests.index.corpus import TODAY, random_archive

ENGINES: dict[str, Callable[[Path], Generations]] = {
    "memory": lambda _folder: MemoryGenerations(),
    "tantivy": TantivyGenerations,
}


def filled(generations: Generations, archive: Iterable[Documents]) -> IndexReader:
    """Put an archive into service and give its reader."""
    with generations.begin(Follows(0, TODAY)) as writer:
        for record, pages in archive:
            writer.add(record, pages)
        writer.seal()
        generations.switch(writer)
    return generations.reader()


@pytest.fixture(params=ENGINES)
def generations(request: pytest.FixtureRequest, tmp_path: Path) -> Generations:
    """An empty index of each engine."""
    return ENGINES[request.param](tmp_path / "index")


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
    return filled(ENGINES[request.param](tmp_path_factory.mktemp("index")), archive)
