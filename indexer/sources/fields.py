"""Field types shared by the row models: text repaired and measured, dates understood, numbers not negative."""

from typing import Annotated, Any

from pydantic import BeforeValidator, Field, ValidationError

from access_policy.record import DateSpan
from indexer.text.dates import ImpossibleDate, parse_dates
from indexer.text.repair import repair


class RowRefused(Exception):
    """A row cannot become a record. The message is one line that repeats nothing of the row's content."""


def _repaired(value: Any) -> Any:
    if value is None:
        return ""
    return repair(value).strip() if isinstance(value, str) else value


def _stripped(value: Any) -> Any:
    return value.strip() if isinstance(value, str) else value


def _without_margins(value: Any) -> Any:
    return value.strip(" ") if isinstance(value, str) else value


def _as_written(value: Any) -> Any:
    return _stripped(value) or None


def _or_zero(value: Any) -> Any:
    return 0 if value is None or value == "" else value


def _dates(value: Any) -> DateSpan:
    if value is None:
        return DateSpan()
    if not isinstance(value, str):
        raise ValueError("not a text")  # pydantic collects value errors; a TypeError would pass through it
    try:
        return parse_dates(value.strip())
    except ImpossibleDate:
        raise ValueError("impossible date") from None


def _text(longest: int, shortest: int = 0) -> Any:
    return Annotated[str, Field(min_length=shortest, max_length=longest), BeforeValidator(_repaired)]


Code = Annotated[str, BeforeValidator(_without_margins), Field(min_length=1, max_length=60, pattern=r"^\S+( +\S+)*$")]
"""A code that identifies a row, kept as it is. Only spaces around it are dropped, as the database's own trim does."""
Short = _text(100)
Mode = Annotated[Annotated[str, Field(max_length=100)] | None, BeforeValidator(_as_written)]
"""The access mode exactly as written: the policy reads it, nobody mends it. None when there is none."""
Title = _text(1000, 1)
Line = _text(300)
Note = _text(4000)
History = _text(200_000)
Count = Annotated[int, Field(ge=0, le=100_000_000), BeforeValidator(_or_zero)]
Version = Annotated[int, Field(ge=0), BeforeValidator(_or_zero)]
Dates = Annotated[DateSpan, BeforeValidator(_dates)]


def refusal(error: ValidationError) -> RowRefused:
    """What is wrong with a row, field by field in its own order, without the values."""
    faults = (_fault(fault) for fault in error.errors(include_input=False, include_url=False))
    return RowRefused("; ".join(dict.fromkeys(faults)))


def _fault(fault: Any) -> str:
    field, context = str(fault["loc"][0]), fault.get("ctx", {})
    reasons = {
        "missing": "no such column",
        "string_too_short": "missing",
        "string_type": "missing",
        "int_type": "missing",
        "string_too_long": f"longer than {context.get('max_length')} characters",
        "too_short": "missing",
        "too_long": f"longer than {context.get('max_length')} characters",
        "greater_than_equal": f"below {context.get('ge')}",
        "less_than_equal": f"above {context.get('le')}",
        "value_error": str(context.get("error", "not valid")),
    }
    return f"{field}: {reasons.get(fault['type'], 'not valid')}"


def between(start: DateSpan, end: DateSpan) -> DateSpan:
    """One span from the fields of beginning and end; each alone counts for both. Raises RowRefused when reversed."""
    first, last = start.start or end.start, end.end or start.end
    if first and last and last < first:
        raise RowRefused("end_date: before the beginning")
    written = " – ".join(dict.fromkeys(part for part in (start.written, end.written) if part))
    return DateSpan(first, last, written)
