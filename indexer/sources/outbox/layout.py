"""What the triggers of the outbox must know of an archive database's tables, for either layout."""

from collections.abc import Mapping
from dataclasses import dataclass

from sqlalchemy import Table

from indexer.sources import legacy_stages, stages
from indexer.sources.legacy_schema import archive, digital_file, fond, page
from indexer.sources.schema import archives, digital_objects, fonds, pages
from indexer.sources.standing import Standing


@dataclass(frozen=True)
class Offices:
    """The table of archives, whose names the fonds repeat: its column with the code, and the fonds' one."""

    table: Table
    code: str
    fonds: Table
    fonds_code: str


@dataclass(frozen=True)
class Parts:
    """A table of pages or objects: the columns that say what a part belongs to, and the table each kind stands for."""

    table: Table
    kind: str
    number: str
    owners: Mapping[str, Table]


@dataclass(frozen=True)
class Layout:
    """The tables of an archive database by what a change in them means."""

    name: str
    described: tuple[Standing, ...]
    parts: tuple[Parts, ...]
    offices: Offices
    number: str
    version: str

    @property
    def tables(self) -> tuple[Table, ...]:
        """All tables that get triggers."""
        described = (standing.table for standing in self.described)
        return (self.offices.table, *described, *(part.table for part in self.parts))


_REFERENCE_OWNERS = {level.value: table for level, table in stages.TABLES.items()}
_LEGACY_OWNERS = {table.name: table for table in legacy_stages.TABLES.values()}

REFERENCE = Layout(
    name="TT 05/2025",
    described=tuple(stages.standing_of(level) for level in stages.TABLES),
    parts=tuple(Parts(table, "record_level", "record_id", _REFERENCE_OWNERS) for table in (pages, digital_objects)),
    offices=Offices(archives, "code", fonds, "archive_code"),
    number="id",
    version="row_version",
)
LEGACY = Layout(
    name="TT 02/2019",
    described=tuple(legacy_stages.standing_of(level) for level in legacy_stages.TABLES),
    parts=tuple(Parts(table, "OwnerTable", "OwnerID", _LEGACY_OWNERS) for table in (page, digital_file)),
    offices=Offices(archive, "Identifier", fond, "Identifier"),
    number="ID",
    version="RowVersion",
)
