"""Opening the index for writing: only the indexer does."""

from pathlib import Path

from indexer.index.port import Generations
from indexer.index.tantivy.generations import TantivyGenerations


def open_generations(folder: Path) -> Generations:
    """The generations of the embedded index in a folder."""
    return TantivyGenerations(folder)
