"""Bringing a generation up to the register and the day, without reading more into it than has changed."""

from collections.abc import Callable, Iterable, Iterator
from dataclasses import dataclass, field
from datetime import date
from typing import TypeVar

from access_policy.register.restrictions import Restrictions
from access_policy.register.touched import Touched
from indexer.index.port import Amendable, Follows, Unwritten
from indexer.pipeline import Tally, documents
from indexer.sources.port import Source

T = TypeVar("T")


@dataclass
class Updated:
    """What an update did: the targets that were touched, what became of the records at or below them, and which of
    them the engine refused.
    """

    touched: Touched
    tally: Tally = field(default_factory=Tally)
    unwritten: tuple[Unwritten, ...] = ()


def update(
    source: Source,
    restrictions: Restrictions,
    touched: Touched,
    target: Amendable,
    *,
    today: date,
    progress: Callable[[int], None] = lambda _: None,
    before_writing: Callable[[], None] = lambda: None,
    tally: Tally | None = None,
) -> Updated:
    """Derive everything at or below the touched targets anew and put it in the place of what the generation holds.

    `restrictions` and `touched` are of one revision; `tally` counts on. Rows that are refused have been named before.
    Until it is done, the overlay keeps back what was closed; what was opened stays closed. Raises SourceUnavailable,
    IndexUnavailable and whatever `before_writing` raises; then nothing has changed.
    """
    done, reader = Updated(touched, Tally() if tally is None else tally), target.reader()
    now = Follows(reader.revision(), reader.derived_on(), reader.position())
    follows = Follows(restrictions.revision, today, now.position)
    if not touched.targets and follows == now:
        return done
    entries = _counted(source.below(touched.targets), progress) if touched.targets else iter(())
    stream = documents(entries, restrictions, today=today, tally=done.tally, refused=lambda _: None)
    targets = dict.fromkeys(touched.targets, 0)
    done.unwritten = tuple(target.amend(targets, and_then(stream, before_writing), follows))
    return done


def and_then(values: Iterable[T], last: Callable[[], None]) -> Iterator[T]:
    """The values, and when all of them have been taken a last check, whose error the one who takes them sees."""
    yield from values
    last()


def _counted(values: Iterable[T], progress: Callable[[int], None]) -> Iterator[T]:
    for seen, value in enumerate(values, start=1):
        progress(seen)
        yield value
