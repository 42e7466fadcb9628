"""What a generation was derived from, in a small file of the generation."""

import json
import os
from datetime import date
from pathlib import Path

from indexer.index.port import Follows

_FILE = "follows.json"


def write_follows(folder: Path, follows: Follows) -> None:
    """Note it, in one step."""
    fresh = folder / f"{_FILE}.new"
    fresh.write_text(json.dumps({"revision": follows.revision, "derived_on": follows.derived_on.isoformat()}))
    os.replace(fresh, folder / _FILE)


def read_follows(folder: Path) -> Follows:
    """What the generation in a folder follows. Raises OSError or ValueError when that cannot be known."""
    try:
        noted = json.loads((folder / _FILE).read_text())
        return Follows(int(noted["revision"]), date.fromisoformat(noted["derived_on"]))
    except (LookupError, TypeError) as error:
        raise ValueError(f"{folder.name}: {_FILE} cannot be understood") from error
