"""What every test may use: throw-away servers, made-up cases that are the same in each run, and the rules of a run."""

from __future__ import annotations

import os
from collections.abc import Callable, Generator, Iterator, Mapping
from contextlib import ExitStack
from pathlib import Path
from tempfile import TemporaryDirectory

import hypothesis
import pytest

from portal.store.database import Database
from portal.store.migrating import migrate
from tests.browser.chromium import browser, open_page, page, page_without_javascript, site_watch  # noqa: F401
from tests.demonstration import Demonstration, demonstrate
from tests.quick import compile_addresses_once, compile_templates_once, write_without_waiting_for_the_disk
from tests.servers.opensearch import OpenSearchMissing, OpenSearchServer
from tests.servers.portal import PortalServer
from tests.servers.postgres import PostgresServer
from tests.servers.redis import RedisServer

# Asked for by name, a fixture says which server a test needs; the marker then need not be repeated by hand.
_MARKER_OF_FIXTURE = {
    "postgres_server": "postgres",
    "redis_url": "redis",
    "browser": "browser",
    "opensearch_server": "opensearch",
    "opensearch_cluster": "opensearch",
}

# Modules that take long, the longest first: begun at the end, one of them would let the other process wait.
_SLOW = (
    "tests/indexer/test_operating.py",
    "tests/deploy/test_demo.py",
    "tests/browser/test_journey.py",
    "tests/index/test_contract.py",
    "tests/indexer/test_operating_outages.py",
    "tests/deploy/test_opensearch.py",
    "tests/index/test_withholding.py",
    "tests/opensearch/test_nodes.py",
    "tests/accounts/acceptance/test_accessibility.py",
    "tests/sources/test_partial.py",
)
_ON_THREE_NODES = ("tests/index/test_contract.py", "tests/opensearch/")
"""What runs on three nodes in every run; the rest does in a long one, and on one node always."""

_TAKES_LONGEST = {module: len(_SLOW) - place for place, module in enumerate(_SLOW)}

# `ci` is what every run uses: the same examples each time, and no failure because a machine was busy. `explore` draws
# new ones: deploy/bin/test --hypothesis-profile=explore
hypothesis.settings.register_profile(
    "ci", derandomize=True, deadline=None, suppress_health_check=[hypothesis.HealthCheck.too_slow]
)
hypothesis.settings.register_profile("explore", deadline=None, max_examples=1000)
hypothesis.settings.load_profile("ci")


def pytest_addoption(parser: pytest.Parser) -> None:
    parser.addoption("--long", action="store_true", help="also run the tests marked long")


def pytest_configure(config: pytest.Config) -> None:
    templates = TemporaryDirectory(prefix="templates-")
    config.add_cleanup(templates.cleanup)
    compile_templates_once(Path(templates.name))
    compile_addresses_once()
    write_without_waiting_for_the_disk()


def pytest_collection_modifyitems(config: pytest.Config, items: list[pytest.Item]) -> None:
    for item in items:
        for fixture, marker in _MARKER_OF_FIXTURE.items():
            if fixture in getattr(item, "fixturenames", ()):
                item.add_marker(marker)
    for item in items:
        if "three nodes" in item.nodeid and not item.nodeid.startswith(_ON_THREE_NODES):
            item.add_marker("long")
    items.sort(key=lambda item: _TAKES_LONGEST.get(item.nodeid.partition("::")[0], 0), reverse=True)
    if config.getoption("--long"):
        return
    long = [item for item in items if item.get_closest_marker("long")]
    if long:
        config.hook.pytest_deselected(items=long)
        items[:] = [item for item in items if item not in long]


@pytest.hookimpl(wrapper=True, tryfirst=True)
def pytest_runtest_makereport() -> Generator[None, pytest.TestReport, pytest.TestReport]:
    report = yield
    _refuse_skip(report)
    return report


@pytest.hookimpl(wrapper=True, tryfirst=True)
def pytest_make_collect_report() -> Generator[None, pytest.CollectReport, pytest.CollectReport]:
    report = yield
    _refuse_skip(report)
    return report


def _refuse_skip(report: pytest.TestReport | pytest.CollectReport) -> None:
    """In CI nothing may be skipped: a test that did not run has shown nothing, so it counts as failed there."""
    if report.skipped and os.environ.get("CI") == "true":
        report.outcome = "failed"
        vars(report).pop("wasxfail", None)  # with it, pytest would print a failure and still end with success
        report.longrepr = f"skipped, which CI does not accept: {report.longrepr}"


@pytest.fixture(scope="session")
def postgres_server() -> Iterator[PostgresServer]:
    server = PostgresServer()
    yield server
    server.stop()


@pytest.fixture(scope="session")
def postgres_url(postgres_server: PostgresServer) -> str:
    """SQLAlchemy URL of the cluster's maintenance database, as superuser."""
    return postgres_server.url()


@pytest.fixture
def postgres_database(postgres_server: PostgresServer) -> Iterator[str]:
    """SQLAlchemy URL of a database that is empty and this test's alone."""
    name = postgres_server.create_database()
    yield postgres_server.url(name)
    postgres_server.drop_database(name)


@pytest.fixture(scope="session")
def _migrated(postgres_server: PostgresServer) -> str:
    """The name of a database with the tables of the store and nothing in them."""
    name = postgres_server.create_database()
    store = Database(postgres_server.url(name))
    migrate(store)
    store.close()
    return name


@pytest.fixture
def postgres_store(postgres_server: PostgresServer, _migrated: str) -> Iterator[Database]:
    """A store with all its tables and nothing in them, where writers do not wait for one another."""
    name = postgres_server.create_database(like=_migrated)
    store = Database(postgres_server.url(name))
    yield store
    store.close()
    postgres_server.drop_database(name)


@pytest.fixture(scope="session")
def _redis() -> Iterator[RedisServer]:
    server = RedisServer()
    yield server
    server.stop()


@pytest.fixture(scope="session")
def redis_url(_redis: RedisServer) -> str:
    """URL of the test process's Redis; whoever uses it without `redis_server` shares its content with other tests."""
    return _redis.url


@pytest.fixture
def redis_server(_redis: RedisServer, redis_url: str) -> Iterator[RedisServer]:
    """The same server, running and empty, which the test may `stop()` and `start()`."""
    _redis.clear()
    yield _redis
    _redis.start()


@pytest.fixture(scope="session")
def opensearch_server() -> Iterator[OpenSearchServer]:
    """One OpenSearch node of the test process; what other tests left in it is still there: `clear()` it."""
    yield from _opensearch(nodes=1)


@pytest.fixture(scope="session")
def opensearch_url(opensearch_server: OpenSearchServer) -> str:
    return opensearch_server.urls[0]


@pytest.fixture(scope="session")
def opensearch_cluster() -> Iterator[OpenSearchServer]:
    """Three OpenSearch nodes of the test process; who takes one away brings it back: `restore()`."""
    yield from _opensearch(nodes=3)


def _opensearch(*, nodes: int) -> Iterator[OpenSearchServer]:
    try:
        server = OpenSearchServer(nodes)
    except OpenSearchMissing as missing:
        pytest.skip(str(missing))
    yield server
    server.stop()


@pytest.fixture
def start_portal() -> Iterator[Callable[[Mapping[str, str]], PortalServer]]:
    """Starts the portal under gunicorn with the given settings; whatever was started is stopped after the test."""
    with ExitStack() as servers:
        yield lambda env: servers.enter_context(PortalServer(env))


@pytest.fixture(scope="session")
def demonstration(tmp_path_factory: pytest.TempPathFactory) -> Demonstration:
    """The demonstration archive, built and indexed once for all tests of a process."""
    return demonstrate(tmp_path_factory.mktemp("demonstration"))


@pytest.fixture(scope="session")
def site(demonstration: Demonstration) -> Iterator[str]:
    """The address of a portal over the demonstration archive, as it runs in production."""
    with PortalServer(demonstration.environment) as server:
        yield server.url
