"""Memory does not grow with a list, in either format, from the file to the register."""

import multiprocessing
import re
from datetime import UTC, date, datetime
from itertools import chain
from pathlib import Path

import pytest

from access_policy.register.entries import ListVersion
from access_policy.register.store import open_register
from indexer.lists.importing import ListFile, stage_lines
from indexer.lists.staging import Staging
from tests.lists.workbooks import HEADINGS, lines, write_csv, write_xlsx

WRITERS = {"csv": write_csv, "xlsx": write_xlsx}
MOST_GROWTH = 6
"""Megabytes; the lines themselves are more than that."""


def _peak(path: Path) -> int:
    """Megabytes in use at most by a process of its own that imports a list, without those of its parent."""
    register = open_register(f"sqlite:///{path}.db")
    register.migrate()
    with Staging() as staging:
        stage_lines(ListFile(path, None, {}, ()), staging, lambda *_: None)
        head = ListVersion("1/DM", date(2026, 1, 1), "UBND", "Luật")
        register.import_version(head, staging.entries(), author="An", now=datetime(2026, 11, 21, tzinfo=UTC))
    (peak,) = re.findall(r"VmHWM:\s+(\d+) kB", Path("/proc/self/status").read_text())
    return int(peak) // 1024


def _growth(folder: Path, ending: str, few: int, many: int) -> int:
    peaks = []
    for count in (few, many):
        path = WRITERS[ending](folder / f"{count}.{ending}", chain([HEADINGS], lines(count)))
        with multiprocessing.get_context("spawn").Pool(1) as pool:
            peaks.append(pool.apply(_peak, (path,)))
    return peaks[1] - peaks[0]


@pytest.mark.long
@pytest.mark.parametrize("ending", WRITERS)
def test_memory_stays_flat(tmp_path: Path, ending: str) -> None:
    assert _growth(tmp_path, ending, 1_000, 12_000) < MOST_GROWTH


@pytest.mark.long
@pytest.mark.parametrize("ending", WRITERS)
def test_memory_stays_flat_at_size(tmp_path: Path, ending: str) -> None:
    assert _growth(tmp_path, ending, 5_000, 50_000) < MOST_GROWTH
