"""The commands and the portal over a real node: the same words, the same exit codes, the same pages."""

import shutil
from collections.abc import Iterator
from datetime import UTC, datetime
from pathlib import Path

import pytest
from click.testing import CliRunner, Result

from access_policy.register.store import open_register
from indexer.cli import main
from indexer.demo_archive.build import build_demo_archive
from portal.app import create_app
from portal.settings import PortalSettings
from portal.wiring import open_services
from tests.demonstration import UNLIMITED
from tests.deploy.traces import soon
from tests.servers.opensearch import OpenSearchServer

FOUND = '/tim-kiem?q="ủy ban"'


@pytest.fixture(scope="module")
def folder(tmp_path_factory: pytest.TempPathFactory, opensearch_server: OpenSearchServer) -> Path:
    folder = tmp_path_factory.mktemp("commands")
    build_demo_archive(
        f"sqlite:///{folder / 'archive.db'}",
        folder / "pages",
        register_url=f"sqlite:///{folder / 'register.db'}",
        pages=120,
        seed=3,
        today=datetime.now(UTC).date(),
        scans=0,
    )
    assert run(folder, opensearch_server, "rebuild").exit_code == 3, "done; the archive has faulty rows"
    return folder


def run(folder: Path, server: OpenSearchServer, *arguments: str) -> Result:
    environment = {
        "ARCHIVE_SETTINGS": str(folder / "none.toml"),
        "ARCHIVE_DATABASE_URL": f"sqlite:///{folder / 'archive.db'}",
        "ARCHIVE_REGISTER_URL": f"sqlite:///{folder / 'register.db'}",
        "ARCHIVE_ENGINE": "opensearch",
        "ARCHIVE_OPENSEARCH_URLS": str(list(server.urls)).replace("'", '"'),
        "ARCHIVE_INDEX_PREFIX": "commands",
        "ARCHIVE_INDEX_DIR": str(folder / "no-index"),
        "ARCHIVE_PAGES_DIR": str(folder / "pages"),
        "ARCHIVE_CACHE_DIR": str(folder / "cache"),
        "ARCHIVE_ACCESS_LOG_DIR": str(folder / "access-log"),
        "ARCHIVE_REPORTS_DIR": str(folder / "reports"),
        "ARCHIVE_STATE_DIR": str(folder / "state"),
        "ARCHIVE_AUDIT_KEY": str(folder / "keys" / "audit.pem"),
        "ARCHIVE_SECRET_KEY": "k" * 32,
        "COLUMNS": "200",
    }
    return CliRunner().invoke(main, list(arguments), env=environment)


@pytest.mark.parametrize(
    "command", ["status", "update", "reconcile", pytest.param("audit --no-portal", marks=pytest.mark.long)]
)
def test_a_command_does_its_work(command: str, folder: Path, opensearch_server: OpenSearchServer) -> None:
    done = run(folder, opensearch_server, *command.split())
    assert done.exit_code == 0, done.output
    assert not (folder / "no-index").exists()


@pytest.mark.parametrize("command", ["status", "update", "reconcile", "audit --no-portal"])
def test_a_command_says_in_one_line_that_the_engine_is_away(
    command: str, folder: Path, opensearch_server: OpenSearchServer
) -> None:
    class Nowhere:
        urls = ("http://127.0.0.1:9",)

    done = run(folder, Nowhere(), *command.split())  # type: ignore[arg-type]
    assert done.exit_code == 1
    assert "the search engine did not answer" in " ".join(done.output.split())
    assert "Traceback" not in done.output


@pytest.fixture
def settings(folder: Path, opensearch_server: OpenSearchServer, tmp_path: Path) -> Iterator[PortalSettings]:
    shutil.copy(folder / "register.db", tmp_path / "register.db")
    yield PortalSettings(
        engine="opensearch",  # type: ignore[arg-type]
        opensearch_urls=opensearch_server.urls,
        index_prefix="commands",
        engine_seconds=1,
        secret_key="k" * 32,  # type: ignore[arg-type]
        register_url=f"sqlite:///{tmp_path / 'register.db'}",
        pages_dir=folder / "pages",
        access_log_dir=tmp_path / "access-log",
        cache_dir=tmp_path / "cache",
        limit_search=UNLIMITED,
    )
    opensearch_server.resume(0)


def test_while_the_engine_stands_still_the_portal_says_so_at_once_and_then_goes_on(
    settings: PortalSettings, opensearch_server: OpenSearchServer
) -> None:
    client = create_app(settings, open_services(settings)).test_client()
    found = client.get(FOUND)
    assert found.status_code == 200
    assert "/tai-lieu/" in found.text
    opensearch_server.pause(0)
    for path in (FOUND, "/", "/goi-y?q=quyet", "/readyz"):
        away = client.get(path)
        assert away.status_code == 503, path
        assert "Traceback" not in away.text
    assert "tạm gián đoạn" in client.get(FOUND).text
    opensearch_server.resume(0)
    assert soon(lambda: client.get(FOUND).status_code == 200)
    assert client.get(FOUND).text == found.text


def test_a_withdrawal_is_felt_before_the_index_follows(settings: PortalSettings) -> None:
    register = open_register(settings.register_url)
    client = create_app(settings, open_services(settings)).test_client()
    before = client.get(FOUND).text
    record_id = before.partition("/tai-lieu/")[2].partition('"')[0].partition("?")[0]
    register.withdraw(record_id, reason="thử", author="A", now=datetime.now(UTC))
    fresh = create_app(settings, open_services(settings)).test_client()
    assert fresh.get(f"/tai-lieu/{record_id}").status_code == 404
    assert f"/tai-lieu/{record_id}" not in fresh.get(FOUND).text
