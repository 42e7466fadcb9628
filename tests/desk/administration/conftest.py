"""Both sites over one store and register, with the public index that the desk asks."""

from dataclasses import replace

import pytest

from access_policy.register.store import Register, open_register
from portal.accounts.staff.roles import Role
from portal.desk.administration.ledger import Ledger
from portal.desk.administration.public_index import PublicIndex
from portal.desk.app import create_desk
from portal.register_watch import RegisterWatch
from portal.requests.workload import Workload
from tests.desk.browser import Browser
from tests.requests.conftest import requests_site
from tests.requests.conftest import world as plain_world
from tests.requests.world import World

__all__ = ["plain_world", "requests_site"]


@pytest.fixture
def world(plain_world: World) -> World:
    """The desk asks the public site's index; both ask the register with every request."""
    site = plain_world.site
    register = open_register(site.settings.register_url)
    plain_world.desk_services = replace(
        plain_world.desk_services,
        ledger=Ledger(register),
        public_index=PublicIndex(site.services.index, RegisterWatch(register)),
        workload=Workload(site.database),
    )
    plain_world.desk = create_desk(site.settings, plain_world.desk_services)
    return plain_world


@pytest.fixture
def register(world: World) -> Register:
    """The register that both sites ask."""
    return open_register(world.site.settings.register_url)


@pytest.fixture
def officer(world: World) -> Browser:
    return world.member("minh", Role.POLICY_OFFICER)


@pytest.fixture
def head(world: World) -> Browser:
    return world.member("hoa", Role.HEAD)


@pytest.fixture
def archivist(world: World) -> Browser:
    return world.member("lan", Role.ARCHIVIST)
