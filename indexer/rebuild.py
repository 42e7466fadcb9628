"""A whole new generation: filled, questioned, switched; the old one serves until the last step."""

from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass, field
from datetime import date

from access_policy.overlay import NO_OVERLAY
from access_policy.reader import ANONYMOUS, NOBODY
from access_policy.register.restrictions import Restrictions
from access_policy.terms import Known
from access_policy.visibility import visible_to
from indexer.index.document import Documents
from indexer.index.port import Follows, Generation, Generations, GenerationWriter, IndexReader, Search, Unwritten
from indexer.keeping.place import Place, read_place
from indexer.keeping.read_back import ReadBack
from indexer.pipeline import Notice, Tally, documents
from indexer.sources.port import BadRow, Source

PROBED_IDS = 500
"""How many of the records kept out are asked for by id before a generation goes into service."""

MARKED = 5_000
"""Rows after which the generation is made to outlive the process."""

MOST_UNWRITTEN = 1_000
"""Records that an engine may refuse before that is taken for a fault of the engine, and not of the records."""


class ProbeFailed(Exception):
    """A new generation gave a wrong answer. It was thrown away; the old one keeps serving."""


@dataclass
class Rebuilt:
    """What a rebuild did. `rows` is how many rows the source announced, `resumed` how many of them an earlier run had
    done; `unmatched` are the targets of restricted-use lists that no row had, so that their lines close nothing (not
    known after an earlier run); `unwritten` are records that the engine refused.
    """

    rows: int
    tally: Tally = field(default_factory=Tally)
    generation: str = ""
    resumed: int = 0
    unmatched: list[str] = field(default_factory=list)
    unwritten: Sequence[Unwritten] = ()


def rebuild(
    source: Source,
    restrictions: Restrictions,
    generations: Generations,
    *,
    today: date,
    begun: Callable[[Rebuilt], None] = lambda _: None,
    refused: Callable[[BadRow], None] = lambda _: None,
    noticed: Callable[[Notice], None] = lambda _: None,
    progress: Callable[[Rebuilt], None] = lambda _: None,
    resume: bool = False,
    put_into_service: Callable[[Generation], None] | None = None,
    marked: int = MARKED,
) -> Rebuilt:
    """Read everything into a new generation, or the rest into one that was left unfinished, and put it into service.

    It follows the log of changes from before its first row; `begun` hears of it before that row is read;
    `put_into_service` may bring it up to date before it switches. Raises SourceUnavailable, IndexUnavailable,
    ProbeFailed and what `put_into_service` raises; then the old generation keeps serving, unless the switch was over.
    """
    log = source.changes()
    follows = Follows(restrictions.revision, today, log.position() if log is not None else "")
    rows = source.count()
    with generations.begin(follows, resume=resume) as writer:
        done = Rebuilt(rows, generation=writer.name)
        filling = _Filling(writer, source, restrictions, done, marked)
        begun(done)
        filling.fill(refused, noticed, progress)
        done.unwritten = writer.seal()
        done.unmatched = [] if done.resumed else restrictions.unmatched()
        filling.question()
        (put_into_service or generations.switch)(writer)
    progress(done)
    return done


class _Filling:
    """The filling of one generation, all of it derived for the day on which it was begun."""

    def __init__(
        self, writer: GenerationWriter, source: Source, restrictions: Restrictions, done: Rebuilt, marked: int
    ) -> None:
        self._writer, self._source, self._restrictions, self._done = writer, source, restrictions, done
        self._marked, self._today = marked, writer.follows.derived_on
        self._read_back, self._hidden = ReadBack(writer.name), list[str]()
        self._place = _place_of(writer)
        done.tally, done.resumed = self._place.tally, self._place.tally.rows

    def fill(
        self,
        refused: Callable[[BadRow], None],
        noticed: Callable[[Notice], None],
        progress: Callable[[Rebuilt], None],
    ) -> None:
        """Write everything that is not written yet."""
        tally, next_mark = self._done.tally, self._done.resumed + self._marked
        after = self._place.row_key
        for record, pages in documents(
            self._source.entries(after=after),
            self._restrictions,
            today=self._today,
            tally=tally,
            refused=refused,
            kept_out=self._keep_out,
            noticed=noticed,
        ):
            self._writer.add(record, pages)
            self._read_back.note((record, pages))
            if tally.rows >= next_mark:
                self._writer.mark(Place(record.row_key, tally).written())
                next_mark = tally.rows + self._marked
            progress(self._done)

    def question(self) -> None:
        """Ask the sealed generation whether it holds what was written, and nothing else. Raises ProbeFailed."""
        if len(self._done.unwritten) > MOST_UNWRITTEN:
            raise ProbeFailed(f"{len(self._done.unwritten):,} records were refused by the engine")
        self._forget_unwritten()
        reader = self._writer.reader()
        probe(reader, self._done.tally, self._hidden, today=self._today)
        anybody = visible_to(reader=ANONYMOUS, today=self._today, overlay=NO_OVERLAY)
        refused = {each.record_id for each in self._done.unwritten}
        for record_id in self._read_back.differing(reader, visibility=anybody):
            if record_id not in refused:
                raise ProbeFailed(f"{record_id} does not read as it was written")

    def _forget_unwritten(self) -> None:
        """Count as not indexed what was refused."""
        tally = self._done.tally
        for record, pages in self._unwritten():
            described = record.disclosure.known is Known.DESCRIPTION
            tally.records_indexed -= described
            tally.records_acknowledged -= not described
            tally.pages_indexed -= len(pages)

    def _unwritten(self) -> Iterator[Documents]:
        refused = {each.record_id for each in self._done.unwritten}
        if refused:
            below = self._source.below(refused)
            stream = documents(below, self._restrictions, today=self._today, tally=Tally(), refused=lambda _: None)
            yield from (made for made in stream if made[0].description.id in refused)

    def _keep_out(self, record_id: str) -> None:
        if len(self._hidden) < PROBED_IDS:
            self._hidden.append(record_id)


def _place_of(writer: GenerationWriter) -> Place:
    try:
        return read_place(writer.done)
    except ValueError as error:
        raise ProbeFailed(f"generation {writer.name}: {error}; run rebuild without --resume") from None


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
