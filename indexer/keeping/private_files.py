"""Files for staff's eyes only (mode 0600), written so that a reader never meets half of one."""

import os
from collections.abc import Iterable
from pathlib import Path


def replace_file(path: Path, lines: Iterable[str], *, mode: int = 0o600) -> None:
    """Put a new file in the place of the old one, in one step that outlives a power cut."""
    path.parent.mkdir(parents=True, exist_ok=True)
    fresh = path.with_name(f".{path.name}.new")
    _write(fresh, lines, os.O_TRUNC, mode)
    os.chmod(fresh, mode)
    os.replace(fresh, path)


def append_lines(path: Path, lines: Iterable[str]) -> None:
    """Add whole lines, which are on the disk when this returns; a last line that was cut short stays apart."""
    path.parent.mkdir(parents=True, exist_ok=True)
    cut = path.exists() and path.read_bytes()[-1:] not in (b"", b"\n")
    _write(path, ["\n"] * cut + list(lines), os.O_APPEND, 0o600)


def _write(path: Path, lines: Iterable[str], how: int, mode: int) -> None:
    with os.fdopen(os.open(path, os.O_WRONLY | os.O_CREAT | how, mode), "w", encoding="utf-8") as file:
        file.write("".join(lines))
        file.flush()
        os.fsync(file.fileno())
