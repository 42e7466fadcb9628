"""Every engine that is shipped, empty."""

from pathlib import Path

import pytest

from indexer.index.port import Generations
from indexer.index.tantivy.generations import TantivyGenerations
from tests.index.conftest import EMBEDDED, opened


@pytest.fixture(params=EMBEDDED)
def generations(request: pytest.FixtureRequest, tmp_path: Path) -> Generations:
    """An index of each engine."""
    return opened(request.param, tmp_path / "index", request)


@pytest.fixture
def embedded(tmp_path: Path) -> TantivyGenerations:
    """An index of the embedded engine, for what is planted below its port."""
    return TantivyGenerations(tmp_path / "index")
