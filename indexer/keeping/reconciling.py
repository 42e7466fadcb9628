"""Reconciling: find every difference between archive database and index, look again, and mend on request."""

from collections import Counter, defaultdict
from collections.abc import Callable, Iterable, Iterator, Sequence
from dataclasses import dataclass, field
from datetime import date

from access_policy.register.store import Register
from indexer.audit.stored import batches
from indexer.index.port import Follows, Generations
from indexer.keeping.catching_up import PLAIN, Steps, catch_up
from indexer.keeping.differing import Beside, Difference, Differing
from indexer.pipeline import Tally, documents
from indexer.sources.port import BadRow, Source, SourceRecord
from indexer.update import and_then

MOST_REMEMBERED = 100_000
"""Differing records that are looked at again, and mended; when there are more, a rebuild is the shorter way."""

MENDED = 250
"""Records mended at once."""


@dataclass
class Reconciled:
    """How many records were read and compared, and every record that differs, by what is the matter with it."""

    tally: Tally = field(default_factory=Tally)
    counts: Counter[Difference] = field(default_factory=Counter)
    ids: dict[Difference, list[str]] = field(default_factory=lambda: defaultdict(list))

    @property
    def clean(self) -> bool:
        """True when the index holds exactly what it should."""
        return not self.counts.total()

    @property
    def remembered(self) -> list[str]:
        """The records that differ, as far as they were remembered."""
        return [record_id for ids in self.ids.values() for record_id in ids]

    def add(self, differing: Iterable[Differing]) -> None:
        """Take some in; a record found twice counts once as long as it is remembered."""
        left = MOST_REMEMBERED - self.counts.total()
        for record_id, difference in differing:
            self.counts[difference] += 1
            if left > 0:
                self.ids[difference].append(record_id)
                left -= 1


@dataclass(frozen=True)
class Reconciler:
    """Both sides, and what happens around each step of writing."""

    source: Source
    register: Register
    generations: Generations
    today: date
    steps: Steps = PLAIN
    progress: Callable[[int], None] = lambda _seen: None

    def compare(self) -> Reconciled:
        """Catch up, walk through everything, and look again at what differs, since both sides move meanwhile.

        Raises what `catch_up` raises.
        """
        found = Reconciled()
        self._catch_up()
        watched = _watched(self.source.entries(), self.progress)
        found.add(self._beside().all_of(watched, found.tally))
        if found.clean or found.counts.total() > MOST_REMEMBERED:
            return found
        self._catch_up()
        again = Reconciled(found.tally)
        again.add(self._beside().some_of(self.source, list(dict.fromkeys(found.remembered))))
        return again

    def mend(self, found: Reconciled) -> None:
        """Derive what was found to differ anew, and write or remove it. Raises what `catch_up` raises."""
        for batch in batches(dict.fromkeys(found.remembered), MENDED):
            with self.steps.turn():
                self._mend(batch)

    def _mend(self, record_ids: Sequence[str]) -> None:
        reader = self.generations.reader()
        stream = documents(
            self.source.below(record_ids),
            self.register.restrictions(),
            today=reader.derived_on(),
            tally=Tally(),
            refused=lambda _: None,
        )
        unwritten = self.generations.amend(
            dict.fromkeys(record_ids, 0),
            and_then(stream, self.steps.before_writing),
            Follows(reader.revision(), reader.derived_on(), reader.position()),
        )
        if unwritten:
            self.steps.unwritten(reader.generation(), unwritten)

    def _beside(self) -> Beside:
        reader, withheld = self.generations.reader(), frozenset[str]()
        inventory = self.generations.inventory(today=reader.derived_on(), withheld=withheld)
        return Beside(inventory, self.register.restrictions(), today=reader.derived_on())

    def _catch_up(self) -> None:
        catch_up(self.generations, self.source, self.register, today=self.today, steps=self.steps)


def _watched(
    entries: Iterator[SourceRecord | BadRow], progress: Callable[[int], None]
) -> Iterator[SourceRecord | BadRow]:
    for seen, entry in enumerate(entries, start=1):
        progress(seen)
        yield entry
