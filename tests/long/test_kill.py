"""A rebuild killed at any moment leaves the old generation in service, and the next one cleans up after it."""

import os
import random
import signal
import subprocess
import sys
import time
from contextlib import suppress
from pathlib import Path

import pytest

from access_policy.overlay import NO_OVERLAY
from access_policy.reader import ANONYMOUS
from access_policy.visibility import visible_to
from indexer.index.port import IndexUnavailable, Search
from indexer.index.tantivy.current import CurrentGeneration
from indexer.index.tantivy.generations import TantivyGenerations
from portal.clock import archive_today
from tests.demonstration import Demonstration

TIMES = 12


def rebuild_process(demonstration: Demonstration, index_dir: Path) -> subprocess.Popen[bytes]:
    environment = {
        **os.environ,
        "ARCHIVE_SETTINGS": os.devnull,
        "ARCHIVE_DATABASE_URL": demonstration.database_url,
        "ARCHIVE_REGISTER_URL": demonstration.register_url,
        "ARCHIVE_INDEX_DIR": str(index_dir),
        "ARCHIVE_REPORTS_DIR": str(index_dir.parent / "reports"),
        "ARCHIVE_STATE_DIR": str(index_dir.parent / "state"),
    }
    command = [sys.executable, "-c", "from indexer.cli import main; main()", "rebuild"]
    return subprocess.Popen(command, env=environment, stderr=subprocess.DEVNULL)


@pytest.mark.long
def test_a_killed_rebuild_breaks_nothing(demonstration: Demonstration, tmp_path: Path) -> None:
    index_dir = tmp_path / "index"
    started = time.monotonic()
    assert rebuild_process(demonstration, index_dir).wait() == 3, "done, and the dirty rows were refused"
    takes = time.monotonic() - started
    current, anybody = (
        CurrentGeneration(index_dir),
        visible_to(reader=ANONYMOUS, today=archive_today(), overlay=NO_OVERLAY),
    )
    total = current.reader().search(Search(limit=1), visibility=anybody).total
    assert total == demonstration.rebuilt.tally.records_indexed
    chance, killed = random.Random(5), 0
    generations, served = TantivyGenerations(index_dir), {current.reader().generation()}
    for _ in range(TIMES):
        process = rebuild_process(demonstration, index_dir)
        time.sleep(chance.uniform(0.2, 1.1) * takes)
        process.send_signal(signal.SIGKILL)
        killed += process.wait() == -signal.SIGKILL
        with suppress(IndexUnavailable):
            assert generations.previous().name in served, "only what was in service can be gone back to"
        served.add(current.reader().generation())
        assert current.reader().search(Search(limit=1), visibility=anybody).total == total
    assert killed > TIMES / 2
    assert rebuild_process(demonstration, index_dir).wait() == 3
    kept = sorted(folder.name for folder in (index_dir / "generations").iterdir())
    assert len(kept) == 2, "the one in service and the one before it"
    assert kept[-1] == current.reader().generation()
    assert current.reader().search(Search(limit=1), visibility=anybody).total == total
