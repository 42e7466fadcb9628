"""Reading and writing the register through one SQLAlchemy engine."""

from collections import defaultdict
from collections.abc import Iterable, Mapping
from dataclasses import asdict, dataclass
from datetime import date

from sqlalchemy import Engine, insert, select

from access_policy.record import Listing, Record
from access_policy.register.tables import list_entries, list_versions, metadata


@dataclass(frozen=True)
class ListVersion:
    """One issued restricted-use list. In force from `effective_from` to the day before `effective_to`."""

    number: str
    issued_on: date
    authority: str
    legal_basis: str
    effective_from: date
    effective_to: date | None = None


@dataclass(frozen=True)
class ListEntry:
    """One line of a list. `target_id` is the id of a fonds, an inventory, a file, an item or any other record."""

    target_id: str
    category: str
    reason: str
    opens_on: date | None = None
    first_page: int | None = None
    last_page: int | None = None
    existence_shown: bool = False
    description_shown: bool = False
    requestable: bool = False


class Listings:
    """The lines of all lists by target, in memory: what a rebuild asks once for every record."""

    def __init__(self, by_target: Mapping[str, tuple[Listing, ...]]) -> None:
        self._by_target = by_target
        self._named: set[str] = set()

    def of(self, record: Record) -> tuple[Listing, ...]:
        """Every line that names the record or anything above it. A line with pages binds only the record it names."""
        own = self._by_target.get(record.id, ())
        above = (line for parent in record.parents for line in self._by_target.get(parent.id, ()) if line.pages is None)
        if own:
            self._named.add(record.id)
        return (*own, *above)

    def unmatched(self) -> list[str]:
        """Targets that no record asked for so far has had, in order: lines that close nothing."""
        return sorted(set(self._by_target) - self._named)


class Register:
    """The restricted-use lists of one archive."""

    def __init__(self, engine: Engine) -> None:
        self._engine = engine

    def create(self) -> None:
        """Create the tables where they are missing."""
        metadata.create_all(self._engine)

    def add(self, version: ListVersion, entries: Iterable[ListEntry]) -> None:
        """Write one list with all its lines, or nothing. Raises ValueError for a line with an impossible page range."""
        entries = tuple(entries)
        for entry in entries:
            _check_pages(entry)
        lines = [asdict(entry) | {"list_number": version.number} for entry in entries]
        with self._engine.begin() as connection:
            connection.execute(insert(list_versions).values(**asdict(version)))
            if lines:
                connection.execute(insert(list_entries), lines)

    def listings(self) -> Listings:
        """Every line of every list, past and coming: the dates in each line say when it binds."""
        by_target: dict[str, list[Listing]] = defaultdict(list)
        query = select(list_entries, list_versions).join_from(list_entries, list_versions)
        with self._engine.connect() as connection:
            for row in connection.execute(query):
                by_target[_target(row.target_id)].append(
                    Listing(
                        list_number=row.number,
                        legal_basis=row.legal_basis,
                        category=row.category,
                        reason=row.reason,
                        since=row.effective_from,
                        until=row.effective_to,
                        opens_on=row.opens_on,
                        pages=_pages(row.first_page, row.last_page),
                        existence_shown=row.existence_shown,
                        description_shown=row.description_shown,
                        requestable=row.requestable,
                    )
                )
        return Listings({target: tuple(lines) for target, lines in by_target.items()})


def _target(written: str) -> str:
    """Ids of records are lower case without margins, however a list spells them."""
    return written.strip().lower()


def _check_pages(entry: ListEntry) -> None:
    if (entry.first_page, entry.last_page) != (None, None) and _pages(entry.first_page, entry.last_page) is None:
        raise ValueError(f"{entry.target_id}: pages {entry.first_page} to {entry.last_page}")


def _pages(first: int | None, last: int | None) -> tuple[int, int] | None:
    """The range of a line; None, the whole record, for a line without pages and for one whose pages make no sense."""
    if first is None or first < 1:
        return None
    last = first if last is None else last
    return (first, last) if first <= last else None
