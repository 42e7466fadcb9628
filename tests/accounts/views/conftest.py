"""A site as on its first day for each test, and a browser on it."""

import pytest

from tests.accounts.views.browser import Browser
from tests.accounts.views.site import Site
from tests.empty import empty_register, empty_store


@pytest.fixture(scope="session")
def built(tmp_path_factory: pytest.TempPathFactory) -> Site:
    """One site for all tests: an application compiles each of its templates once."""
    folder = tmp_path_factory.mktemp("site")
    empty_store(folder / "portal.db")
    empty_register(folder / "register.db")
    return Site(folder)


@pytest.fixture
def site(built: Site) -> Site:
    """The site as on its first day."""
    built.reset()
    return built


@pytest.fixture
def browser(site: Site) -> Browser:
    return Browser(site)
