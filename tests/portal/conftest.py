"""The portal over the small archive, with the real renderer and everything else real but the engine."""

from collections.abc import Iterator
from dataclasses import replace

import pytest
from flask import Flask
from flask.testing import FlaskClient

from access_policy.register.store import open_register
from indexer.index.memory.generations import MemoryGenerations
from portal.app import create_app
from portal.settings import PortalSettings
from portal.wiring import Services, open_services
from tests.index.conftest import filled
from tests.index.corpus import TODAY
from tests.portal.archive import fill_store, small_archive


@pytest.fixture(scope="session")
def settings(tmp_path_factory: pytest.TempPathFactory) -> PortalSettings:
    """Settings with folders of this test run and limits that are never reached."""
    folder = tmp_path_factory.mktemp("portal")
    fill_store(folder / "pages")
    return PortalSettings(
        secret_key="k" * 32,  # type: ignore[arg-type]
        index_dir=folder / "index",
        register_url=f"sqlite:///{folder / 'register.db'}",
        pages_dir=folder / "pages",
        access_log_dir=folder / "access-log",
        cache_dir=folder / "cache",
        limit_search="100000/minute",
        limit_suggest="100000/minute",
        limit_images="100000/minute",
        limit_sign_in="100000/minute",
        store_url=f"sqlite:///{folder / 'portal.db'}",
    )


@pytest.fixture(scope="session")
def services(settings: PortalSettings) -> Services:
    """The real page images, the oracle as index, and a day that stands still."""
    generations = MemoryGenerations()
    filled(generations, small_archive())
    open_register(settings.register_url).migrate()
    real = open_services(settings)
    return replace(real, index=generations.reader, today=lambda: TODAY)


@pytest.fixture(scope="session")
def app(settings: PortalSettings, services: Services) -> Flask:
    """The public site."""
    return create_app(settings, services)


@pytest.fixture
def client(app: Flask) -> Iterator[FlaskClient]:
    """A reader's browser, without JavaScript."""
    with app.test_client() as browser:
        yield browser
