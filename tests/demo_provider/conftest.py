"""The demonstration provider, served on loopback, and the portal's own side of the conversation."""

from __future__ import annotations

import re
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass, field
from datetime import UTC, datetime, timedelta
from pathlib import Path
from threading import Thread
from urllib.parse import urlsplit

import pytest
import requests
from werkzeug.serving import make_server

from portal.accounts.providers.open import open_providers
from portal.accounts.providers.profile import Profile
from portal.accounts.providers.provider import Provider
from portal.demo_provider.app import create_provider
from portal.demo_provider.client import PortalClient
from portal.demo_provider.profile import entry
from tests.servers.ports import free_port

FORM_TOKEN = re.compile(r'name="csrf_token" value="([^"]+)"')


@dataclass
class Clock:
    """A clock that a test may move."""

    ahead: timedelta = field(default_factory=timedelta)

    def __call__(self) -> datetime:
        return datetime.now(UTC) + self.ahead


@dataclass(frozen=True)
class Scene:
    """The provider at work: what the portal knows of it, its clock, where the portal would be, the folder of messages."""

    profile: Profile
    client: PortalClient
    clock: Clock
    mail_folder: Path

    @property
    def issuer(self) -> str:
        return self.profile.issuer

    def portal_side(self) -> Provider:
        """The portal's half, which knows nothing of the provider yet."""
        return open_providers([self.profile], base_url=self.client.portal)[self.profile.id]


class Visitor:
    """A browser as far as these pages need one: it keeps cookies and sends forms, and follows nothing by itself."""

    def __init__(self) -> None:
        self._session = requests.Session()
        self._session.trust_env = False

    def get(self, address: str) -> requests.Response:
        return self._session.get(address, timeout=10, allow_redirects=False)

    def post(self, address: str, **fields: str) -> requests.Response:
        return self._session.post(address, fields, timeout=10, allow_redirects=False)

    def answer(self, address: str, *, to: str = "", **fields: str) -> requests.Response:
        """Sends the form that stands on the page at `address`."""
        token = FORM_TOKEN.search(self.get(address).text)
        assert token is not None
        return self.post(to or address, csrf_token=token[1], **fields)

    def close(self) -> None:
        self._session.close()


@contextmanager
def running(scene_folder: Path) -> Iterator[Scene]:
    issuer = f"http://127.0.0.1:{free_port()}"
    profile, clock = Profile.model_validate(entry(issuer)), Clock()
    client = PortalClient.of(profile, portal=f"http://127.0.0.1:{free_port()}")
    app = create_provider(issuer=issuer, client=client, mail_folder=scene_folder, now=clock)
    server = make_server("127.0.0.1", urlsplit(issuer).port or 0, app, threaded=True)
    thread = Thread(target=server.serve_forever)
    thread.start()
    try:
        yield Scene(profile, client, clock, scene_folder)
    finally:
        server.shutdown()
        thread.join()
        server.server_close()


@pytest.fixture(scope="module")
def served(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Scene]:
    with running(tmp_path_factory.mktemp("messages")) as scene:
        yield scene


@pytest.fixture
def scene(served: Scene) -> Iterator[Scene]:
    """One provider for a module's tests, its clock right again after each."""
    yield served
    served.clock.ahead = timedelta()


@pytest.fixture
def visitor() -> Iterator[Visitor]:
    found = Visitor()
    yield found
    found.close()
