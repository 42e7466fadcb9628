"""A whole new generation: filled, questioned, switched; the old one serves until the last step."""

from collections.abc import Callable
from dataclasses import dataclass, field
from datetime import date

from access_policy.overlay import NO_OVERLAY
from access_policy.reader import ANONYMOUS, NOBODY
from access_policy.register.restrictions import Restrictions
from access_policy.visibility import visible_to
from indexer.index.port import Follows, Generations, IndexReader, Search
from indexer.pipeline import Notice, Tally, documents
from indexer.sources.port import BadRow, Source

PROBED_IDS = 500
"""How many of the records kept out are asked for by id before a generation goes into service."""


class ProbeFailed(Exception):
    """A new generation gave a wrong answer. It was thrown away; the old one keeps serving."""


@dataclass
class Rebuilt:
    """What a rebuild did. `rows` is how many rows the source announced; `unmatched` are the targets of restricted-use
    lists that no row had, so that their lines close nothing.
    """

    rows: int
    tally: Tally = field(default_factory=Tally)
    generation: str = ""
    unmatched: list[str] = field(default_factory=list)


def rebuild(
    source: Source,
    restrictions: Restrictions,
    generations: Generations,
    *,
    today: date,
    refused: Callable[[BadRow], None] = lambda _: None,
    noticed: Callable[[Notice], None] = lambda _: None,
    progress: Callable[[Rebuilt], None] = lambda _: None,
) -> Rebuilt:
    """Read everything into a new generation and put it into service.

    Raises SourceUnavailable, IndexUnavailable or ProbeFailed; then the old generation keeps serving.
    """
    done = Rebuilt(source.count())
    hidden: list[str] = []

    def remember(record_id: str) -> None:
        if len(hidden) < PROBED_IDS:
            hidden.append(record_id)

    with generations.begin(Follows(restrictions.revision, today)) as writer:
        for record, pages in documents(
            source, restrictions, today=today, tally=done.tally, refused=refused, kept_out=remember, noticed=noticed
        ):
            writer.add(record, pages)
            progress(done)
        done.generation, done.unmatched = writer.name, restrictions.unmatched()
        probe(writer.seal(), done.tally, hidden, today=today)
        generations.switch(writer)
    progress(done)
    return done


def probe(reader: IndexReader, tally: Tally, hidden: list[str], *, today: date) -> None:
    """Question a generation as anybody and as nobody. Raises ProbeFailed with the first wrong answer."""
    anybody, nobody = (visible_to(reader=reader, today=today, overlay=NO_OVERLAY) for reader in (ANONYMOUS, NOBODY))
    answers = {
        "records": (reader.search(Search(limit=1), visibility=anybody).total, tally.records_indexed),
        "pages": (reader.page_total(visibility=anybody), tally.pages_indexed),
        "records shown to nobody": (reader.search(Search(limit=1), visibility=nobody).total, 0),
        "pages shown to nobody": (reader.page_total(visibility=nobody), 0),
        "records that must stay hidden": (len(reader.records(hidden, visibility=anybody)), 0),
    }
    for what, (answer, expected) in answers.items():
        if answer != expected:
            raise ProbeFailed(f"{what}: {answer}, expected {expected}")
    if not tally.records_indexed:
        raise ProbeFailed("nothing to index: the archive database holds no record that may be known")
