"""One line of a list as it comes in: validated whole, so that every fault of it is told at once."""

from collections.abc import Sequence
from datetime import date
from typing import Annotated, Any

from pydantic import BaseModel, BeforeValidator, ConfigDict, ValidationError, model_validator

from access_policy.register.categories import category_named
from access_policy.register.entries import ListEntry
from access_policy.register.errors import ImpossibleEntry
from access_policy.register.targets import given_target
from indexer.lists import cells
from indexer.lists.headings import Columns


def _target(value: object) -> str:
    written = cells.text(value)
    if not written:
        raise ValueError("is missing")
    try:
        return given_target(written)
    except ImpossibleEntry as error:
        raise ValueError(str(error)) from None


def _category(value: object) -> str:
    written = cells.text(value)
    if not written:
        raise ValueError("is missing")
    found = category_named(written)
    if found is None:
        raise ValueError(f'"{cells.short(written)}" is no category')
    return found.code


class Line(BaseModel):
    """The cells of one line by field."""

    model_config = ConfigDict(extra="forbid", frozen=True)

    target: Annotated[str, BeforeValidator(_target)]
    category: Annotated[str, BeforeValidator(_category)]
    reason: Annotated[str, BeforeValidator(cells.reason)] = ""
    first_page: Annotated[int | None, BeforeValidator(cells.page)] = None
    last_page: Annotated[int | None, BeforeValidator(cells.page)] = None
    opens_on: Annotated[date | None, BeforeValidator(cells.day)] = None
    existence_shown: Annotated[bool | None, BeforeValidator(cells.answer)] = None
    description_shown: Annotated[bool | None, BeforeValidator(cells.answer)] = None
    requestable: Annotated[bool | None, BeforeValidator(cells.answer)] = None

    @model_validator(mode="after")
    def _makes_sense(self) -> "Line":
        if (self.first_page is None) != (self.last_page is None):
            raise ValueError("first and last page are written together, also for a single page")
        if self.first_page is not None and self.last_page is not None and self.last_page < self.first_page:
            raise ValueError(f"the pages run backwards: {self.first_page} to {self.last_page}")
        if self.description_shown and self.existence_shown is False:
            raise ValueError("the description may be seen, but not that the record is there: one of the two is wrong")
        return self

    def entry(self, number: int) -> ListEntry:
        """The line as the register keeps it; whoever may see a description may know that the record is there."""
        return ListEntry(
            target_id=self.target,
            category=self.category,
            reason=self.reason,
            opens_on=self.opens_on,
            first_page=self.first_page,
            last_page=self.last_page,
            existence_shown=bool(self.existence_shown or self.description_shown),
            description_shown=bool(self.description_shown),
            requestable=bool(self.requestable),
            line=number,
        )


class LineRefused(Exception):
    """A line with faults. The message names each of them, by its column."""


def read_line(columns: Columns, number: int, row: Sequence[object]) -> ListEntry | None:
    """The entry a row means, or None for a blank row. Raises LineRefused."""
    if not any(cell is not None and str(cell).strip() for cell in row):
        return None
    if stray := [place for place, cell in enumerate(row) if _is_stray(columns, place, cell)]:
        raise LineRefused(f"column {_letters(stray[0])} holds a value but has no heading")
    values: dict[str, Any] = {
        field: row[place] if place < len(row) else None for field, place in columns.places.items()
    }
    try:
        return Line(**values).entry(number)
    except ValidationError as error:
        raise LineRefused("; ".join(_words(columns, fault) for fault in error.errors(include_url=False))) from None


def _is_stray(columns: Columns, place: int, cell: object) -> bool:
    return (place >= columns.width or place in columns.unnamed) and cell is not None and bool(str(cell).strip())


def _words(columns: Columns, fault: Any) -> str:
    words = str(fault["ctx"]["error"])
    return f"{columns.names[fault['loc'][0]]} {words}" if fault["loc"] else words


def _letters(place: int) -> str:
    """The name of a column in a spreadsheet: A, B, … Z, AA, …"""
    letters, place = "", place + 1
    while place:
        place, rest = divmod(place - 1, 26)
        letters = chr(ord("A") + rest) + letters
    return letters
