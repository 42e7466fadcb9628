"""An index for one measurement, in a folder that goes away with it."""

from collections.abc import Callable, Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from datetime import date
from pathlib import Path
from tempfile import TemporaryDirectory

from indexer.evaluation.corpus import corpus_documents
from indexer.evaluation.dataset import Dataset
from indexer.index.port import Follows, Generations, IndexReader
from indexer.index.tantivy.generations import TantivyGenerations
from indexer.settings import IndexerSettings


@dataclass(frozen=True)
class Throwaway:
    """The index over a corpus: its reader, the name of its engine, and how many documents the engine refused."""

    reader: IndexReader
    engine: str
    unwritten: int


def throwaway_generations(settings: IndexerSettings, folder: Path) -> tuple[str, Generations]:  # noqa: ARG001
    """The name of the configured engine, and generations of it that nobody misses once the folder is gone."""
    return "tantivy", TantivyGenerations(folder)


@contextmanager
def throwaway_index(
    dataset: Dataset, settings: IndexerSettings, *, today: date, progress: Callable[[int], None] = lambda _: None
) -> Iterator[Throwaway]:
    """Index the corpus; the index is there until the end of the block. Raises IndexUnavailable, DatasetRefused.

    `progress` is told the documents indexed so far.
    """
    with TemporaryDirectory(prefix="archive-evaluation-") as folder:
        engine, generations = throwaway_generations(settings, Path(folder))
        with generations.begin(Follows(0, today)) as writer:
            for done, (record, pages) in enumerate(corpus_documents(dataset, today=today), start=1):
                writer.add(record, pages)
                progress(done)
            unwritten = writer.seal()
            generations.switch(writer)
        yield Throwaway(generations.reader(), engine, len(unwritten))
