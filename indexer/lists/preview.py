"""What a list would change, weighed record by record before it binds anybody."""

from collections import defaultdict
from collections.abc import Callable, Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from datetime import date
from enum import Enum
from itertools import pairwise

from access_policy.conditions import AccessConditions
from access_policy.permit import Permit
from access_policy.record import Record
from access_policy.register.restrictions import Restrictions
from access_policy.rules import conditions_of
from access_policy.terms import AccessStatus, Level
from indexer.sources.port import BadRow, Source

SAMPLES = 5

Run = tuple[int, int]
"""First and last of some pages that follow each other."""


class Effect(Enum):
    """What can happen to a record."""

    CLOSES = "closes"
    OPENS = "opens"
    LESS_KNOWN = "less is known"
    MORE_KNOWN = "more is known"


@dataclass
class Touched:
    """What one effect does within a fonds: records as a whole, pages, permits in force for them, some of the ids."""

    records: int = 0
    pages: int = 0
    permits: int = 0
    samples: list[str] = field(default_factory=list)


@dataclass
class Preview:
    """Every effect by fonds (its title), and the targets of the list that no record has, so that they close nothing."""

    fonds: dict[str, dict[Effect, Touched]] = field(default_factory=lambda: defaultdict(lambda: defaultdict(Touched)))
    unmatched: list[str] = field(default_factory=list)
    records_read: int = 0


@dataclass(frozen=True)
class Extent:
    """How far an effect goes: the record as a whole or not, and which of its pages."""

    whole: bool
    runs: tuple[Run, ...] = ()

    @property
    def pages(self) -> int:
        """How many pages."""
        return sum(end - start + 1 for start, end in self.runs)

    def touches(self, permit: Permit) -> bool:
        """True when the permit opens something of it."""
        if permit.pages is None:
            return True
        first, last = permit.pages
        return any(first <= end and start <= last for start, end in self.runs)


@dataclass(frozen=True)
class Change:
    """The conditions of one record on one day, without the list and with it."""

    before: AccessConditions
    after: AccessConditions
    day: date
    page_count: int

    def effects(self) -> dict[Effect, Extent]:
        """Whatever happens to the record or to pages of it, and how far."""
        before, after = (each.for_record() for each in (self.before, self.after))
        was, becomes = _is_open(before, self.day), _is_open(after, self.day)
        shown, will_show = before.known(self.day), after.known(self.day)
        found = {
            Effect.CLOSES: Extent(was and not becomes, self._flipped(closing=True)),
            Effect.OPENS: Extent(becomes and not was, self._flipped(closing=False)),
            Effect.LESS_KNOWN: Extent(will_show < shown),
            Effect.MORE_KNOWN: Extent(will_show > shown),
        }
        return {effect: extent for effect, extent in found.items() if extent.whole or extent.runs}

    def _flipped(self, *, closing: bool) -> tuple[Run, ...]:
        first, second = (self.before, self.after) if closing else (self.after, self.before)
        return tuple(
            run
            for run in self._runs()
            if _is_open(first.for_page(run[0]), self.day) and not _is_open(second.for_page(run[0]), self.day)
        )

    def _runs(self) -> Iterator[Run]:
        """Ranges of pages that the same grounds name, so that one page speaks for all of the range."""
        ranges = [ground.pages for each in (self.before, self.after) for ground in each.grounds if ground.pages]
        cuts = {cut for first, last in ranges for cut in (first, last + 1) if 1 < cut <= self.page_count}
        return ((start, end - 1) for start, end in pairwise(sorted({1, self.page_count + 1} | cuts)))


def preview(
    source: Source,
    now: Restrictions,
    then: Restrictions,
    *,
    targets: Sequence[str],
    permits: Mapping[str, Sequence[Permit]],
    day: date,
    progress: Callable[[int], None],
) -> Preview:
    """Weigh `then` against `now` on a day. `targets` are those of the list, `permits` are by record.

    Raises SourceUnavailable.
    """
    found = Preview()
    for done, entry in enumerate(source.entries(), start=1):
        progress(done)
        if isinstance(entry, BadRow):
            continue
        record, before, after = entry.record, now.of(entry.record), then.of(entry.record)
        found.records_read += 1
        if before != after:
            change = Change(conditions_of(record, before), conditions_of(record, after), day, record.page_count)
            _note(found, record, change, permits.get(record.id, ()))
    unmatched = set(then.unmatched())
    found.unmatched = sorted(set(targets) & unmatched)
    return found


def permits_by_record(permits: Sequence[Permit]) -> dict[str, list[Permit]]:
    """Permits by the record they are for."""
    found: dict[str, list[Permit]] = defaultdict(list)
    for permit in permits:
        found[permit.record_id].append(permit)
    return dict(found)


def _note(found: Preview, record: Record, change: Change, permits: Sequence[Permit]) -> None:
    for effect, extent in change.effects().items():
        touched = found.fonds[_fonds_title(record)][effect]
        touched.records += extent.whole
        touched.pages += extent.pages
        touched.permits += sum(
            permit.starts_on <= change.day <= permit.ends_on and extent.touches(permit) for permit in permits
        )
        if len(touched.samples) < SAMPLES:
            touched.samples.append(record.id)


def _fonds_title(record: Record) -> str:
    if record.fonds is not None:
        return record.fonds.title
    return record.title if record.level is Level.FONDS else "outside any fonds"


def _is_open(conditions: AccessConditions, day: date) -> bool:
    return conditions.governing(day).status is AccessStatus.OPEN
