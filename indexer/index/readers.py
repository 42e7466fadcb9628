"""Opening the index for questions: all that the portal needs of an engine."""

from collections.abc import Callable

from indexer.index.meilisearch.current import meili_readers
from indexer.index.opensearch.client import open_client
from indexer.index.opensearch.current import CurrentGeneration as CurrentInOpenSearch
from indexer.index.port import IndexReader
from indexer.index.tantivy.current import CurrentGeneration
from indexer.settings import Engine, IndexSettings

Readers = Callable[[], IndexReader]
"""Gives the reader of the current generation; asked anew for every request."""


def open_readers(settings: IndexSettings) -> Readers:
    """The readers of the configured engine. Nothing is opened before the first question."""
    if settings.engine is Engine.OPENSEARCH:
        return CurrentInOpenSearch(open_client(settings), settings.index_prefix).reader
    if settings.engine is Engine.MEILISEARCH:
        return meili_readers(settings.meili_url, settings.meili_key.get_secret_value(), settings.index_prefix)
    return CurrentGeneration(settings.index_dir).reader
