"""Source -> record -> conditions -> documents: a stream that counts as it goes."""

from collections import Counter
from collections.abc import Callable, Iterator
from dataclasses import dataclass, field
from datetime import date

from access_policy.register.store import Listings
from access_policy.rules import conditions_of
from indexer.documents import Documents, to_documents
from indexer.sources.port import BadRow, Source, SourceRecord


@dataclass
class Tally:
    """What became of the rows: read, indexed, kept out by the rule that keeps them out, refused by reason."""

    records_read: int = 0
    pages_read: int = 0
    records_indexed: int = 0
    pages_indexed: int = 0
    kept_out: Counter[str] = field(default_factory=Counter)
    refused: Counter[str] = field(default_factory=Counter)

    @property
    def rows(self) -> int:
        """Rows taken from the source so far, good and bad."""
        return self.records_read + sum(self.refused.values())


def documents(
    source: Source,
    listings: Listings,
    *,
    today: date,
    tally: Tally,
    refused: Callable[[BadRow], None],
    kept_out: Callable[[str], None] = lambda _: None,
) -> Iterator[Documents]:
    """The documents of every record that may be known today. `refused` hears of bad rows, `kept_out` of hidden ids."""
    for entry in source.entries():
        if isinstance(entry, BadRow):
            tally.refused[entry.reason] += 1
            refused(entry)
            continue
        made = _documents(entry, listings, today, tally)
        if made is None:
            kept_out(entry.record.id)
        else:
            yield made


def _documents(entry: SourceRecord, listings: Listings, today: date, tally: Tally) -> Documents | None:
    record = entry.record
    conditions = conditions_of(record, listings.of(record))
    tally.records_read += 1
    tally.pages_read += len(entry.pages)
    made = to_documents(record, entry.pages, conditions, today=today)
    if made is None:
        tally.kept_out[conditions.for_record().governing(today).rule] += 1
    else:
        tally.records_indexed += 1
        tally.pages_indexed += len(made[1])
    return made
