"""Addresses of every route with every kind of nonsense, against the real engine."""

from urllib.parse import quote

import pytest
from flask import Flask
from flask.testing import FlaskClient
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from indexer.index.schema import FACETS, Sort
from portal.app import create_app
from portal.settings import PortalSettings
from tests.demonstration import UNLIMITED, Demonstration

EXAMPLES = 3000

SEGMENT = st.text(min_size=1, max_size=40) | st.sampled_from(
    ["..", ".", "%2e%2e", "khong-co", "1", "-1", "\x00", "trang"]
)
PATHS = st.sampled_from(["/tim-kiem", "/goi-y", "/phong", "/en/tim-kiem", "/"]) | st.lists(SEGMENT, max_size=5).map(
    lambda parts: "/" + "/".join(parts)
)
NAMES = st.sampled_from([*FACETS, "q", "tu", "den", "trang", "sap-xep", "phan", "co"]) | st.text(max_size=10)
VALUES = st.text(max_size=80) | st.sampled_from(
    ['"', "-", "1976", "0", "item", "yes", "large", *(sort.value for sort in Sort)]
)


@pytest.fixture(scope="module")
def app(demonstration: Demonstration) -> Flask:
    folder = demonstration.folder
    given_settings = PortalSettings(
        secret_key="f" * 32,  # type: ignore[arg-type]
        index_dir=folder / "index",
        pages_dir=folder / "pages",
        access_log_dir=folder / "access-log",
        cache_dir=folder / "cache",
        limit_search=UNLIMITED,
        limit_suggest=UNLIMITED,
        limit_images=UNLIMITED,
    )
    return create_app(given_settings)


@pytest.fixture(scope="module")
def client(app: Flask) -> FlaskClient:
    return app.test_client()


@pytest.mark.long
@settings(max_examples=EXAMPLES, suppress_health_check=[HealthCheck.function_scoped_fixture, HealthCheck.too_slow])
@given(PATHS, st.lists(st.tuples(NAMES, VALUES), max_size=8))
def test_every_address_answers_below_500(client: FlaskClient, path: str, pairs: list[tuple[str, str]]) -> None:
    query = "&".join(f"{encoded(name)}={encoded(value)}" for name, value in pairs)
    with client.get(f"{encoded(path, safe='/')}?{query}") as answer:
        assert answer.status_code < 500


def encoded(text: str, safe: str = "") -> str:
    return quote(text.encode("utf-8", "surrogatepass"), safe=safe)
