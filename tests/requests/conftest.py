from collections.abc import Iterator
from pathlib import Path
from shutil import copy

import pytest

from access_policy.register.store import open_register
from portal.store.database import Database
from portal.store.migrating import migrate
from tests.accounts.views.site import Site
from tests.portal.archive import fill_store, small_archive
from tests.requests.bureau import Bureau, make_bureau
from tests.requests.world import World


@pytest.fixture(scope="session")
def empty_register(tmp_path_factory: pytest.TempPathFactory) -> Path:
    file = tmp_path_factory.mktemp("register") / "register.db"
    open_register(f"sqlite:///{file}").migrate()
    return file


@pytest.fixture(scope="session")
def requests_site(tmp_path_factory: pytest.TempPathFactory, empty_register: Path) -> Site:
    folder = tmp_path_factory.mktemp("requests-site")
    migrate(Database(f"sqlite:///{folder / 'portal.db'}"))
    copy(empty_register, folder / "register.db")
    fill_store(folder / "pages")
    return Site(folder, tuple(small_archive()))


@pytest.fixture
def world(requests_site: Site, empty_register: Path, monkeypatch: pytest.MonkeyPatch) -> World:
    """As on the first day; both sites ask the register with every request."""
    monkeypatch.setattr("portal.register_watch.FRESH_SECONDS", -1)
    requests_site.reset()
    copy(empty_register, requests_site.folder / "register.db")
    return World(requests_site)


@pytest.fixture(params=["sqlite", pytest.param("postgresql", marks=pytest.mark.long)])
def store(request: pytest.FixtureRequest, tmp_path: Path) -> Iterator[Database]:
    """An empty store on either database."""
    sqlite = request.param == "sqlite"
    opened = Database(f"sqlite:///{tmp_path / 'portal.db'}" if sqlite else request.getfixturevalue("postgres_database"))
    migrate(opened)
    yield opened
    opened.close()


@pytest.fixture
def postgres_store(postgres_database: str) -> Iterator[Database]:
    """An empty store where writers do not wait for one another."""
    opened = Database(postgres_database)
    migrate(opened)
    yield opened
    opened.close()


@pytest.fixture
def bureau(store: Database, tmp_path: Path, empty_register: Path) -> Iterator[Bureau]:
    """Two readers, and staff, on either database."""
    made = make_bureau(store, Path(copy(empty_register, tmp_path / "register.db")))
    yield made
    made.register.close()


@pytest.fixture
def postgres_bureau(postgres_store: Database, tmp_path: Path, empty_register: Path) -> Iterator[Bureau]:
    """The same where threads can get in each other's way."""
    made = make_bureau(postgres_store, Path(copy(empty_register, tmp_path / "register.db")))
    yield made
    made.register.close()
