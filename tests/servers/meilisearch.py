"""A Meilisearch server from outside: no package of it can be installed by the tests, so they are told where one is."""

from __future__ import annotations

import os
from itertools import count
from uuid import uuid4

import pytest

from indexer.index.meilisearch.generations import MeiliGenerations
from indexer.index.meilisearch.names import Names
from indexer.index.meilisearch.server import WRITING_SECONDS, Server

URL = os.environ.get("MEILI_URL", "")
KEY = os.environ.get("MEILI_KEY", "")
"""Its master key: tests make keys of their own."""

GIVEN = bool(URL and KEY)

_RUN = uuid4().hex[:12]
_NUMBERS = count(1)


def new_prefix(request: pytest.FixtureRequest) -> str:
    """A prefix that nobody else uses; the indexes behind it are removed when the fixture ends."""
    prefix = f"test-{_RUN}-{next(_NUMBERS)}"
    request.addfinalizer(lambda: _remove(prefix))
    return prefix


def on_meilisearch(request: pytest.FixtureRequest) -> MeiliGenerations:
    """An empty index on the server."""
    return MeiliGenerations(URL, KEY, new_prefix(request))


def _remove(prefix: str) -> None:
    server = Server(URL, KEY, seconds=WRITING_SECONDS)
    for index in server.client.get_indexes({"limit": 1000})["results"]:
        if index.uid.startswith(Names(prefix).prefix + "-"):
            server.drop(index.uid)
