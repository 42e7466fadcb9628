"""A version of a provision as rows of words, and how two versions differ."""

from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from datetime import date, time
from enum import Enum

from portal.desk.administration.columns import SHAPES, Column, Input
from portal.i18n import _, day, number
from portal.requests.provisions.kept import Version
from portal.requests.provisions.models import Content, Provision
from portal.requests.terms import FEE_CLASSES, FeeClass


@dataclass(frozen=True)
class TableRow:
    """One row in words, in the order of its columns. `key` tells it apart from the other rows of its version."""

    key: tuple[str, ...]
    cells: tuple[str, ...]
    confirmed: bool


class Change(Enum):
    """What became of a row."""

    ADDED = "+"
    REMOVED = "-"
    CHANGED = "~"


@dataclass(frozen=True)
class RowChange:
    """A row that differs; `cells` are (column, before, after), all of them for a row that only one version has."""

    change: Change
    key: str
    cells: tuple[tuple[str, str, str], ...]


def table_rows(provision: Provision, content: Content) -> Sequence[TableRow]:
    """The rows of a version, in its order."""
    columns = SHAPES[provision].rows
    seen: dict[tuple[str, ...], int] = {}
    found = []
    for row in getattr(content, "rows", ()):
        cells = tuple(shown(column, getattr(row, column.name)) for column in columns)
        key = tuple(cell for column, cell in zip(columns, cells, strict=True) if column.key)
        seen[key] = seen.get(key, 0) + 1
        own = key if seen[key] == 1 else (*key, str(seen[key]))
        found.append(TableRow(own, cells, getattr(row, "confirmed", True)))
    return found


def single_values(provision: Provision, content: Content) -> Sequence[tuple[str, str]]:
    """The values beside the rows, as label and words."""
    return [(_(each.label), shown(each, getattr(content, each.name))) for each in SHAPES[provision].single]


def shown(column: Column, value: object) -> str:
    """A value in words of the language of the request."""
    if value is None:
        return _(column.anything) if column.anything else ""
    if isinstance(value, bool):
        return _("có") if value else _("không")
    if isinstance(value, Enum):
        return _(column.options[value])
    if isinstance(value, int):
        return number(value)
    if isinstance(value, time):
        return f"{value:%H:%M}"
    if column.input is Input.RELIEF and isinstance(value, Mapping):
        return "; ".join(_reliefs(value))
    return ", ".join(day(each) for each in value if isinstance(each, date)) if isinstance(value, tuple) else str(value)


def differences(before: Version, after: Version) -> Sequence[RowChange]:
    """What differs from one version to another: single values first, then rows as they stand in the newer one."""
    provision = after.provision
    columns = [_(column.label) for column in SHAPES[provision].rows]
    old = {row.key: row for row in table_rows(provision, before.content)}
    new = {row.key: row for row in table_rows(provision, after.content)}
    return [*_single_changes(before, after), *_row_changes(columns, old, new)]


def _single_changes(before: Version, after: Version) -> Iterator[RowChange]:
    pairs = zip(
        single_values(after.provision, before.content), single_values(after.provision, after.content), strict=True
    )
    for (label, was), (_label, becomes) in pairs:
        if was != becomes:
            yield RowChange(Change.CHANGED, label, (("", was, becomes),))


def _row_changes(
    columns: Sequence[str], old: Mapping[tuple[str, ...], TableRow], new: Mapping[tuple[str, ...], TableRow]
) -> Iterator[RowChange]:
    for key in dict.fromkeys((*new, *old)):
        was, becomes = (rows[key].cells if key in rows else ("",) * len(columns) for rows in (old, new))
        cells = tuple(
            (column, before, after)
            for column, before, after in zip(columns, was, becomes, strict=True)
            if before != after
        )
        if cells:
            change = Change.ADDED if key not in old else Change.REMOVED if key not in new else Change.CHANGED
            yield RowChange(change, " · ".join(key), cells)


def _reliefs(relief: Mapping[FeeClass, int]) -> Iterable[str]:
    """Fee classes with the same relief together."""
    for share in sorted(set(relief.values())):
        classes = ", ".join(_(FEE_CLASSES[each]) for each in FeeClass if relief.get(each) == share)
        yield f"{share}%: {classes}"
