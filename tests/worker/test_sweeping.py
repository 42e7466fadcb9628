"""Attachments of drafts that are gone go too; nothing else is touched."""

import os
from datetime import timedelta
from pathlib import Path

import pytest

from portal.requests.files import CaseFiles
from portal.requests.scanning import NoScanner
from portal.requests.states import State
from portal.worker import sweeping
from tests.worker.given import NOW, Clock, Given

OLD = NOW - timedelta(hours=2)


@pytest.fixture
def folder(tmp_path: Path) -> Path:
    made = tmp_path / "attachments"
    made.mkdir()
    return made


def attached(folder: Path, name: str, changed: float = OLD.timestamp()) -> Path:
    own = folder / name
    own.mkdir()
    (own / ("f" * 32)).write_bytes(b"sealed")
    os.utime(own, (changed, changed))
    return own


def test_folders_of_no_case_are_removed_and_no_others(
    given: Given, folder: Path, clock: Clock, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(sweeping, "AT_ONCE", 2)
    drafts = [attached(folder, given.case(given.account(), State.DRAFT)) for _ in range(3)]
    orphans = [attached(folder, digit * 32) for digit in "0123"]
    left = [
        attached(folder, "4" * 32, (NOW - timedelta(minutes=59)).timestamp()),
        attached(folder, "lost+found"),
        attached(folder, "A" * 32),
    ]
    elsewhere = attached(folder.parent, "5" * 32)
    (folder / ("5" * 32)).symlink_to(elsewhere)
    (folder / ("6" * 32)).write_bytes(b"a file")
    job = sweeping.job(given.database, folder, now=clock)
    assert job.run(lambda: True) == 4
    assert not any(path.exists() for path in orphans)
    assert all(path.exists() for path in (*drafts, *left, elsewhere, folder / ("6" * 32)))
    assert job.run(lambda: True) == 0


def test_single_papers_that_no_row_knows_go_too(given: Given, folder: Path, clock: Clock) -> None:
    files = CaseFiles(given.database, given.seal, folder, NoScanner(), most_bytes=1000)
    case_id = given.case(given.account(), State.DRAFT)
    kept = files.add(case_id, "giấy.pdf", b"%PDF-1.4", now=OLD)
    lost = folder / case_id / ("e" * 32)
    lost.write_bytes(b"sealed")
    for path in (lost, folder / case_id / kept.id):
        os.utime(path, (OLD.timestamp(), OLD.timestamp()))
    job = sweeping.papers_job(files, now=clock)
    assert job.run(lambda: True) == 1
    assert not lost.exists()
    assert files.opened(case_id, kept.id) is not None


def test_without_attachments_there_is_nothing_to_do(given: Given, tmp_path: Path, clock: Clock) -> None:
    assert sweeping.job(given.database, tmp_path / "none", now=clock).run(lambda: True) == 0


def test_told_to_end_it_leaves_the_rest(given: Given, folder: Path, clock: Clock) -> None:
    attached(folder, "0" * 32)
    assert sweeping.job(given.database, folder, now=clock).run(lambda: False) == 0
