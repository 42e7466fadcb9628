"""What a drawing tool may use, and how it is started so that it can use no more.

Poppler and the photo decoders read files that somebody else made. They run in a process of their own, without the
portal's environment (no password of a database is there to be read), under kernel limits on memory, processor time,
file size and open files, and without core dumps.
"""

import os
import shlex
import shutil
import subprocess
import tempfile
from collections.abc import Sequence
from dataclasses import dataclass
from pathlib import Path

_MORE_PAGES_THAN_ANY_FILE_HAS = 2**31 - 1


@dataclass(frozen=True)
class RenderLimits:
    """The most that drawing one page may cost.

    `seconds` of waiting, `memory_bytes` of address space, `output_bytes` of finished pixels, `pixels` that a photo
    may claim in its header; `at_once` drawings in one process of the portal, each waiting at most `wait_seconds`.
    """

    seconds: int = 20
    memory_bytes: int = 1_000_000_000
    output_bytes: int = 40_000_000
    pixels: int = 60_000_000
    at_once: int = 2
    wait_seconds: float = 10.0


def confined(limits: RenderLimits, command: Sequence[str], *, environment: Sequence[str] = ()) -> list[str]:
    """`command` wrapped so that it starts with only the named variables and under the kernel's limits.

    The processor limit lies a second above the waiting limit, so that a slow page is told from a broken one.
    """
    return [
        _tool("env"),
        "-i",
        "PATH=/usr/bin:/bin",
        "LANG=C.UTF-8",
        *environment,
        _tool("prlimit"),
        f"--as={limits.memory_bytes}",
        f"--cpu={limits.seconds + 1}",
        f"--fsize={limits.output_bytes}",
        "--nofile=64",
        "--core=0",
        *command,
    ]


def write_launchers(limits: RenderLimits, folder: Path) -> None:
    """Write the two commands that pdf2image looks for, and `diagnosis/pdfinfo`, into `folder` (made private, 0700).

    Several processes may do so at once. Raises OSError when a tool is missing or the folder is not ours, and
    CalledProcessError when a launcher will not run.
    """
    diagnosis = folder / "diagnosis"
    for private in (folder, diagnosis):
        private.mkdir(mode=0o700, parents=True, exist_ok=True)
        private.chmod(0o700)
    version = subprocess.run([_tool("pdftoppm"), "-v"], capture_output=True, text=True, check=True).stderr  # noqa: S603
    _write(folder / "pdftoppm", _pdftoppm(limits, version.splitlines()[0]))
    _write(folder / "pdfinfo", f"echo 'Pages: {_MORE_PAGES_THAN_ANY_FILE_HAS}'\n")
    _write(diagnosis / "pdfinfo", _pdfinfo(limits))
    subprocess.run([folder / "pdftoppm", "-v"], capture_output=True, check=True)  # noqa: S603


def _pdftoppm(limits: RenderLimits, version: str) -> str:
    """Answers the question for its version at once (pdf2image asks before every page), and draws without a word:
    a hostile page could otherwise fill our memory with messages."""
    draw = shlex.join(confined(limits, [_tool("pdftoppm"), "-q"]))
    return f'if [ "$1" = -v ]; then echo {shlex.quote(version)} >&2; exit; fi\nexec {draw} "$@"\n'


def _pdfinfo(limits: RenderLimits) -> str:
    """The real count of pages, asked only when a page did not come.

    pdf2image counts pages before each drawing, with no limit on time or output, only to clip the range; pdftoppm
    checks the range itself. So the everyday `pdfinfo` does not open the file. This one does, and passes on no more
    than the end of what is said: the document's own title stands before it and may be of any length.
    """
    ask = shlex.join([_tool("timeout"), "-s", "KILL", str(limits.seconds), *confined(limits, [_tool("pdfinfo")])])
    return f'{{ {ask} "$@" 2>&1 >&3 | tail -c 2000 >&2; }} 3>&1 | tail -c 2000\n'


def _tool(name: str) -> str:
    found = shutil.which(name, path="/usr/bin:/bin:/usr/local/bin")
    if found is None:
        raise FileNotFoundError(f"{name} is not installed")
    return found


def _write(launcher: Path, script: str) -> None:
    handle, name = tempfile.mkstemp(dir=launcher.parent)
    with os.fdopen(handle, "w") as file:
        file.write(f"#!/bin/sh\n{script}")
        os.fchmod(handle, 0o700)
    Path(name).replace(launcher)
