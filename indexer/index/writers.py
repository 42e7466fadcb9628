"""Opening the index for writing: only the indexer does."""

from indexer.index.meilisearch.generations import MeiliGenerations
from indexer.index.opensearch.client import open_client
from indexer.index.opensearch.generations import OpenSearchGenerations
from indexer.index.port import Generations
from indexer.index.tantivy.generations import TantivyGenerations
from indexer.settings import Engine, IndexSettings


def open_generations(settings: IndexSettings) -> Generations:
    """The generations of the configured engine."""
    if settings.engine is Engine.OPENSEARCH:
        client = open_client(settings)
        return OpenSearchGenerations(client, settings.index_prefix, page_shards=settings.opensearch_page_shards)
    if settings.engine is Engine.MEILISEARCH:
        return MeiliGenerations(settings.meili_url, settings.meili_key.get_secret_value(), settings.index_prefix)
    return TantivyGenerations(settings.index_dir)
