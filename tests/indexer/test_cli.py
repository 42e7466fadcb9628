"""The command as an operator meets it: exit codes, one clear line, a report of refused rows."""

import re
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
        "ARCHIVE_STATE_DIR": str(folder / "state"),
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
    assert run(archive, "reconcile").exit_code == 0, "the index equals the database"


def test_reconcile_notices_what_no_version_tells_names_no_forbidden_id_and_repairs_it(archive: Path) -> None:
    """Somebody changed a text and not its version, so that no log of changes tells of it."""
    run(archive, "rebuild")
    path = archive / "reports" / "reconcile.tsv"
    source = f"sqlite:///{archive / 'archive.db'}"
    with create_engine(source).begin() as connection:
        connection.execute(text("update items set subject = subject || ' zumkyra' where mode = '01'"))
    found = run(archive, "reconcile")
    assert found.exit_code == 5, found.output
    kinds = {line.split("\t")[0] for line in path.read_text().splitlines()}
    assert kinds == {"stale"}
    assert path.stat().st_mode & 0o777 == 0o600
    mended = run(archive, "reconcile", "--repair")
    assert mended.exit_code == 0, mended.output
    assert path.read_text() == ""


def test_follow_takes_out_what_was_closed_and_status_tells_how_far_it_is(archive: Path) -> None:
    run(archive, "rebuild")
    with create_engine(f"sqlite:///{archive / 'archive.db'}").begin() as connection:
        connection.execute(
            text("update items set mode = '03' where id in (select id from items where mode = '01' limit 2)")
        )
    followed = run(archive, "follow", "--once")
    assert followed.exit_code == 0, followed.output
    assert "2 changes of the archive database" in followed.output
    told = run(archive, "status")
    assert told.exit_code == 0
    assert re.search(r"changes waiting\W+0", told.output)
    assert run(archive, "reconcile").exit_code == 0


def test_without_a_log_that_reaches_back_only_a_rebuild_helps(archive: Path) -> None:
    run(archive, "rebuild")
    (archive / "state" / "archive-state.db").unlink()
    lost = run(archive, "follow", "--once")
    assert lost.exit_code == 6, lost.output
    assert "rebuild needed" in lost.output
    assert "rebuild" in run(archive, "rollback").output
    assert run(archive, "rebuild").exit_code == 3
    assert run(archive, "follow", "--once").exit_code == 0


def test_rollback_goes_back_to_the_generation_before_and_forward_again(archive: Path) -> None:
    for _ in range(2):
        run(archive, "rebuild")
    current = (archive / "index" / "current").read_text()
    assert run(archive, "rollback").exit_code == 0
    assert (archive / "index" / "current").read_text() != current
    assert run(archive, "reconcile").exit_code == 0
    assert run(archive, "rollback").exit_code == 0
    assert (archive / "index" / "current").read_text() == current


def test_dead_letters_without_any(archive: Path) -> None:
    run(archive, "rebuild")
    assert run(archive, "dead-letters").exit_code == 0
    assert run(archive, "dead-letters", "--replay").exit_code == 0


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
