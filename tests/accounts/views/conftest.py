"""A site as on its first day for each test, and a browser on it."""

from pathlib import Path
from shutil import copy

import pytest

from access_policy.register.store import open_register
from tests.accounts.people.conftest import empty_store
from tests.accounts.views.browser import Browser
from tests.accounts.views.site import Site

__all__ = ["empty_store"]


@pytest.fixture(scope="session")
def empty_register(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A register with all its tables and nothing in them, to be copied."""
    file = tmp_path_factory.mktemp("register") / "register.db"
    open_register(f"sqlite:///{file}").migrate()
    return file


@pytest.fixture(scope="session")
def built(tmp_path_factory: pytest.TempPathFactory, empty_store: Path, empty_register: Path) -> Site:
    """One site for all tests: an application compiles each of its templates once."""
    folder = tmp_path_factory.mktemp("site")
    copy(empty_store, folder / "portal.db")
    copy(empty_register, folder / "register.db")
    return Site(folder)


@pytest.fixture
def site(built: Site) -> Site:
    """The site as on its first day."""
    built.reset()
    return built


@pytest.fixture
def browser(site: Site) -> Browser:
    return Browser(site)
