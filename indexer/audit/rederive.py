"""Deriving the archive anew: what may be in the index, and beside it what may not and is asked for later."""

from collections.abc import Iterator
from datetime import date

from access_policy.register.restrictions import Restrictions
from access_policy.terms import Known
from indexer.audit.derived import Item, KeptOut, flat
from indexer.audit.hidden import Hidden
from indexer.pipeline import Tally, documents
from indexer.sources.port import BadRow, Source, SourceRecord


def rederive(
    source: Source, restrictions: Restrictions, *, today: date, withheld: frozenset[str], hidden: Hidden, tally: Tally
) -> Iterator[Item]:
    """Every record of the source: what may be in the index of it, or that nothing may. Raises SourceUnavailable."""
    rows, kept_out = _Watched(source), list[SourceRecord]()

    def keep_out(_record_id: str) -> None:
        entry = rows.last
        kept_out.append(entry)
        hidden.record(entry)

    stream = documents(rows, restrictions, today=today, tally=tally, refused=lambda _: None, kept_out=keep_out)
    for made in stream:
        derived = flat(made, withheld=withheld)
        if made[0].disclosure.known is Known.DESCRIPTION:
            hidden.parts(rows.last, made)
        else:
            kept_out.pop()
            hidden.stub(made[0].description, kept_back=derived.kept_back)
        if derived.kept_back:
            hidden.ids.add(derived.record_id)
            hidden.record(rows.last)
        yield from _nothing_of(kept_out, hidden)
        yield derived
    yield from _nothing_of(kept_out, hidden)


def _nothing_of(kept_out: list[SourceRecord], hidden: Hidden) -> Iterator[KeptOut]:
    for entry in kept_out:
        hidden.ids.add(entry.record.id)
        yield KeptOut(entry.record.id)
    kept_out.clear()


class _Watched:
    """The entries of a source, and which of them came last."""

    def __init__(self, source: Source) -> None:
        self._source = source
        self.last: SourceRecord

    def __iter__(self) -> Iterator[SourceRecord | BadRow]:
        for entry in self._source.entries():
            if isinstance(entry, SourceRecord):
                self.last = entry
            yield entry
