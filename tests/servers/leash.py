"""A server process that cannot outlive the test run, however that ends.

`Leash` starts this file as a small process of its own, which starts the server and holds the reading end of a pipe. The
pipe closes when the test run lets go of it and also when the test run is killed; the server is then ended and its
folder removed. A clean-up in the test process alone would be skipped by SIGKILL.
"""

from __future__ import annotations

import os
import pwd
import select
import shutil
import signal
import subprocess
import sys
import tempfile
from collections.abc import Mapping, Sequence
from pathlib import Path

_SECONDS_TO_END = 15


class Leash:
    """A running command with a folder of its own.

    `folder` must be new and is removed with everything in it at the end. `user` is the account to run as when the test
    run is root's.
    """

    def __init__(
        self,
        command: Sequence[str],
        *,
        folder: Path,
        env: Mapping[str, str],
        cwd: Path,
        user: str | None = None,
        stop_signal: signal.Signals = signal.SIGTERM,
    ) -> None:
        self.folder = folder
        order = [str(folder), user or "", str(int(stop_signal)), *command]
        self._output = tempfile.TemporaryFile()  # noqa: SIM115 - closed by end()
        self._rest_of_log = ""
        self._keeper = subprocess.Popen(
            [sys.executable, "-I", "-S", __file__, *order],
            stdin=subprocess.PIPE,
            stdout=self._output,
            stderr=self._output,
            env=dict(env),
            cwd=cwd,
            start_new_session=True,  # Ctrl-C is for the test run, which then ends its servers in order
        )

    def running(self) -> bool:
        return self._keeper.poll() is None

    def log(self) -> str:
        """What the server wrote so far, or in its whole life."""
        if self._output.closed:
            return self._rest_of_log
        output = self._output.fileno()
        return os.pread(output, os.fstat(output).st_size, 0).decode(errors="replace")

    def end(self) -> None:
        """Ends the server and removes its folder; returns when both are done. May be called twice."""
        if self._keeper.stdin is not None:
            self._keeper.stdin.close()
        self._keeper.wait(_SECONDS_TO_END * 2)
        if not self._output.closed:
            self._rest_of_log = self.log()
            self._output.close()


def new_folder(name: str, *, owner: str | None = None) -> Path:
    """A new private folder outside of pytest's, whose paths are too long for sockets and closed to `owner`."""
    folder = Path(tempfile.mkdtemp(prefix=f"archive-test-{name}-"))
    if owner is not None:
        shutil.chown(folder, owner)
    return folder


def _keep(folder: str, user: str, stop_signal: int, command: list[str]) -> None:
    """The life of the keeping process: start, wait for the pipe or the server to end, end the server, remove."""
    try:
        server = _start(user, command)
        ended = os.pidfd_open(server.pid)
        select.select([sys.stdin, ended], [], [])
        os.kill(server.pid, stop_signal)
        select.select([ended], [], [], _SECONDS_TO_END)
        # Also what an ended server left running. Until wait(), nothing else can get the number of its process group.
        os.killpg(server.pid, signal.SIGKILL)
        server.wait()
    finally:
        shutil.rmtree(folder, ignore_errors=True)


def _start(user: str, command: list[str]) -> subprocess.Popen[bytes]:
    if not user:
        return subprocess.Popen(command, stdin=subprocess.DEVNULL, start_new_session=True)
    group = pwd.getpwnam(user).pw_gid
    return subprocess.Popen(
        command, stdin=subprocess.DEVNULL, start_new_session=True, user=user, group=group, extra_groups=[]
    )


if __name__ == "__main__":
    _keep(sys.argv[1], sys.argv[2], int(sys.argv[3]), sys.argv[4:])
