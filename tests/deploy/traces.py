"""What a server may leave behind on the machine: processes and folders."""

from __future__ import annotations

import tempfile
import time
from collections.abc import Callable
from pathlib import Path


def folders() -> set[Path]:
    """The folders of test servers that exist now, other test processes' included."""
    return set(Path(tempfile.gettempdir()).glob("archive-test-*"))


def processes_of(folder: Path) -> list[int]:
    """Processes with the folder's path in their command line or environment; every test server has it in one."""
    return [int(entry.name) for entry in Path("/proc").glob("[0-9]*") if _names(entry, str(folder).encode())]


def soon(condition: Callable[[], bool], *, seconds: float = 20) -> bool:
    """Whether `condition()` becomes true within the time."""
    end = time.monotonic() + seconds
    while time.monotonic() < end:
        if condition():
            return True
        time.sleep(0.05)
    return condition()


def _names(entry: Path, text: bytes) -> bool:
    try:
        return text in (entry / "cmdline").read_bytes() or text in (entry / "environ").read_bytes()
    except OSError:  # the process ended meanwhile, or is another account's
        return False
