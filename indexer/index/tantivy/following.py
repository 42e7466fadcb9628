"""What a generation was derived from, and how far it has been filled, in small files of the generation."""

import json
import os
from datetime import date
from pathlib import Path
from typing import Any

from indexer.index.port import Follows

_FOLLOWS, _MARK = "follows.json", "unfinished.json"


def write_follows(folder: Path, follows: Follows) -> None:
    """Note it, in one step."""
    noted = {"revision": follows.revision, "derived_on": follows.derived_on.isoformat(), "position": follows.position}
    _write(folder / _FOLLOWS, noted)


def read_follows(folder: Path) -> Follows:
    """What the generation in a folder follows. Raises OSError or ValueError when that cannot be known."""
    noted = _read(folder / _FOLLOWS)
    try:
        return Follows(int(noted["revision"]), date.fromisoformat(noted["derived_on"]), str(noted["position"]))
    except (LookupError, TypeError) as error:
        raise ValueError(f"{folder.name}: {_FOLLOWS} cannot be understood") from error


Held = tuple[int, int]
"""How many documents the two indexes of a generation hold."""


def write_mark(folder: Path, place: str, held: Held) -> None:
    """Note how far an unfinished generation has been filled, and what it holds then, in one step."""
    _write(folder / _MARK, {"done": place, "held": held})


def read_mark(folder: Path) -> tuple[str, Held]:
    """How far an unfinished generation has been filled, and what it held then. Raises OSError or ValueError."""
    noted = _read(folder / _MARK)
    try:
        records, pages = noted["held"]
        return str(noted["done"]), (int(records), int(pages))
    except (LookupError, TypeError) as error:
        raise ValueError(f"{folder.name}: {_MARK} cannot be understood") from error


def is_unfinished(folder: Path) -> bool:
    """Whether a generation is still to be filled, or was left before it was full."""
    return (folder / _MARK).exists()


def finish(folder: Path) -> None:
    """Note that the generation is full."""
    (folder / _MARK).unlink()


def _write(file: Path, noted: dict[str, Any]) -> None:
    fresh = file.with_suffix(".new")
    fresh.write_text(json.dumps(noted))
    os.replace(fresh, file)


def _read(file: Path) -> dict[str, Any]:
    noted = json.loads(file.read_text())
    if not isinstance(noted, dict):
        raise ValueError(f"{file.name} cannot be understood")
    return noted
