"""The rows that a rebuild refuses, on disk from the first on, so that whoever goes on with it can name them all."""

import json
from collections.abc import Iterator
from pathlib import Path
from typing import TextIO

from indexer.keeping.private_files import replace_file
from indexer.sources.port import BadRow


class RefusedRows:
    """One file for each generation that is being filled, for staff's eyes only; `rows` are those known so far.

    The lines stand in the order in which the archive is read, so that the first of them are the rows that were refused
    before a mark. `lost` is how many of those are in no file any more.
    """

    def __init__(self, folder: Path) -> None:
        self._folder, self._generation = folder, ""
        self._file: TextIO | None = None
        self.rows: list[BadRow] = []
        self.lost = 0

    def begin(self, generation: str, count: int) -> None:
        """Take up the first `count` rows noted for a generation; those noted after its last mark will come again."""
        path, self._generation = self._named(generation), generation
        self.rows = list(_noted(path))[:count]
        self.lost = count - len(self.rows)
        replace_file(path, map(_line, self.rows))
        self._file = path.open("a", encoding="utf-8", buffering=1)

    def add(self, row: BadRow) -> None:
        """Note one more. It outlives this process."""
        self.rows.append(row)
        if self._file is not None:
            self._file.write(_line(row))

    def close(self) -> None:
        """Keep what was noted for whoever goes on."""
        if self._file is not None:
            self._file.close()

    def forget(self) -> None:
        """Remove what was noted: all of it has been reported, and no older generation can be gone on with any more."""
        for path in self._folder.glob(self._named("*").name):
            if path.name <= self._named(self._generation).name:
                path.unlink()

    def _named(self, generation: str) -> Path:
        return self._folder / f"refused-{generation}.jsonl"


def _line(row: BadRow) -> str:
    return json.dumps([row.key, row.reason], ensure_ascii=False) + "\n"


def _noted(path: Path) -> Iterator[BadRow]:
    """Up to the first line that was cut short."""
    if not path.exists():
        return
    with path.open(encoding="utf-8") as lines:
        for line in lines:
            try:
                key, reason = json.loads(line)
            except (TypeError, ValueError):
                return
            yield BadRow(key, reason)
