"""A mutation: one protection taken away, and the tests that must notice. They stand in the tables of this folder."""

import tomllib
from collections.abc import Iterable
from dataclasses import dataclass
from pathlib import Path

TABLES = Path(__file__).parent


@dataclass(frozen=True)
class Mutation:
    """`text`, which stands in `file` exactly once, gives way to `becomes`; then one of `tests` must fail.

    `protects` says in a sentence what the text is for. `file` and the tests (pytest's node ids) are relative to the
    root of the project.
    """

    name: str
    protects: str
    file: str
    text: str
    becomes: str
    tests: tuple[str, ...]

    def misfit(self, root: Path) -> str:
        """Why this mutation cannot be made to the project at `root`; empty when it can."""
        try:
            found = (root / self.file).read_text(encoding="utf-8").count(self.text)
        except OSError as error:
            return f"{self.file}: {error.strerror}"
        return "" if found == 1 else f"{self.file} holds its text {found} times instead of once"

    def apply(self, root: Path) -> None:
        """Make the mutation to the project at `root`."""
        file = root / self.file
        file.write_text(file.read_text(encoding="utf-8").replace(self.text, self.becomes), encoding="utf-8")


def read_tables(folder: Path = TABLES) -> tuple[Mutation, ...]:
    """Every mutation of every table. Raises ValueError for a table that is none, or a name that stands twice."""
    mutations = [each for table in sorted(folder.glob("*.toml")) for each in _read(table)]
    names = [each.name for each in mutations]
    twice = {name for name in names if names.count(name) > 1}
    if twice:
        raise ValueError(f"these names stand twice: {' '.join(sorted(twice))}")
    return tuple(mutations)


def _read(table: Path) -> Iterable[Mutation]:
    try:
        entries = tomllib.loads(table.read_text(encoding="utf-8"))["mutation"]
        return [Mutation(**{**entry, "tests": tuple(entry["tests"])}) for entry in entries]
    except (LookupError, TypeError, tomllib.TOMLDecodeError) as error:
        raise ValueError(f"{table.name}: {error}") from error
