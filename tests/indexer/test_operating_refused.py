"""Rows that a rebuild refused before it was killed are named by the one that goes on with it."""

from pathlib import Path

import pytest

from indexer.keeping.refused_rows import RefusedRows
from indexer.sources.port import BadRow
from tests.indexer.operated import Operated

ROWS = [BadRow(f"items {number}", f"tiêu đề: thiếu {number}") for number in range(5)]
ATTEMPTS = 12


def noted(folder: Path, generation: str, rows: list[BadRow]) -> None:
    """What a process leaves that was killed."""
    left = RefusedRows(folder)
    left.begin(generation, 0)
    for row in rows:
        left.add(row)
    left.close()


def reported(operated: Operated) -> list[str]:
    """The refused rows in the report, without the lines of lists that name no record."""
    lines = (operated.folder / "reports" / "refused.tsv").read_text().splitlines()
    return [line for line in lines if not line.endswith("no row has this id")]


@pytest.mark.long
def test_a_resumed_rebuild_reports_what_a_whole_one_reports(in_files: Operated) -> None:
    code, seconds = in_files.run("rebuild")
    assert code == 3
    whole = reported(in_files)
    assert len(whole) > 10
    for attempt in range(1, ATTEMPTS + 1):
        in_files.run_and_kill("rebuild", after=seconds * attempt / ATTEMPTS)
        code, said = in_files.run_again("rebuild", "--resume")
        assert code == 3
        assert reported(in_files) == whole
        assert not list((in_files.folder / "reports").glob("*.jsonl"))
        if "had been read before" in said:
            return
    raise AssertionError("none was killed between two marks")


def test_what_was_noted_after_the_last_mark_is_left_out(tmp_path: Path) -> None:
    noted(tmp_path, "000002", ROWS)
    again = RefusedRows(tmp_path)
    again.begin("000002", 2)
    assert (again.rows, again.lost) == (ROWS[:2], 0)
    again.add(ROWS[4])
    again.close()
    last = RefusedRows(tmp_path)
    last.begin("000002", 3)
    assert (last.rows, last.lost) == ([*ROWS[:2], ROWS[4]], 0)
    last.close()


def test_what_is_gone_is_counted(tmp_path: Path) -> None:
    noted(tmp_path, "000002", ROWS[:3])
    file = tmp_path / "refused-000002.jsonl"
    assert file.stat().st_mode & 0o777 == 0o600
    file.write_bytes(file.read_bytes()[:-4])
    again = RefusedRows(tmp_path)
    again.begin("000002", 3)
    assert (again.rows, again.lost) == (ROWS[:2], 1)
    again.close()
    other = RefusedRows(tmp_path)
    other.begin("000003", 0)
    assert (other.rows, other.lost) == ([], 0)
    other.close()


def test_only_what_cannot_be_gone_on_with_is_forgotten(tmp_path: Path) -> None:
    for generation in ("000001", "000003"):
        noted(tmp_path, generation, ROWS)
    done = RefusedRows(tmp_path)
    done.begin("000002", 0)
    done.close()
    done.forget()
    assert [path.name for path in tmp_path.iterdir()] == ["refused-000003.jsonl"]
