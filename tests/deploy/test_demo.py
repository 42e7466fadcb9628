"""The demo as a newcomer meets it: one command, an address that answers, Ctrl-C."""

from __future__ import annotations

import os
import signal
import subprocess
import urllib.request
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

import pytest

from tests.deploy.traces import processes_of, soon
from tests.servers.portal import ROOT
from tests.servers.ports import free_port

# Settings of a real archive, which the demo must not touch.
REAL = {"ARCHIVE_DATABASE_URL": "postgresql+psycopg://real@127.0.0.1:1/archive", "ARCHIVE_INDEX_DIR": "/nonexistent"}


@contextmanager
def demo(folder: Path, *options: str) -> Iterator[tuple[subprocess.Popen[str], str]]:
    """The running demo and the address that it printed; ended with all its processes in any case."""
    port = free_port()
    command = ["deploy/bin/demo", "--port", str(port), "--folder", str(folder), "--pages", "300", *options]
    with (
        (folder.parent / "words").open("w") as words,
        subprocess.Popen(
            command,
            cwd=ROOT,
            env={**os.environ, **REAL},
            stdout=subprocess.PIPE,
            stderr=words,
            text=True,
            start_new_session=True,
        ) as process,
    ):
        assert process.stdout is not None
        try:
            address = next(filter(str.strip, process.stdout), "").strip()
            assert address == f"http://127.0.0.1:{port}/", (folder.parent / "words").read_text()
            yield process, address
        finally:
            if process.poll() is None:
                os.killpg(process.pid, signal.SIGKILL)


def words_of(folder: Path) -> str:
    return (folder.parent / "words").read_text()


def test_the_demo_is_built_once_answers_at_once_and_ends_by_ctrl_c(tmp_path: Path) -> None:
    folder = tmp_path / "demo"
    with demo(folder) as (process, address):
        with urllib.request.urlopen(address, timeout=10) as response:
            assert response.status == 200
        os.killpg(process.pid, signal.SIGINT)  # as a terminal does
        assert process.wait(30) == 0
    assert "building a demo archive of 300 pages (seed 1)" in words_of(folder)
    assert words_of(folder).endswith("demo: stopped\n")
    assert soon(lambda: processes_of(folder) == [])

    with demo(folder) as (process, address):
        os.kill(process.pid, signal.SIGTERM)  # as a service manager does
        assert process.wait(30) == 0
    assert "using the demo archive built before" in words_of(folder)
    assert soon(lambda: processes_of(folder) == [])


def test_a_folder_that_something_else_made_is_left_alone(tmp_path: Path) -> None:
    folder = tmp_path / "demo"
    kept = folder / "archive" / "letter.txt"
    kept.parent.mkdir(parents=True)
    kept.write_text("Thư gửi Chánh án")
    with pytest.raises(AssertionError, match="was not made by this command and is left alone"), demo(folder):
        pass
    assert kept.read_text() == "Thư gửi Chánh án"
