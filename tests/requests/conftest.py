import logging
from collections.abc import Iterator
from pathlib import Path

import pytest

from portal.store.database import Database
from tests.accounts.views.site import Site
from tests.empty import empty_register, empty_store
from tests.portal.archive import fill_store, small_archive
from tests.requests.bureau import Bureau, make_bureau
from tests.requests.handled import GRANT, PAGE, Handled, make_handled
from tests.requests.world import World


@pytest.fixture(scope="session")
def requests_site(tmp_path_factory: pytest.TempPathFactory) -> Site:
    folder = tmp_path_factory.mktemp("requests-site")
    empty_store(folder / "portal.db")
    empty_register(folder / "register.db")
    fill_store(folder / "pages")
    return Site(folder, tuple(small_archive()))


@pytest.fixture
def world(requests_site: Site, monkeypatch: pytest.MonkeyPatch) -> World:
    """As on the first day; both sites ask the register with every request."""
    monkeypatch.setattr("portal.register_watch.FRESH_SECONDS", -1)
    requests_site.reset()
    empty_register(requests_site.folder / "register.db")
    return World(requests_site)


@pytest.fixture(params=["sqlite", pytest.param("postgresql", marks=pytest.mark.long)])
def store(request: pytest.FixtureRequest, tmp_path: Path) -> Iterator[Database]:
    """An empty store on either database."""
    sqlite = request.param == "sqlite"
    opened = empty_store(tmp_path / "portal.db") if sqlite else request.getfixturevalue("postgres_store")
    yield opened
    opened.close()


@pytest.fixture
def bureau(store: Database, tmp_path: Path) -> Iterator[Bureau]:
    """Two readers, and staff, on either database."""
    made = make_bureau(store, empty_register(tmp_path / "register.db"))
    yield made
    made.register.close()


@pytest.fixture
def postgres_bureau(postgres_store: Database, tmp_path: Path) -> Iterator[Bureau]:
    """The same where threads can get in each other's way."""
    made = make_bureau(postgres_store, empty_register(tmp_path / "register.db"))
    yield made
    made.register.close()


@pytest.fixture
def handled(world: World) -> Handled:
    """A case in progress, its reader, and two who may act on it."""
    return make_handled(world)


@pytest.fixture
def granted(handled: Handled) -> Handled:
    """The same, decided in the reader's favour."""
    assert handled.step(handled.lan, "propose", **GRANT).status_code == 303
    assert handled.step(handled.hoa, "decide", **GRANT).status_code == 303
    assert handled.reader.get(PAGE).status_code == 200
    return handled


@pytest.fixture
def no_fault(caplog: pytest.LogCaptureFixture) -> Iterator[None]:
    """No answer of the test comes from a fault of the site."""
    yield
    assert not [each for each in caplog.records if each.name == "portal.errors" and each.levelno >= logging.ERROR]
