"""An archive in memory whose rows change while its log tells of it; the log can be cut, and the archive go away."""

from collections.abc import Callable, Collection, Iterable, Iterator
from dataclasses import replace
from datetime import UTC, datetime

from access_policy.record import Page, Parent, Record
from access_policy.terms import Level
from indexer.sources.port import BadRow, Change, Changes, SourceRecord, SourceUnavailable, Waiting
from tests.index.corpus import record

CHANGED_AT = datetime(2026, 11, 21, 4, tzinfo=UTC)

Entry = SourceRecord | BadRow


class ChangingArchive:
    """A `Source` and its own `ChangeLog`. `at_after` is called whenever the next changes are asked for."""

    def __init__(self, entries: Iterable[SourceRecord] = ()) -> None:
        self.kept: dict[str, Entry] = {}
        self.log: list[Change] = []
        self.cut, self.version = 0, 0
        self.away = self.logless = False
        self.at_after: Callable[[], None] = lambda: None
        for entry in entries:
            self.put(entry)

    def put(self, entry: SourceRecord, key: str = "") -> SourceRecord:
        """Write a row, new or not; its key is that of its first id unless it is given."""
        made = replace(entry.record, row_key=key or entry.record.row_key or entry.record.id)
        self.kept[made.row_key] = written = SourceRecord(
            replace(made, row_version=self._next(made.row_key)), entry.pages
        )
        return written

    def change(self, key: str, **fields: object) -> None:
        """Write other values into some columns of a row."""
        entry = self.kept[key]
        assert isinstance(entry, SourceRecord)
        self.put(SourceRecord(replace(entry.record, **fields), entry.pages))  # type: ignore[arg-type]

    def spoil(self, key: str) -> None:
        """Write something into a row that does not validate."""
        self.kept[key] = BadRow(key, "missing title")
        self._next(key)

    def delete(self, key: str) -> None:
        """Delete a row."""
        del self.kept[key]
        self._next(key)

    def rename_parent(self, key: str, **fields: object) -> None:
        """Change a row above others; they take its new values over without a change of their own."""
        self.change(key, **fields)
        above = self._record(key)
        for entry in list(self.kept.values()):
            if isinstance(entry, SourceRecord):
                parents = tuple(
                    Parent(above.id, above.level, above.title, above.reference_code, above.mode)
                    if parent.id == above.id
                    else parent
                    for parent in entry.record.parents
                )
                self.kept[entry.record.row_key] = replace(entry, record=replace(entry.record, parents=parents))

    def count(self) -> int:
        """See the port."""
        return len(self.kept)

    def entries(self, *, after: str = "") -> Iterator[Entry]:
        """See the port."""
        passed = not after
        for key, entry in list(self.kept.items()):
            self._answer()
            if passed:
                yield entry
            passed = passed or key == after

    def rows(self, row_keys: Collection[str]) -> Iterator[Entry]:
        """See the port."""
        above = {self._record(key).id for key in row_keys if isinstance(self.kept.get(key), SourceRecord)}
        for key, entry in list(self.kept.items()):
            self._answer()
            stands_in = isinstance(entry, SourceRecord) and not above.isdisjoint(entry.record.lineage)
            if key in row_keys or stands_in:
                yield entry

    def below(self, targets: Collection[str]) -> Iterator[Entry]:
        """See the port."""
        for entry in list(self.kept.values()):
            self._answer()
            if isinstance(entry, SourceRecord) and not set(targets).isdisjoint(entry.record.lineage):
                yield entry

    def changes(self) -> "ChangingArchive | None":
        """See the port."""
        return None if self.logless else self

    def position(self) -> str:
        """See the port."""
        self._answer()
        return str(len(self.log))

    def after(self, position: str, limit: int) -> Changes:
        """See the port."""
        self.at_after()
        start = self._place(position)
        taken = self.log[start : start + limit]
        return Changes(tuple(taken), str(start + len(taken)))

    def waiting(self, position: str) -> Waiting:
        """See the port."""
        left = len(self.log) - self._place(position)
        return Waiting(left, CHANGED_AT if left else None)

    def forget(self, position: str) -> None:
        """See the port."""
        self.cut = max(self.cut, self._place(position))

    def _place(self, position: str) -> int:
        self._answer()
        if int(position) < self.cut:
            raise SourceUnavailable("the log does not reach back so far")
        return int(position)

    def _record(self, key: str) -> Record:
        entry = self.kept[key]
        assert isinstance(entry, SourceRecord)
        return entry.record

    def _next(self, key: str) -> int:
        self.version += 1
        self.log.append(Change(key, self.version))
        return self.version

    def _answer(self) -> None:
        if self.away:
            raise SourceUnavailable("the archive database went away")


def fonds(title: str = "Ty Điền địa") -> SourceRecord:
    """A fonds."""
    return SourceRecord(record(0, title, id="h38.td", level=Level.FONDS, mode=None, parents=()))


def item(number: int, title: str = "", **changes: object) -> SourceRecord:
    """An open item of the fonds with one page, on which a word of its own stands."""
    one = record(number, title or f"Giao đất {number}", page_count=1, **changes)
    return SourceRecord(one, (Page(1, f"zumkyra{number}"),))
