"""A sign-in from one end to the other, as a browser would carry it."""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from datetime import UTC, datetime
from typing import Any
from urllib.parse import urlsplit

import pytest
import requests

from portal.accounts.providers.attempts import Attempt
from portal.accounts.providers.faults import Fault, SignInFault
from portal.accounts.providers.identity import Identity
from portal.accounts.providers.open import open_providers
from portal.accounts.providers.profile import Profile
from portal.accounts.providers.provider import Provider
from tests.servers.hostile_provider import CLIENT_ID, CLIENT_SECRET

NOW = datetime(2026, 11, 21, 2, 0, tzinfo=UTC)
BASE_URL = "https://archive.example"


def profile(url: str, **settings: Any) -> Profile:
    """A profile for a provider at `url`, with short timeouts."""
    usual = {
        "id": "hostile",
        "name": "Nhà cung cấp",
        "issuer": url,
        "client_id": CLIENT_ID,
        "client_secret": CLIENT_SECRET,
        "connect_seconds": 1,
        "read_seconds": 0.5,
        "total_seconds": 1,
    }
    return Profile.model_validate(usual | settings)


def opened(one: Profile) -> Provider:
    return open_providers([one], base_url=BASE_URL)[one.id]


@dataclass(frozen=True)
class SignIn:
    """One provider and the moment."""

    provider: Provider
    now: datetime = NOW

    def begin(self, *, level: int = 0, purpose: str = "sign-in") -> tuple[str, Attempt]:
        return self.provider.begin(next="/tai-khoan", level=level, purpose=purpose, now=self.now)

    def allowed(self, address: str) -> bytes:
        """What the provider sends the browser back with, raw."""
        answer = requests.get(address, allow_redirects=False, timeout=5)
        assert answer.status_code == 302, answer.text
        return urlsplit(answer.headers["Location"]).query.encode()

    def done(self, *, level: int = 0) -> Identity:
        address, attempt = self.begin(level=level)
        return self.provider.finish(self.allowed(address), attempt, now=self.now)


@contextmanager
def faulty(fault: Fault, detail: str = "") -> Iterator[None]:
    """What is inside ends in this fault, with these words among those for the log."""
    with pytest.raises(SignInFault) as caught:
        yield
    assert caught.value.fault is fault, caught.value
    assert detail in caught.value.detail
