"""Comparing the current generation with the archive database, record by record."""

from dataclasses import dataclass
from datetime import date

from access_policy.overlay import NO_OVERLAY
from access_policy.reader import ANONYMOUS
from access_policy.register.restrictions import Restrictions
from access_policy.terms import Known
from access_policy.visibility import Visibility, visible_to
from indexer.index.document import RecordDocument
from indexer.index.port import IndexReader, Search
from indexer.pipeline import Tally, documents
from indexer.sources.port import Source

BATCH = 200


@dataclass
class Verified:
    """How index and database differ: in the database only, in both but unlike, in the index only, forbidden there."""

    compared: int = 0
    missing: int = 0
    stale: int = 0
    orphan: int = 0
    forbidden: int = 0

    @property
    def clean(self) -> bool:
        """True when the index holds exactly what it should."""
        return not (self.missing or self.stale or self.orphan or self.forbidden)


def verify(source: Source, restrictions: Restrictions, reader: IndexReader, *, today: date) -> Verified:
    """Derive every description anew and compare it with the index. Raises SourceUnavailable, IndexUnavailable."""
    visibility, tally, found = visible_to(reader=ANONYMOUS, today=today, overlay=NO_OVERLAY), Tally(), Verified()
    hidden: list[str] = []
    batch: list[RecordDocument] = []
    stream = documents(source, restrictions, today=today, tally=tally, refused=lambda _: None, kept_out=hidden.append)
    for record, _ in stream:
        if record.disclosure.known is Known.DESCRIPTION:
            batch.append(record)
        if len(batch) == BATCH:
            _compare(batch, reader, visibility, found)
            found.forbidden += _shown(hidden, reader, visibility)
            batch, hidden[:] = [], []
    _compare(batch, reader, visibility, found)
    found.forbidden += _shown(hidden, reader, visibility)
    shown = reader.search(Search(limit=1), visibility=visibility).total
    found.orphan = shown - (found.compared - found.missing) - found.forbidden
    return found


def _compare(batch: list[RecordDocument], reader: IndexReader, visibility: Visibility, found: Verified) -> None:
    shown = reader.records([record.description.id for record in batch], visibility=visibility)
    for record in batch:
        found.compared += 1
        indexed = shown.get(record.description.id)
        found.missing += indexed is None
        found.stale += indexed is not None and indexed != record.description


def _shown(hidden: list[str], reader: IndexReader, visibility: Visibility) -> int:
    return len(reader.records(hidden, visibility=visibility))
