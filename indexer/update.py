"""Bringing the current generation up to the register and the day, without reading more into it than has changed."""

from collections.abc import Callable, Iterator
from dataclasses import dataclass, field
from datetime import date

from access_policy.register.restrictions import Restrictions
from access_policy.register.touched import Touched
from indexer.index.port import Follows, Generations
from indexer.pipeline import Tally, documents
from indexer.sources.port import BadRow, Source, SourceRecord


@dataclass
class Updated:
    """What an update did: the targets that were touched, and what became of the records at or below them."""

    touched: Touched
    tally: Tally = field(default_factory=Tally)


def update(
    source: Source,
    restrictions: Restrictions,
    touched: Touched,
    generations: Generations,
    *,
    today: date,
    progress: Callable[[int], None] = lambda _: None,
) -> Updated:
    """Derive everything at or below the touched targets anew and put it in the place of what the generation holds.

    `restrictions` and `touched` are of one revision. Until it is done, the overlay keeps back what was closed; what
    was opened stays closed. Raises SourceUnavailable and IndexUnavailable; then nothing has changed.
    """
    done = Updated(touched)
    follows = Follows(restrictions.revision, today)
    if not touched.targets:
        generations.amend((), (), follows)
        return done
    concerned = _Concerned(source, touched.targets, progress)
    stream = documents(concerned, restrictions, today=today, tally=done.tally, refused=lambda _: None)
    generations.amend(touched.targets, stream, follows)
    return done


class _Concerned:
    """Of a source only what stands at or below some targets; rows that were refused before are not named again."""

    def __init__(self, source: Source, targets: frozenset[str], progress: Callable[[int], None]) -> None:
        self._source, self._targets, self._progress = source, targets, progress

    def count(self) -> int:
        return self._source.count()

    def entries(self) -> Iterator[SourceRecord | BadRow]:
        for seen, entry in enumerate(self._source.entries(), start=1):
            self._progress(seen)
            if isinstance(entry, SourceRecord) and not self._targets.isdisjoint(entry.record.lineage):
                yield entry
