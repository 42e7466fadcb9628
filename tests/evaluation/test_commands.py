"""The commands as somebody meets them who tunes the search."""

from __future__ import annotations

import json
from pathlib import Path

import click
import pytest
from click.testing import CliRunner, Result

from indexer.cli import main
from indexer.evaluation.commands import COMMANDS
from tests.evaluation.datasets import TODAY, Archive, Files, written

MAIN = click.Group("archive-indexer", commands=list(COMMANDS))


@pytest.fixture
def files(tmp_path: Path) -> Files:
    corpus = {"d1": ("Giao đất", "Giao đất làm nhà"), "d2": ("Thủy lợi", "Giao đất và kênh mương")}
    queries = {"title-1": "giao đất", "title-2": "không có", "spare": "x"}
    return written(tmp_path / "files", corpus, queries, [("title-1", "d1", 1), ("title-2", "d2", 1)])


def run(*arguments: str, environment: dict[str, str] | None = None) -> Result:
    return CliRunner().invoke(MAIN, list(arguments), env=environment)


def test_the_commands_belong_to_the_indexer() -> None:
    assert {command.name for command in COMMANDS} <= set(main.commands)


def test_a_measurement_is_a_table_a_json_file_and_a_run(files: Files) -> None:
    numbers, found = files.folder / "numbers.json", files.folder / "found.run"
    done = run("evaluate", *files.options, "--json", str(numbers), "--run", str(found))
    assert done.exit_code == 0, done.output
    assert "title" in done.stdout
    assert "0.500 [0.000–1.000]" in done.stdout
    assert "50.0%" in done.stdout
    assert "1 queries were not asked" in done.stderr
    read = json.loads(numbers.read_text())
    assert (read["engine"], read["documents"], read["queries_without_answer"]) == ("tantivy", 2, 1)
    assert [row["name"] for row in read["rows"]] == ["title", "all"]
    assert read["rows"][0]["MRR@10"] == {"mean": 0.5, "low": 0.0, "high": 1.0}
    assert found.read_text() == "title-1 Q0 d1 1 2 tantivy\ntitle-1 Q0 d2 2 1 tantivy\n"


@pytest.mark.parametrize("file", ["corpus", "queries", "qrels"])
def test_bad_input_is_one_sentence_and_nothing_is_written(files: Files, file: str) -> None:
    path: Path = getattr(files, file)
    with path.open("a") as opened:
        opened.write("{broken\n")
    numbers = files.folder / "numbers.json"
    numbers.write_text("earlier")
    failed = run("evaluate", *files.options, "--json", str(numbers))
    assert failed.exit_code == 1
    assert f"failed: {path}, line " in failed.stderr
    assert "Traceback" not in failed.output
    assert numbers.read_text() == "earlier"


def test_a_folder_that_is_not_there_is_found_out_first(files: Files) -> None:
    failed = run("evaluate", *files.options, "--run", str(files.folder / "nowhere" / "found.run"))
    assert failed.exit_code == 1
    assert "there is no such folder" in failed.stderr


@pytest.mark.parametrize("changed", [{"--depth": "10"}, {"--depth": "5000"}, {"--corpus": "nowhere.jsonl"}])
def test_wrong_arguments(files: Files, changed: dict[str, str]) -> None:
    options = [each for pair in changed.items() for each in pair]
    assert run("evaluate", *files.options, *options).exit_code == 2


def test_known_items_are_drawn_and_measured(small: Archive, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("indexer.evaluation.commands.today", lambda: TODAY)
    drawn = run("known-items", str(tmp_path / "known"), "--queries", "301", environment=small.environment)
    assert drawn.exit_code == 0, drawn.output
    assert "306 queries" in drawn.stderr
    files = Files(tmp_path / "known")
    measured = run("evaluate", *files.options, environment=small.environment)
    assert measured.exit_code == 0, measured.output
    assert [
        name for name in ("title", "phrase", "unaccented", "tone", "ocr-noise", "number") if name not in measured.stdout
    ] == []


def test_known_items_need_an_archive_and_an_empty_folder(small: Archive, tmp_path: Path) -> None:
    nowhere = {**small.environment, "ARCHIVE_DATABASE_URL": "sqlite:////nowhere/archive.db"}
    failed = run("known-items", str(tmp_path / "known"), environment=nowhere)
    assert failed.exit_code == 1
    assert "failed:" in failed.stderr
    (tmp_path / "mine").write_text("mine")
    taken = run("known-items", str(tmp_path), environment=small.environment)
    assert taken.exit_code == 1
    assert "already exists" in taken.stderr
    assert run("known-items", str(tmp_path / "known"), "--queries", "20").exit_code == 2
    assert [path.name for path in tmp_path.iterdir()] == ["mine"]
