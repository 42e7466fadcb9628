"""Source -> record -> conditions -> documents: a stream that counts as it goes."""

from collections import Counter
from collections.abc import Callable, Iterable, Iterator, Sequence
from dataclasses import dataclass, field
from datetime import date

from access_policy.conditions import AccessConditions
from access_policy.record import Quarantine, Record
from access_policy.register.restrictions import Restrictions
from access_policy.rules import conditions_of
from access_policy.terms import Known
from indexer.documents import to_documents
from indexer.index.document import Documents
from indexer.protection import ProtectedPage, protected_page, protected_record
from indexer.secrecy_net import secrecy_marks
from indexer.sources.port import BadRow, SourceRecord

MARK_OF_SECRECY = "a mark of secrecy stands on it: the record is kept out until somebody has looked"
UNCOVERED_NUMBER = "a personal number stands on its image, and nobody knows where: a redaction should be drawn"


@dataclass(frozen=True)
class Notice:
    """A page that people should look at, and why; never what stands on it."""

    record_id: str
    page: int
    reason: str


@dataclass
class Tally:
    """What became of the rows: read, indexed, acknowledged (only that they are there may be known), kept out by the
    rule that keeps them out, refused by reason; and what people should look at.
    """

    records_read: int = 0
    pages_read: int = 0
    records_indexed: int = 0
    records_acknowledged: int = 0
    pages_indexed: int = 0
    kept_out: Counter[str] = field(default_factory=Counter)
    noticed: Counter[str] = field(default_factory=Counter)
    refused: Counter[str] = field(default_factory=Counter)

    def count(self, entry: SourceRecord, conditions: AccessConditions, made: Documents | None, *, today: date) -> None:
        """Count one row that was read, and what became of it."""
        self.records_read += 1
        self.pages_read += len(entry.pages)
        if made is None:
            self.kept_out[conditions.for_record().governing(today).rule] += 1
        elif made[0].disclosure.known is not Known.DESCRIPTION:
            self.records_acknowledged += 1
        else:
            self.records_indexed += 1
            self.pages_indexed += len(made[1])

    @property
    def rows(self) -> int:
        """Rows taken from the source so far, good and bad."""
        return self.records_read + sum(self.refused.values())


def documents(
    entries: Iterable[SourceRecord | BadRow],
    restrictions: Restrictions,
    *,
    today: date,
    tally: Tally,
    refused: Callable[[BadRow], None],
    kept_out: Callable[[str], None] = lambda _: None,
    noticed: Callable[[Notice], None] = lambda _: None,
) -> Iterator[Documents]:
    """The documents of every record that may be known today. `refused` hears of bad rows, `kept_out` of the ids of
    records whose descriptions may not be shown, `noticed` of pages that people should look at.
    """
    for entry in entries:
        if isinstance(entry, BadRow):
            tally.refused[entry.reason] += 1
            refused(entry)
            continue
        made = _made(entry, restrictions, today, tally, noticed)
        if made is None or made[0].disclosure.known is not Known.DESCRIPTION:
            kept_out(entry.record.id)
        if made is not None:
            yield made


def _made(
    entry: SourceRecord, restrictions: Restrictions, today: date, tally: Tally, noticed: Callable[[Notice], None]
) -> Documents | None:
    record_id, quarantine = entry.record.id, secrecy_marks(entry.pages)
    pages = [protected_page(p, restrictions.redactions(record_id, p.number), today=today) for p in entry.pages]
    for notice in (*_marked(record_id, quarantine), *_uncovered(entry.record, pages)):
        tally.noticed[notice.reason] += 1
        noticed(notice)
    conditions = conditions_of(entry.record, (*restrictions.of(entry.record), *quarantine))
    made = to_documents(protected_record(entry.record, today=today), pages, conditions, today=today)
    tally.count(entry, conditions, made, today=today)
    return made


def _marked(record_id: str, quarantine: Sequence[Quarantine]) -> Iterator[Notice]:
    for found in quarantine:
        yield Notice(record_id, found.page, MARK_OF_SECRECY)


def _uncovered(record: Record, pages: Sequence[ProtectedPage]) -> Iterator[Notice]:
    if any(held.page_count for held in record.objects):
        for each in pages:
            if each.uncovered:
                yield Notice(record.id, each.page.number, UNCOVERED_NUMBER)
