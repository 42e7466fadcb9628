"""Providers on loopback, and the portal's side of each."""

from __future__ import annotations

from collections.abc import Iterator

import pytest

from tests.accounts.providers.signing_in import NOW, SignIn, opened, profile
from tests.servers.hostile_provider import HostileProvider


@pytest.fixture
def hostile() -> Iterator[HostileProvider]:
    with HostileProvider(now=NOW) as server:
        yield server


@pytest.fixture
def sign_in(hostile: HostileProvider) -> SignIn:
    """With an id_token alone."""
    return SignIn(opened(profile(hostile.url)))


@pytest.fixture
def sign_in_both(hostile: HostileProvider) -> SignIn:
    """With an id_token and userinfo."""
    return SignIn(opened(profile(hostile.url, identity_from="both")))
