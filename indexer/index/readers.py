"""Opening the index for questions: all that the portal needs of an engine."""

from collections.abc import Callable
from pathlib import Path

from indexer.index.port import IndexReader
from indexer.index.tantivy.current import CurrentGeneration

Readers = Callable[[], IndexReader]
"""Gives the reader of the current generation; asked anew for every request."""


def open_readers(folder: Path) -> Readers:
    """The readers of the embedded index in a folder. Nothing is opened before the first question."""
    return CurrentGeneration(folder).reader
