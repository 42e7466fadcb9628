from collections.abc import Callable
from pathlib import Path

import pytest

from portal.viewer.render import Renderer, RenderLimits


@pytest.fixture(scope="session")
def renderer(tmp_path_factory: pytest.TempPathFactory) -> Renderer:
    return Renderer(RenderLimits(seconds=10), tmp_path_factory.mktemp("launchers"))


@pytest.fixture
def hasty(tmp_path: Path) -> Renderer:
    """One place, one second."""
    return Renderer(RenderLimits(seconds=1, at_once=1, wait_seconds=0.05), tmp_path / "launchers")


@pytest.fixture
def written(tmp_path: Path) -> Callable[[bytes], Path]:
    def write(content: bytes) -> Path:
        path = tmp_path / "object"
        path.write_bytes(content)
        return path

    return write
