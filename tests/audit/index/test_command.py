"""The command as an operator meets it: exit codes, a signed report without content, one clear line when it cannot."""

import json
import shutil
from collections.abc import Mapping
from datetime import UTC, datetime
from pathlib import Path

import pytest
from click.testing import CliRunner, Result
from sqlalchemy import create_engine, text

from access_policy.register.store import open_register
from indexer.cli import main
from indexer.demo_archive.build import DemoSummary, build_demo_archive
from tests.demonstration import UNLIMITED


@pytest.fixture(scope="module")
def made(tmp_path_factory: pytest.TempPathFactory) -> tuple[Path, DemoSummary]:
    folder = tmp_path_factory.mktemp("audited")
    summary = build_demo_archive(
        f"sqlite:///{folder / 'archive.db'}",
        folder / "pages",
        register_url=f"sqlite:///{folder / 'register.db'}",
        pages=200,
        seed=3,
        today=datetime.now(UTC).date(),
        scans=0,
    )
    run(folder, "rebuild")
    return folder, summary


@pytest.fixture
def archive(made: tuple[Path, DemoSummary], tmp_path: Path) -> Path:
    """A copy that a test may spoil."""
    return Path(shutil.copytree(made[0], tmp_path / "archive"))


def settings(folder: Path) -> dict[str, str]:
    return {
        "ARCHIVE_SETTINGS": str(folder / "none.toml"),
        "ARCHIVE_DATABASE_URL": f"sqlite:///{folder / 'archive.db'}",
        "ARCHIVE_REGISTER_URL": f"sqlite:///{folder / 'register.db'}",
        "ARCHIVE_INDEX_DIR": str(folder / "index"),
        "ARCHIVE_PAGES_DIR": str(folder / "pages"),
        "ARCHIVE_CACHE_DIR": str(folder / "cache"),
        "ARCHIVE_ACCESS_LOG_DIR": str(folder / "access-log"),
        "ARCHIVE_REPORTS_DIR": str(folder / "reports"),
        "ARCHIVE_STATE_DIR": str(folder / "state"),
        "ARCHIVE_AUDIT_KEY": str(folder / "keys" / "audit.pem"),
        "ARCHIVE_SECRET_KEY": "k" * 32,
        "ARCHIVE_LIMIT_SEARCH": UNLIMITED,
        "COLUMNS": "200",
    }


def run(folder: Path, *arguments: str, but: Mapping[str, str] | None = None) -> Result:
    return CliRunner().invoke(main, list(arguments), env=settings(folder) | dict(but or {}))


def report(folder: Path) -> dict[str, object]:
    last = max((folder / "reports").glob("audit-*.json"), key=lambda path: path.name)
    told: dict[str, object] = json.loads(last.read_text())["report"]
    return told


def change(folder: Path, statement: str) -> None:
    with create_engine(f"sqlite:///{folder / 'archive.db'}").begin() as connection:
        connection.execute(text(statement))


def test_a_clean_index_and_portal_give_a_signed_report(archive: Path, made: tuple[Path, DemoSummary]) -> None:
    done = run(archive, "audit", "--canaries", "8", "--seed", "a")
    assert done.exit_code == 0, done.output
    told = report(archive)
    assert (told["result"], told["portal_questioned"]) == ("clean", True)
    assert told["sample"]["seed"] == "a"  # type: ignore[index]
    assert told["sample"]["canaries"] == 8  # type: ignore[index]
    assert told["register"]["lists_in_force"]  # type: ignore[index]
    channels = {each["channel"]: each["questions"] for each in told["channels"]}  # type: ignore[union-attr]
    assert channels["portal en.viewer.image"] > 0
    assert channels["search"] > 0
    files = [str(path) for path in (archive / "reports").glob("audit-*.json")]
    assert run(archive, "audit", "--check", *files).exit_code == 0
    written = (archive / "reports").rglob("*")
    said = " ".join(path.read_text() for path in written if path.is_file()) + done.output
    assert not [word for word in made[1].canaries if word in said]
    assert not any((archive / "access-log").rglob("*")), "questions of the audit are no reader's"


def test_what_the_database_closed_since_is_a_leak_and_exits_1(archive: Path) -> None:
    change(archive, "update items set mode = '03' where id in (select id from items where mode = '01' limit 2)")
    done = run(archive, "audit", "--no-portal", "--canaries", "5")
    assert done.exit_code == 1
    assert "leak: record that may not be there" in done.output
    assert report(archive)["result"] == "leak"
    assert report(archive)["findings"]["leak"]["record that may not be there"]["count"] == 2  # type: ignore[index]


def test_what_the_index_lacks_is_late_and_exits_3(archive: Path) -> None:
    change(archive, "update items set mode = '01' where mode in ('02', 'Hạn chế')")
    done = run(archive, "audit", "--no-portal", "--canaries", "5")
    assert done.exit_code == 3, done.output
    assert report(archive)["result"] == "late"
    assert {"missing page", "field that differs", "facet value that differs"} <= set(
        report(archive)["findings"]["late"]  # type: ignore[index]
    )


def test_what_was_withdrawn_since_is_pending_and_clean(archive: Path) -> None:
    target = "h47.ubt-01"
    register = open_register(settings(archive)["ARCHIVE_REGISTER_URL"])
    register.withdraw(target, reason="thử", author="lan", now=datetime.now(UTC))
    done = run(archive, "audit", "--canaries", "5")
    told = report(archive)
    assert done.exit_code == 0, done.output
    assert told["findings"]["pending"]["record that may not be there"]["count"] > 10  # type: ignore[index]
    assert told["register"]["withheld"] == 1  # type: ignore[index]


def test_reports_are_checked_one_after_the_other(archive: Path) -> None:
    for _ in range(3):
        assert run(archive, "audit", "--no-portal", "--canaries", "1").exit_code == 0
    files = sorted((archive / "reports").glob("audit-*.json"))
    assert run(archive, "audit", "--check", *map(str, files)).exit_code == 0
    files[1].write_text(files[1].read_text().replace('"clean"', '"spotless"'))
    done = run(archive, "audit", "--check", *map(str, files))
    assert done.exit_code == 1
    assert f"{files[1].name}: changed after it was written" in done.output.replace("\n", "")
    assert run(archive, "audit", "--check", str(files[0]), str(files[2])).exit_code == 1


@pytest.mark.parametrize(
    ("setting", "value", "words"),
    [
        ("ARCHIVE_INDEX_DIR", "{}/nowhere", "no generation has been built yet"),
        ("ARCHIVE_DATABASE_URL", "sqlite:///{}/nowhere.db", "there is no such file"),
        ("ARCHIVE_DATABASE_URL", "postgresql+psycopg://reader:sesame@127.0.0.1:1/archive", "archive database"),
        ("ARCHIVE_REGISTER_URL", "sqlite:///{}/nowhere.db", "register"),
        ("ARCHIVE_AUDIT_KEY", "{}/archive.db", "not a PEM file"),
        ("ARCHIVE_AUDIT_KEY", "{}/archive.db/audit.pem", "key"),
        ("ARCHIVE_REPORTS_DIR", "{}/archive.db/reports", "reports"),
        ("ARCHIVE_SECRET_KEY", "short", "secret_key"),
    ],
)
def test_what_is_missing_is_one_clear_line(archive: Path, setting: str, value: str, words: str) -> None:
    done = run(archive, "audit", "--canaries", "1", but={setting: value.format(archive)})
    assert done.exit_code == 1
    failed = [line for line in done.output.splitlines() if line.startswith("failed:")]
    assert len(failed) == 1
    assert words in failed[0]
    assert "Traceback" not in done.output
    assert "sesame" not in done.output


def test_a_comparison_that_cannot_open_the_index_says_so(archive: Path) -> None:
    (generation,) = (archive / "index" / "generations").iterdir()
    for file in (generation / "pages").glob("*.store"):
        file.write_bytes(b"")
    done = run(archive, "audit", "--no-portal", "--canaries", "1")
    assert done.exit_code == 1
    assert "failed:" in done.output


@pytest.mark.parametrize("arguments", [("--check",), ("report.json",), ("--canaries", "0")])
def test_wrong_arguments_exit_2(arguments: tuple[str, ...], tmp_path: Path) -> None:
    assert run(tmp_path, "audit", *arguments).exit_code == 2
