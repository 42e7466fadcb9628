"""A source that plays back a list of entries, and one that breaks in the middle."""

from collections.abc import Iterator, Sequence
from dataclasses import dataclass

from indexer.sources.port import BadRow, SourceRecord, SourceUnavailable


@dataclass
class ListedSource:
    """Yields its entries; after `breaks_after` of them the database is away."""

    listed: Sequence[SourceRecord | BadRow]
    breaks_after: int | None = None

    def count(self) -> int:
        """See the port."""
        return len(self.listed)

    def entries(self) -> Iterator[SourceRecord | BadRow]:
        """See the port."""
        for position, entry in enumerate(self.listed):
            if position == self.breaks_after:
                raise SourceUnavailable("the archive database went away")
            yield entry
