"""The editions of the archive that is made to leak, each built once, and one that a test may change."""

import shutil
from collections.abc import Callable
from functools import cache
from pathlib import Path

import pytest
from flask.testing import FlaskClient

from tests.leaks.archive import EDITIONS, ZUMKYRA
from tests.leaks.world import World, build, reopen


@pytest.fixture(scope="session")
def edition(tmp_path_factory: pytest.TempPathFactory) -> Callable[[str], World]:
    """Gives each edition, built when it is first asked for. Nobody may change them."""
    return cache(lambda name: build(tmp_path_factory.mktemp(name), EDITIONS[name]))


@pytest.fixture(scope="session")
def worlds(edition: Callable[[str], World]) -> dict[str, World]:
    """Every edition, in service."""
    return {name: edition(name) for name in EDITIONS}


@pytest.fixture(scope="session")
def world(edition: Callable[[str], World]) -> World:
    """The edition whose hidden words begin with zumkyra."""
    return edition("zumkyra")


@pytest.fixture
def site(world: World) -> FlaskClient:
    """Anybody's browser on that edition."""
    return world.site


@pytest.fixture
def own(world: World, tmp_path: Path) -> World:
    """A copy of that edition, for one test that changes it."""
    shutil.copytree(world.folder, tmp_path / "own", ignore=shutil.ignore_patterns("cache", "access-log"))
    return reopen(tmp_path / "own", ZUMKYRA)
