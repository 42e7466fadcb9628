"""A server on a leash ends with whoever holds it, in order or not."""

from __future__ import annotations

import os
import signal
import subprocess
import sys
import time
from pathlib import Path

import pytest

from tests.deploy.traces import processes_of, soon
from tests.servers.leash import Leash, new_folder
from tests.servers.portal import ROOT
from tests.servers.waiting import ServerNotReady, wait_until

ENV = {"PATH": os.defpath}


def leash(script: str) -> Leash:
    folder = new_folder("leash")
    return Leash(["sh", "-c", script], folder=folder, env={**ENV, "FOLDER": str(folder)}, cwd=ROOT)


def test_ends_the_server_and_removes_its_folder() -> None:
    held = leash("echo started; sleep 600")
    assert soon(lambda: held.log() == "started\n")
    assert held.running()
    held.end()
    assert not held.running()
    assert not held.folder.exists()
    assert processes_of(held.folder) == []
    assert held.log() == "started\n"
    held.end()


def test_a_server_that_ends_by_itself_is_noticed() -> None:
    held = leash("sleep 600 & exit 3")
    assert soon(lambda: not held.running())
    assert not held.folder.exists()
    assert processes_of(held.folder) == []
    held.end()


def test_a_server_that_does_not_listen_is_killed_with_its_children(monkeypatch: pytest.MonkeyPatch) -> None:
    source = (ROOT / "tests/servers/leash.py").read_text().replace("_SECONDS_TO_END = 15", "_SECONDS_TO_END = 1")
    folder = new_folder("stubborn")
    impatient = folder / "leash.py"
    impatient.write_text(source)
    monkeypatch.setattr("tests.servers.leash.__file__", str(impatient))
    script = f"trap '' TERM; cd {folder}; sh -c 'trap \"\" TERM; sleep 600; true' {folder}/child & wait; wait"
    held = Leash(["sh", "-c", script], folder=folder, env=ENV, cwd=ROOT)
    assert soon(lambda: len(processes_of(folder)) >= 3)
    held.end()
    assert soon(lambda: processes_of(folder) == [])
    assert not folder.exists()


def test_ends_when_the_test_run_is_killed() -> None:
    program = (
        "import os, time; from pathlib import Path; from tests.servers.leash import Leash, new_folder\n"
        "held = Leash(['sleep', '600'], folder=new_folder('killed'), env={'PATH': os.defpath}, cwd=Path('/'))\n"
        "print(held.folder, flush=True); time.sleep(600)"
    )
    with subprocess.Popen([sys.executable, "-c", program], cwd=ROOT, stdout=subprocess.PIPE, text=True) as run:
        assert run.stdout is not None
        folder = Path(run.stdout.readline().strip())
        assert soon(lambda: len(processes_of(folder)) >= 1)
        run.send_signal(signal.SIGKILL)
        run.wait()
    assert soon(lambda: not folder.exists() and processes_of(folder) == [])


@pytest.mark.parametrize(
    ("script", "outcome"), [("echo broken >&2; exit 1", "ended at once"), ("echo broken; sleep 600", "did not answer")]
)
def test_a_server_that_never_answers_is_reported_with_its_log(script: str, outcome: str) -> None:
    held = leash(script)
    began = time.monotonic()
    with pytest.raises(ServerNotReady, match=f"(?s)the server {outcome}.*"):
        wait_until(lambda: False, leash=held, what="the server", seconds=1)
    assert time.monotonic() - began < 10
    assert not held.folder.exists()
