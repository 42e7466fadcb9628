"""Trying again what the engine refused."""

from collections.abc import Sequence
from datetime import datetime

from access_policy.register.restrictions import Restrictions
from indexer.index.port import Follows, Generations
from indexer.keeping.dead_letters import DeadLetter, DeadLetters, addressed
from indexer.pipeline import Tally, documents
from indexer.sources.port import Source


def replay(
    letters: DeadLetters, source: Source, restrictions: Restrictions, generations: Generations, *, now: datetime
) -> Sequence[DeadLetter]:
    """Derive the records of all letters of the generation in service anew and write them; those refused again.

    Whoever calls it holds the lock for writing. Raises SourceUnavailable and IndexUnavailable; then every letter stays.
    """
    reader = generations.reader()
    generation, record_ids = reader.generation(), {letter.record_id for letter in letters.of(reader.generation())}
    if not record_ids:
        return []
    unwritten = generations.amend(
        dict.fromkeys(sorted(record_ids), 0),
        documents(
            source.below(record_ids),
            restrictions,
            today=reader.derived_on(),
            tally=Tally(),
            refused=lambda _: None,
        ),
        Follows(reader.revision(), reader.derived_on(), reader.position()),
    )
    still = addressed(source, generation, unwritten, now=now)
    letters.settle(generation, record_ids, still)
    return still
