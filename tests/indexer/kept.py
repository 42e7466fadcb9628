"""A register, an archive that changes, and an index that begins in step with them."""

from datetime import UTC, date, datetime
from pathlib import Path

from access_policy.overlay import NO_OVERLAY
from access_policy.reader import ANONYMOUS
from access_policy.visibility import visible_to
from indexer.index.memory.generations import MemoryGenerations
from indexer.index.port import Generations, IndexReader, Search
from indexer.index.query import parse
from indexer.index.tantivy.generations import TantivyGenerations
from indexer.keeping.catching_up import PLAIN, CaughtUp, Steps, catch_up
from indexer.keeping.differing import Beside, Difference
from indexer.pipeline import Tally
from indexer.rebuild import Rebuilt, rebuild
from tests.empty import empty_register
from tests.indexer.changing import ChangingArchive, fonds, item

DAY = date(2026, 11, 21)
NOON = datetime(2026, 11, 21, 5, tzinfo=UTC)
ANYBODY = visible_to(reader=ANONYMOUS, today=DAY, overlay=NO_OVERLAY)
FONDS = "h38.td"
IDS = tuple(f"h38.td.01.{number}" for number in (1, 2, 3))


class Kept:
    """One small archive: a fonds and three items."""

    def __init__(self, folder: Path, generations: Generations | None = None) -> None:
        self.register = empty_register(folder / "register.db")
        self.generations = generations or TantivyGenerations(folder / "index")
        self.source = ChangingArchive([fonds(), *map(item, (1, 2, 3))])

    def build(self, *, resume: bool = False, marked: int = 5_000) -> Rebuilt:
        restrictions = self.register.restrictions()
        return rebuild(self.source, restrictions, self.generations, today=DAY, resume=resume, marked=marked)

    def catch_up(self, *, steps: Steps = PLAIN, batch: int = 500) -> CaughtUp:
        return catch_up(self.generations, self.source, self.register, today=DAY, steps=steps, batch=batch)

    def withdraw(self, record_id: str) -> int:
        return self.register.withdraw(record_id, reason="x", author="A", now=NOON)

    @property
    def reader(self) -> IndexReader:
        return self.generations.reader()

    def found(self, words: str = "") -> list[str]:
        return found(self.reader, words)

    def differences(self) -> list[tuple[str, Difference]]:
        """Everything in which the index differs from what it should hold."""
        inventory = self.generations.inventory(today=DAY, withheld=frozenset())
        return sorted(Beside(inventory, self.register.restrictions(), today=DAY).all_of(self.source.entries(), Tally()))


def found(reader: IndexReader, words: str = "") -> list[str]:
    """The ids that anybody finds."""
    return sorted(hit.id for hit in reader.search(Search(parse(words), limit=100), visibility=ANYBODY).hits)


def in_memory(folder: Path) -> Kept:
    """The same over the engine in memory."""
    return Kept(folder, MemoryGenerations())
