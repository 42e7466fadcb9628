"""The commands of the outbox."""

import pytest
from click.testing import CliRunner, Result
from sqlalchemy import create_engine, inspect, text

from indexer.outbox_cli import outbox_group
from indexer.sources import schema
from tests.sources.archives import FILE, reference_archive


@pytest.fixture
def run(postgres_database, monkeypatch):
    monkeypatch.setenv("ARCHIVE_DATABASE_URL", postgres_database)

    def invoke(*arguments: str) -> Result:
        return CliRunner().invoke(outbox_group, arguments)

    return invoke


def test_the_life_of_an_outbox(run, postgres_database):
    engine = create_engine(postgres_database)
    reference_archive(engine, files=[FILE])
    assert "none" in run("status").output
    assert run("remove", "--yes").exit_code == 1
    for _ in range(2):
        assert run("install").exit_code == 0
    with engine.begin() as connection:
        connection.execute(text("UPDATE files SET title = 'Khác'"))
    shown = run("status").output
    assert "in place" in shown
    assert "changes kept │ 1" in shown
    assert run("remove").exit_code == 1
    assert inspect(engine).has_table("archive_outbox")
    assert run("remove", "--yes").exit_code == 0
    assert not inspect(engine).has_table("archive_outbox")
    engine.dispose()


def test_another_database_is_one_sentence(tmp_path, monkeypatch):
    url = f"sqlite:///{tmp_path}/archive.db"
    engine = create_engine(url)
    schema.metadata.create_all(engine)
    engine.dispose()
    monkeypatch.setenv("ARCHIVE_DATABASE_URL", url)
    result = CliRunner().invoke(outbox_group, ["install"])
    assert result.exit_code == 1
