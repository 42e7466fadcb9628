"""Records that the engine refused, kept in a file until they can be written: one JSON line each."""

import json
from collections.abc import Collection, Sequence
from contextlib import suppress
from dataclasses import dataclass
from datetime import datetime
from pathlib import Path

from indexer.index.port import Unwritten
from indexer.keeping.private_files import append_lines, replace_file
from indexer.sources.port import Source, SourceRecord, SourceUnavailable


@dataclass(frozen=True)
class DeadLetter:
    """One record that is not in a generation because the engine refused it, why, and when. `row_key` is empty when
    there was no row any more.
    """

    generation: str
    record_id: str
    row_key: str
    reason: str
    at: datetime


class DeadLetters:
    """The letters in one file. Whoever writes holds the lock for writing."""

    def __init__(self, file: Path) -> None:
        self.file = file

    def of(self, generation: str) -> list[DeadLetter]:
        """The newest letter of each record of one generation, oldest first."""
        return [letter for letter in self._all() if letter.generation == generation]

    def add(self, letters: Sequence[DeadLetter]) -> None:
        """Keep some more; they are on the disk when this returns."""
        append_lines(self.file, map(_line, letters))

    def settle(self, generation: str, record_ids: Collection[str], still: Sequence[DeadLetter]) -> None:
        """Forget the letters of some records of a generation, but for those that are still refused."""
        left = [each for each in self._all() if each.generation != generation or each.record_id not in record_ids]
        replace_file(self.file, map(_line, (*left, *still)))

    def forget_others(self, generations: Collection[str]) -> None:
        """Forget what concerns generations that are not kept any more."""
        letters = self._all()
        left = [letter for letter in letters if letter.generation in generations]
        if len(left) < len(letters):
            replace_file(self.file, map(_line, left))

    def _all(self) -> list[DeadLetter]:
        newest: dict[tuple[str, str], DeadLetter] = {}
        lines = self.file.read_text(encoding="utf-8").splitlines() if self.file.exists() else []
        for letter in filter(None, map(_letter, lines)):
            newest.pop((letter.generation, letter.record_id), None)
            newest[letter.generation, letter.record_id] = letter
        return list(newest.values())


def addressed(source: Source, generation: str, unwritten: Sequence[Unwritten], *, now: datetime) -> list[DeadLetter]:
    """A letter for each refused record, with the row that it comes from as far as that can be told now."""
    refused = {each.record_id: each.reason for each in unwritten}
    rows: dict[str, str] = {}
    with suppress(SourceUnavailable):
        for entry in source.below(list(refused)):
            if isinstance(entry, SourceRecord) and entry.record.id in refused:
                rows[entry.record.id] = entry.record.row_key
    return [DeadLetter(generation, each, rows.get(each, ""), reason, now) for each, reason in refused.items()]


def _line(letter: DeadLetter) -> str:
    return json.dumps(vars(letter) | {"at": letter.at.isoformat()}, ensure_ascii=False) + "\n"


def _letter(line: str) -> DeadLetter | None:
    """None for a line that was cut short when the machine stopped."""
    try:
        noted = json.loads(line)
        return DeadLetter(**noted | {"at": datetime.fromisoformat(noted["at"])})
    except (ValueError, TypeError, LookupError):
        return None
