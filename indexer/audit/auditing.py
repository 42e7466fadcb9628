"""One audit: derive, compare, question the index, have the portal questioned."""

from collections.abc import Callable, Iterable, Iterator, Sequence
from contextlib import AbstractContextManager
from dataclasses import dataclass
from typing import Protocol

from access_policy.terms import Known
from access_policy.visibility import visible_to
from indexer.audit.channels import READERS, Expected, Questioned, question
from indexer.audit.comparison import BATCH, Compared
from indexer.audit.derived import Derived, Item
from indexer.audit.finding import Findings, Side
from indexer.audit.hidden import Asked, Hidden
from indexer.audit.portal import PortalQuestioned
from indexer.audit.rederive import rederive
from indexer.audit.standard import Standard
from indexer.audit.stored import batches
from indexer.audit.watching import UNWATCHED, Watching
from indexer.index.port import IndexReader
from indexer.pipeline import Tally
from indexer.sources.port import Source


class IndexMoved(Exception):
    """The index was rebuilt or amended during the audit, so that nothing can be said of either state."""


class Comparing(Protocol):
    """A comparison in this process or beside it."""

    def take(self, batch: Sequence[Item]) -> None:
        """Compare some records."""
        ...

    def close(self, candidates: Iterable[str], canaries: int) -> Compared:
        """Finish, and choose canaries."""
        ...


@dataclass(frozen=True)
class Sampling:
    """How many words, ids and pages are asked for, and what the draw depends on."""

    size: int
    seed: str


@dataclass
class Audited:
    """Everything an audit has to tell. `portal` is None when it was not questioned."""

    standard: Standard
    sampling: Sampling
    tally: Tally
    compared: Compared
    asked: Asked
    questioned: Questioned
    portal: PortalQuestioned | None
    findings: Findings

    @property
    def leaks(self) -> int:
        """Findings of more than may be known."""
        return self.findings.total(Side.LEAK)

    @property
    def late(self) -> int:
        """Findings of less than may be known."""
        return self.findings.total(Side.LATE)


def audit(
    source: Source,
    index: IndexReader,
    measure: Standard,
    sampling: Sampling,
    *,
    comparing: AbstractContextManager[Comparing],
    ask_portal: Callable[[Asked], PortalQuestioned] | None,
    watching: Watching = UNWATCHED,
) -> Audited:
    """Raises SourceUnavailable, IndexUnavailable, IndexMoved, ComparisonBroken, PortalUnasked."""
    hidden, tally, counted = Hidden(sampling.size, sampling.seed, today=measure.today), Tally(), _Counted()
    stream = rederive(
        source, measure.restrictions, today=measure.today, withheld=measure.withheld, hidden=hidden, tally=tally
    )
    with comparing as comparison:
        for batch in batches(counted.through(stream), BATCH):
            comparison.take(batch)
            watching.compared(tally)
        watching.turned_to("comparing dictionaries")
        compared = comparison.close(hidden.words(), sampling.size)
    _same_index(index, compared)
    asked = hidden.asked(compared.canaries, measure.withheld)
    watching.turned_to("questioning the index")
    questioned = _questioned(index, asked, counted, measure)
    watching.turned_to("questioning the portal" if ask_portal is not None else "done")
    portal = ask_portal(asked) if ask_portal is not None else None
    findings = Findings()
    for found in (compared.findings, questioned.findings, *((portal.findings,) if portal else ())):
        findings.merge(found)
    return Audited(measure, sampling, tally, compared, asked, questioned, portal, findings)


class _Counted:
    """What everybody may find of a stream."""

    def __init__(self) -> None:
        self.records = self.pages = 0

    def through(self, stream: Iterable[Item]) -> Iterator[Item]:
        for item in stream:
            if isinstance(item, Derived) and item.circle[1] is Known.DESCRIPTION and not item.kept_back:
                self.records += 1
                self.pages += len(item.pages)
            yield item


def _questioned(index: IndexReader, asked: Asked, counted: _Counted, measure: Standard) -> Questioned:
    visibilities = {
        name: visible_to(reader=reader, today=measure.today, overlay=measure.overlay)
        for name, reader in READERS.items()
    }
    return question(index, asked, Expected(counted.records, counted.pages), visibilities)


def _same_index(index: IndexReader, compared: Compared) -> None:
    if (index.generation(), index.revision()) != (compared.generation, compared.revision):
        raise IndexMoved("the index was rebuilt or brought up to date during the audit; run it again")
