"""How much memory a process takes at most."""

import subprocess
import time
from collections.abc import Sequence
from pathlib import Path

SAMPLED_SECONDS = 0.02


def peak_megabytes(command: Sequence[str]) -> float:
    """The most anonymous memory of a command and its children, in MB, sampled while it runs; mapped files are not
    counted. RuntimeError when the command fails.
    """
    with subprocess.Popen(command, stdout=subprocess.DEVNULL) as process:  # noqa: S603 - a module of our own
        peak = 0.0
        while process.poll() is None:
            children = _read(f"/proc/{process.pid}/task/{process.pid}/children").split()
            peak = max(peak, sum(map(_anonymous_megabytes, (str(process.pid), *children))))
            time.sleep(SAMPLED_SECONDS)
    if process.returncode:
        raise RuntimeError(f"the measured command failed: {command[2]}")
    return peak


def _anonymous_megabytes(process: str) -> float:
    lines = [line.split() for line in _read(f"/proc/{process}/status").splitlines() if line.startswith("RssAnon")]
    return int(lines[0][1]) / 1000 if lines else 0.0


def _read(path: str) -> str:
    try:
        return Path(path).read_text()
    except OSError:
        return ""
