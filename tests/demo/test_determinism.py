"""The same seed gives the same archive; memory does not grow with its size."""

import hashlib
import multiprocessing
import resource
import sqlite3
import tempfile
from datetime import date, timedelta
from pathlib import Path

import pytest

from indexer.demo_archive.build import build_demo_archive
from tests.demo.conftest import TODAY, build


def _dump(folder: Path) -> str:
    """Every row of the archive and of its register; a database lists its indexes in no order."""
    said = []
    for name in ("archive.db", "register.db"):
        connection = sqlite3.connect(folder / name)
        said += sorted(connection.iterdump())
        connection.close()
    return "\n".join(said)


def _files(folder: Path) -> dict[str, str]:
    return {
        str(path.relative_to(folder)): hashlib.sha256(path.read_bytes()).hexdigest()
        for path in sorted((folder / "pages").rglob("*"))
        if path.is_file()
    }


@pytest.mark.long
def test_the_same_seed_gives_the_same_rows_and_the_same_files(tmp_path):
    one, other = (build(tmp_path / name, pages=120, scans=6) for name in "ab")
    assert _dump(tmp_path / "a") == _dump(tmp_path / "b")
    assert _files(tmp_path / "a") == _files(tmp_path / "b")
    assert len(_files(tmp_path / "a")) > 80
    assert one.summary == other.summary


def test_another_seed_gives_another_archive_with_the_same_landmarks(tmp_path):
    one, other = (build(tmp_path / str(seed), pages=300, scans=0, seed=seed) for seed in (1, 2))
    assert _dump(tmp_path / "1") != _dump(tmp_path / "2")
    assert one.summary.landmarks.keys() == other.summary.landmarks.keys()


def test_another_day_moves_the_lists_and_nothing_else(tmp_path):
    one = build(tmp_path / "a", pages=200, scans=0)
    other = build(tmp_path / "b", pages=200, scans=0, today=TODAY + timedelta(days=1))
    assert one.entries() == other.entries()
    assert _dump(tmp_path / "a") != _dump(tmp_path / "b")


def test_progress_is_told(tmp_path):
    told: list[int] = []
    url = f"sqlite:///{tmp_path}/archive.db"
    summary = build_demo_archive(
        url,
        tmp_path,
        register_url=f"sqlite:///{tmp_path}/register.db",
        pages=3_000,
        seed=1,
        today=TODAY,
        progress=told.append,
        scans=0,
    )
    assert told == sorted(told)
    assert told[-1] == summary.pages


def _peak(pages: int) -> int:
    """Megabytes in use at most by a process of its own that builds an archive."""
    with tempfile.TemporaryDirectory() as folder:
        url, register_url = (f"sqlite:///{folder}/{name}.db" for name in ("archive", "register"))
        today = date(2026, 11, 21)
        build_demo_archive(url, Path(folder), register_url=register_url, pages=pages, seed=1, today=today, scans=0)
    return resource.getrusage(resource.RUSAGE_SELF).ru_maxrss // 1024


def _growth(few: int, many: int) -> int:
    context = multiprocessing.get_context("spawn")
    peaks = []
    for pages in (few, many):
        with context.Pool(1) as pool:
            peaks.append(pool.apply(_peak, (pages,)))
    return peaks[1] - peaks[0]


@pytest.mark.long
def test_memory_stays_flat():
    assert _growth(3_000, 12_000) < 8


@pytest.mark.long
def test_memory_stays_flat_at_size():
    assert _growth(20_000, 60_000) < 12
