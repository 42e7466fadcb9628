"""An index on a real node, and one that notes what it is asked."""

import pytest

from indexer.index.opensearch.generations import OpenSearchGenerations
from tests.index.conftest import on_cluster
from tests.servers.opensearch import OpenSearchServer


@pytest.fixture
def generations(opensearch_server: OpenSearchServer) -> OpenSearchGenerations:
    """An empty index on one node."""
    return on_cluster(opensearch_server.urls)
