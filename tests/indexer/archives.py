"""A source that plays back a list of entries, one that breaks in the middle, and a log of changes one can write to."""

from collections.abc import Collection, Iterator, Sequence
from dataclasses import dataclass, field
from datetime import datetime

from indexer.sources.port import BadRow, Change, ChangeLog, Changes, SourceRecord, SourceUnavailable, Waiting


@dataclass
class ListedLog:
    """Changes as they are told; a position is how many were seen."""

    told: list[Change] = field(default_factory=list)
    forgotten: int = 0
    oldest: datetime | None = None

    def tell(self, row_key: str, version: int) -> None:
        """One more change."""
        self.told.append(Change(row_key, version))

    def position(self) -> str:
        """See the port."""
        return str(len(self.told))

    def after(self, position: str, limit: int) -> Changes:
        """See the port."""
        seen = self._seen(position)
        found = tuple(self.told[seen : seen + limit])
        return Changes(found, str(seen + len(found)))

    def waiting(self, position: str) -> Waiting:
        """See the port."""
        left = len(self.told) - self._seen(position)
        return Waiting(left, self.oldest if left else None)

    def forget(self, position: str) -> None:
        """See the port."""
        self.forgotten = max(self.forgotten, self._seen(position))

    def _seen(self, position: str) -> int:
        seen = int(position) if position.isdecimal() else -1
        if not self.forgotten <= seen <= len(self.told):
            raise SourceUnavailable(f"position {position!r} is none of this log")
        return seen


@dataclass
class ListedSource:
    """Yields its entries; after `breaks_after` of them, however they are read, the database is away."""

    listed: Sequence[SourceRecord | BadRow]
    breaks_after: int | None = None
    log: ChangeLog | None = None

    def count(self) -> int:
        """See the port."""
        return len(self.listed)

    def entries(self, *, after: str = "") -> Iterator[SourceRecord | BadRow]:
        """See the port."""
        keys = [_key(entry) for entry in self.listed]
        if after and after not in keys:
            raise SourceUnavailable(f"no row {after!r} after which reading could go on")
        begin = keys.index(after) + 1 if after else 0
        for position, entry in enumerate(self.listed[begin:]):
            if position == self.breaks_after:
                raise SourceUnavailable("the archive database went away")
            yield entry

    def rows(self, row_keys: Collection[str]) -> Iterator[SourceRecord | BadRow]:
        """See the port; a refused row is given by its own key alone, since nothing tells what it stands in."""
        keys = set(row_keys) - {""}
        roots = {
            entry.record.id for entry in self.listed if isinstance(entry, SourceRecord) and entry.record.row_key in keys
        }
        for entry in self.entries():
            if _key(entry) in keys or (isinstance(entry, SourceRecord) and not roots.isdisjoint(entry.record.lineage)):
                yield entry

    def below(self, targets: Collection[str]) -> Iterator[SourceRecord | BadRow]:
        """See the port."""
        for entry in self.entries():
            if isinstance(entry, BadRow) or not set(targets).isdisjoint(entry.record.lineage):
                yield entry

    def changes(self) -> ChangeLog | None:
        """See the port."""
        return self.log


def _key(entry: SourceRecord | BadRow) -> str:
    return entry.record.row_key if isinstance(entry, SourceRecord) else entry.key
