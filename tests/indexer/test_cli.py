"""The command as an operator meets it: exit codes, one clear line, a report of refused rows."""

from datetime import date
from pathlib import Path

import pytest
from click.testing import CliRunner, Result
from sqlalchemy import create_engine, text

from indexer.cli import main
from indexer.demo_archive.build import build_demo_archive


@pytest.fixture(scope="module")
def archive(tmp_path_factory: pytest.TempPathFactory) -> Path:
    folder = tmp_path_factory.mktemp("cli")
    build_demo_archive(
        f"sqlite:///{folder / 'archive.db'}",
        folder / "pages",
        register_url=f"sqlite:///{folder / 'register.db'}",
        pages=200,
        seed=3,
        today=date(2026, 11, 21),
        scans=0,
    )
    return folder


def run(folder: Path, *arguments: str, database: str | None = None) -> Result:
    environment = {
        "ARCHIVE_SETTINGS": str(folder / "none.toml"),
        "ARCHIVE_DATABASE_URL": database or f"sqlite:///{folder / 'archive.db'}",
        "ARCHIVE_REGISTER_URL": f"sqlite:///{folder / 'register.db'}",
        "ARCHIVE_INDEX_DIR": str(folder / "index"),
        "ARCHIVE_PAGES_DIR": str(folder / "pages"),
        "ARCHIVE_REPORTS_DIR": str(folder / "reports"),
        "COLUMNS": "200",
    }
    return CliRunner().invoke(main, list(arguments), env=environment)


def test_rebuild_says_what_it_did_and_names_the_refused_rows(archive: Path) -> None:
    done = run(archive, "rebuild")
    assert done.exit_code == 3, done.output
    assert "kept out: restricted-list" in done.output
    assert "refused: " in done.output
    report = (archive / "reports" / "refused.tsv").read_text().splitlines()
    assert report
    assert all(len(line.split("\t")) == 2 for line in report)
    assert run(archive, "status").exit_code == 0
    assert run(archive, "verify").exit_code == 0, "the index equals the database"


def test_verify_notices_a_change(archive: Path) -> None:
    run(archive, "rebuild")
    with create_engine(f"sqlite:///{archive / 'archive.db'}").begin() as connection:
        connection.execute(
            text("update items set mode = '03' where id in (select id from items where mode = '01' limit 2)")
        )
    found = run(archive, "verify")
    assert found.exit_code == 1
    assert "forbidden" in found.output


@pytest.mark.parametrize(
    "database",
    [
        "postgresql+psycopg://reader:sesame@127.0.0.1:1/archive",
        "sqlite:////nowhere/archive.db",
        "not a url",
        "sqlite://",
    ],
)
def test_a_database_that_is_away_is_one_clear_line_and_the_index_keeps_serving(archive: Path, database: str) -> None:
    run(archive, "rebuild")
    before = run(archive, "status").output
    failed = run(archive, "rebuild", database=database)
    assert failed.exit_code == 1
    assert "failed:" in failed.output
    assert "Traceback" not in failed.output
    assert "sesame" not in failed.output
    assert run(archive, "status").output == before


def test_status_without_an_index_says_so(tmp_path: Path) -> None:
    found = run(tmp_path, "status")
    assert found.exit_code == 1
    assert "no generation has been built yet" in found.output
