"""Real processes on one chain: at once, killed, and on a full disk."""

import subprocess
import sys
from pathlib import Path

import pytest

from portal.audit.files import log_files
from portal.audit.log import AccessLog
from portal.audit.verify import verify
from tests.audit.entries import KEY, entry, written

ROOT = Path(__file__).parents[2]


def writer(folder: Path, count: int, most: int | None = None) -> subprocess.Popen[str]:
    command = [sys.executable, "-m", "tests.audit.writer", str(folder), str(count), *([str(most)] if most else [])]
    return subprocess.Popen(command, cwd=ROOT, stdout=subprocess.PIPE, stderr=subprocess.PIPE, text=True)


def told(process: subprocess.Popen[str]) -> list[int]:
    """The numbers that the process was told are written; a last one cut short was not told."""
    answer, _ = process.communicate(timeout=120)
    return [int(line) for line in answer.splitlines(keepends=True) if line.endswith("\n")]


def test_four_processes_write_one_chain(tmp_path: Path) -> None:
    numbers = [told(process) for process in [writer(tmp_path, 500) for _ in range(4)]]
    assert sorted(number for of_one in numbers for number in of_one) == list(range(1, 2001))
    assert all(of_one == sorted(of_one) for of_one in numbers)
    found = verify(tmp_path, KEY, heads=None)
    assert (found.sound, found.entries, found.remarks[:-1]) == (True, 2000, ())


def test_a_killed_writer_breaks_nothing_that_was_told_as_written(tmp_path: Path) -> None:
    for lived in (1, 7, 60, 200):
        killed, other = writer(tmp_path, 100_000), writer(tmp_path, 150)
        assert killed.stdout is not None
        seen = [int(killed.stdout.readline()) for _ in range(lived)]
        killed.kill()
        seen += told(killed) + told(other)
        assert set(seen) <= {link.sequence for link in written(tmp_path)}
        assert verify(tmp_path, KEY, heads=None).sound
    last = verify(tmp_path, KEY, heads=None).last
    assert AccessLog(tmp_path, KEY).append(entry(1)).sequence == last + 1


@pytest.mark.parametrize("room", [10, 9_000, 9_400])
def test_a_full_disk_takes_whole_entries_or_none(tmp_path: Path, room: int) -> None:
    process = writer(tmp_path, 1000, most=room)
    numbers = told(process)
    assert process.returncode == 3
    found = verify(tmp_path, KEY, heads=None)
    assert (found.sound, found.last) == (True, len(numbers))
    assert not any("torn" in remark for remark in found.remarks), "the half that was taken was taken back"
    assert sum(path.stat().st_size for path in log_files(tmp_path)) <= room
    assert AccessLog(tmp_path, KEY).append(entry(1)).sequence == len(numbers) + 1


def test_a_torn_piece_that_a_full_disk_cannot_keep_stays_where_it_is(tmp_path: Path) -> None:
    log = AccessLog(tmp_path, KEY)
    for number in range(3):
        log.append(entry(number))
    file = log_files(tmp_path)[-1]
    torn = file.read_bytes() + b"x" * 5000
    file.write_bytes(torn)
    before = sorted(path.name for path in tmp_path.iterdir())
    process = writer(tmp_path, 1, most=2000)
    assert told(process) == []
    assert process.returncode == 3
    assert file.read_bytes() == torn
    assert sorted(path.name for path in tmp_path.iterdir()) == before
