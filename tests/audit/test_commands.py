"""The commands an operator and a timer run: what they say, and with which status they end."""

import re
from pathlib import Path

import pytest
from click.testing import CliRunner, Result

from portal.audit.files import log_files
from portal.audit.log import AccessLog
from portal.cli import main
from tests.audit.entries import KEY, entry, filled, raw


@pytest.fixture
def folder(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    """A log of twelve entries, and settings that point at it."""
    monkeypatch.setenv("ARCHIVE_SETTINGS", "/dev/null")
    monkeypatch.setenv("ARCHIVE_SECRET_KEY", "s" * 40)
    monkeypatch.setenv("ARCHIVE_ACCESS_LOG_KEY", KEY.decode())
    monkeypatch.setenv("ARCHIVE_ACCESS_LOG_DIR", str(tmp_path / "log"))
    monkeypatch.setenv("COLUMNS", "220")
    filled(tmp_path / "log")
    return tmp_path / "log"


def run(*arguments: str | Path) -> Result:
    return CliRunner().invoke(main, ["log", *map(str, arguments)])


def facts(result: Result) -> dict[str, str]:
    """The rows of a table of two columns."""
    rows = re.findall(r"│ ([^│]+?) +│ ([^│]*?) +│", result.output)
    return dict(rows)


def test_a_sound_log_is_verified(folder: Path, tmp_path: Path) -> None:
    assert run("head", "--to", tmp_path / "heads").exit_code == 0
    result = run("verify", "--heads", tmp_path / "heads")
    assert result.exit_code == 0
    shown = facts(result)
    assert (shown["entries"], shown["exported heads"], shown["faults"]) == ("12", "1", "0")
    assert int(shown["entries a second"].replace(",", "")) > 0


def test_a_changed_log_is_named_by_its_first_bad_entry(folder: Path) -> None:
    file = log_files(folder)[0]
    lines = raw(file)
    file.write_bytes(b"".join([*lines[:2], lines[3].replace(b'"allowed"', b'"refused"'), lines[4]]))
    result = run("verify")
    assert result.exit_code == 1
    assert "entry 3 (access-2026-11.jsonl:3): it was changed after it was written" in result.output
    assert "failed: the log is not what was written, from entry 3 on" in result.output


def test_a_shortened_log_is_neither_exported_nor_sound(folder: Path, tmp_path: Path) -> None:
    run("head", "--to", tmp_path / "heads")
    file = log_files(folder)[-1]
    file.write_bytes(b"".join(raw(file)[:-1]))
    result = run("head", "--to", tmp_path / "heads")
    assert result.exit_code == 1
    assert "entry 12 was exported before, but the log ends with entry 11" in result.output
    assert run("verify").exit_code == 0
    result = run("verify", "--heads", tmp_path / "heads")
    assert result.exit_code == 1
    assert "entry 12 is missing" in result.output


def test_the_head_of_an_empty_log_is_none(folder: Path, tmp_path: Path) -> None:
    AccessLog(tmp_path / "empty", KEY)
    result = run("head", "--folder", tmp_path / "empty", "--to", tmp_path / "heads")
    assert (result.exit_code, result.output) == (0, "the log is empty\n")
    assert not (tmp_path / "heads").exists()


def test_a_log_that_was_emptied_is_noticed_by_the_next_export(folder: Path, tmp_path: Path) -> None:
    run("head", "--to", tmp_path / "heads")
    for file in log_files(folder):
        file.unlink()
    result = run("head", "--to", tmp_path / "heads")
    assert result.exit_code == 1
    assert "the log is empty" in result.output
    assert run("verify", "--heads", tmp_path / "heads").exit_code == 1


@pytest.mark.parametrize(
    "arguments",
    [
        ("verify", "--folder", "nowhere"),
        ("verify", "--heads", "nowhere"),
        ("head", "--folder", "nowhere", "--to", "heads"),
        ("head", "--to", "nowhere/heads"),
        ("show", "--folder", "nowhere"),
    ],
    ids=" ".join,
)
def test_what_is_missing_is_said_in_one_sentence(folder: Path, arguments: tuple[str, ...]) -> None:
    result = run(*arguments)
    assert result.exit_code == 1
    assert result.output.startswith("failed: ")
    assert "No such file or directory" in result.output
    assert result.output.count("\n") == 1


def test_the_newest_entries_are_shown_across_months(folder: Path) -> None:
    shown = re.findall(r"^│ (\d+) ", run("show", "--last", "9").output, re.MULTILINE)
    assert shown == [str(number) for number in range(4, 13)]


def test_the_entries_of_one_record_are_shown_in_the_time_of_the_archive(folder: Path) -> None:
    AccessLog(folder, KEY).append(entry(3, allowed=False, permit="GP-7"))
    output = run("show", "--record", "qn.td.04.16.3").output
    lines = [line for line in output.splitlines() if "qn.td" in line]
    assert len(lines) == 2
    assert "2026-12-01 06:59:30" in lines[0]
    assert "refused" in lines[1]
    assert "GP-7" in lines[1]


def test_an_entry_that_was_changed_is_shown_as_such(folder: Path) -> None:
    file = log_files(folder)[-1]
    file.write_bytes(file.read_bytes().replace(b'"page":12', b'"page":13').replace(b"qn.td.04.16.11", b'"'))
    output = run("show").output
    assert len(re.findall("changed after it was written", output)) == 1
    assert "qn.td.04.16.10" in output


def test_a_record_id_cannot_command_the_terminal(folder: Path) -> None:
    AccessLog(folder, KEY).append(entry(1, record_id="\x1b[31m[bold]đỏ\r\n", allowed=False))
    output = run("show", "--last", "1").output
    assert "\x1b" not in output
    assert "[31m[bold]đỏ" in output
