"""The editions of the archive that is made to leak, each built once, and one that a test may change."""

import shutil
from pathlib import Path

import pytest
from flask.testing import FlaskClient

from tests.leaks.archive import EDITIONS, ZUMKYRA
from tests.leaks.world import World, build, reopen


@pytest.fixture(scope="session")
def worlds(tmp_path_factory: pytest.TempPathFactory) -> dict[str, World]:
    """Every edition, in service. Nobody may change them."""
    return {name: build(tmp_path_factory.mktemp(name), words) for name, words in EDITIONS.items()}


@pytest.fixture(scope="session")
def world(worlds: dict[str, World]) -> World:
    """The edition whose hidden words begin with zumkyra."""
    return worlds["zumkyra"]


@pytest.fixture
def site(world: World) -> FlaskClient:
    """Anybody's browser on that edition."""
    return world.site


@pytest.fixture
def own(world: World, tmp_path: Path) -> World:
    """A copy of that edition, for one test that changes it."""
    shutil.copytree(world.folder, tmp_path / "own", ignore=shutil.ignore_patterns("cache", "access-log"))
    return reopen(tmp_path / "own", ZUMKYRA)
