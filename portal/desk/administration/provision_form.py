"""A provision as a form: one line of fields for each row and a few empty ones, read back with every fault named."""

import re
from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from datetime import date, time
from enum import Enum
from typing import Any

from pydantic import ValidationError
from pydantic_core import ErrorDetails

from portal.desk.administration.columns import SHAPES, Column, Input
from portal.desk.administration.typed import read_day, tidy_line, tidy_text
from portal.i18n import N_, _
from portal.requests.provisions.models import LETTER_VALUES, MODELS, Content, Provision
from portal.requests.terms import FeeClass

EMPTY_ROWS = 3
MOST_ROWS = 200

_GROUPED = re.compile(r"\d{1,3}(\.\d{3})+")
_CLOCK = re.compile(r"([01]?\d|2[0-3]):[0-5]\d", re.ASCII)
_ROW = re.compile(r"r(\d{1,3})-.+", re.ASCII)

_FAULTS = {
    Input.LINE: N_("Ghi từ 1 đến 500 ký tự."),
    Input.TEXT: N_("Ghi từ 1 đến 8.000 ký tự; trong ngoặc nhọn chỉ dùng được %(values)s."),
    Input.CODE: N_("Mã chỉ có chữ thường không dấu, chữ số và gạch nối, nhiều nhất 60 ký tự; mỗi mã một dòng."),
    Input.NUMBER: N_("Ghi một số nguyên."),
    Input.CHOICE: N_("Chọn một mục."),
    Input.YES: N_("Đánh dấu hoặc bỏ trống."),
    Input.DAYS: N_("Ghi mỗi ngày như 16/2/2027; một ngày không thể vừa nghỉ vừa làm bù."),
    Input.TIME: N_("Ghi giờ như 17:00."),
    Input.RELIEF: N_("Ghi phần được giảm từ 0 đến 100, hoặc để trống."),
}
_NO_ROWS = N_("Cần ít nhất một dòng.")
_NAMELESS = N_("Cấp có thẩm quyền quyết định thì ghi tên cấp đó.")


@dataclass(frozen=True)
class Read:
    """What a form says: the content when it makes sense, else what is wrong by field."""

    content: Content | None
    faults: Mapping[str, str]


def typed_values(provision: Provision, content: Content) -> dict[str, str]:
    """What the fields of the form hold for a version."""
    shape = SHAPES[provision]
    values: dict[str, str] = {}
    for column in shape.single:
        values |= _typed(column, column.name, getattr(content, column.name))
    for number, row in enumerate(getattr(content, "rows", ()), start=1):
        for column in shape.rows:
            values |= _typed(column, f"r{number}-{column.name}", getattr(row, column.name))
    return values


def row_numbers(given: Mapping[str, str], *, empty: int) -> Sequence[int]:
    """The lines of the form: those that came, and so many empty ones behind them."""
    came = [int(found[1]) for name in given if (found := _ROW.fullmatch(name))]
    return range(1, min(max(came, default=0) + empty, MOST_ROWS) + 1)


def read_provision(provision: Provision, given: Mapping[str, str]) -> Read:
    """Read a form. Lines that are empty, or marked to be left out, are no rows."""
    shape = SHAPES[provision]
    raw: dict[str, Any] = {column.name: _raw(column, column.name, given) for column in shape.single}
    numbers = [number for number in row_numbers(given, empty=0) if _stands(shape.rows, number, given)]
    if shape.rows:
        raw["rows"] = [_raw_row(shape.rows, number, given) for number in numbers]
    try:
        return Read(MODELS[provision].model_validate(raw), {})
    except ValidationError as error:
        faults = dict(_fault(provision, numbers, raw, each) for each in error.errors())
        return Read(None, faults)


def _typed(column: Column, name: str, value: Any) -> dict[str, str]:
    if column.input is Input.RELIEF:
        return {f"{name}-{each.value}": str(share) for each, share in value.items()}
    return {name: _typed_value(value)}


def _typed_value(value: Any) -> str:
    if value is None or isinstance(value, bool):
        return "yes" if value else ""
    if isinstance(value, Enum):
        return str(value.value)
    if isinstance(value, time):
        return f"{value:%H:%M}"
    if isinstance(value, tuple):
        return "\n".join(f"{each.day}/{each.month}/{each.year}" for each in value)
    return str(value)


def _stands(columns: Iterable[Column], number: int, given: Mapping[str, str]) -> bool:
    if given.get(f"r{number}-drop") == "yes":
        return False
    names = (name for column in columns for name in _names(column, f"r{number}-{column.name}"))
    return any(given.get(name, "").strip() for name in names)


def _raw_row(columns: Iterable[Column], number: int, given: Mapping[str, str]) -> dict[str, Any]:
    return {column.name: _raw(column, f"r{number}-{column.name}", given) for column in columns}


def _names(column: Column, name: str) -> Iterator[str]:
    if column.input is Input.RELIEF:
        yield from (f"{name}-{each.value}" for each in FeeClass)
    else:
        yield name


def _raw(column: Column, name: str, given: Mapping[str, str]) -> Any:
    """The value as the model takes it; what makes no sense goes on as it is, or as None, and is refused there."""
    value = given.get(name, "")
    if column.input is Input.RELIEF:
        return {each.value: _number(typed) for each in FeeClass if (typed := given.get(f"{name}-{each.value}", ""))}
    return _READERS[column.input](value)


def _number(value: str) -> str:
    """Digits, with the points that Vietnamese puts between thousands taken out."""
    tidy = value.strip()
    return tidy.replace(".", "") if _GROUPED.fullmatch(tidy) else tidy if tidy.isascii() and tidy.isdigit() else "-"


def _days(value: str) -> list[date] | str:
    found = [read_day(each) for each in re.split(r"[\s,;]+", value) if each]
    return value if None in found else sorted({each for each in found if each is not None})


_READERS: Mapping[Input, Callable[[str], Any]] = {
    Input.LINE: tidy_line,
    Input.CODE: tidy_line,
    Input.TEXT: tidy_text,
    Input.NUMBER: _number,
    Input.CHOICE: lambda value: value or None,
    Input.YES: lambda value: value == "yes",
    Input.DAYS: _days,
    Input.TIME: lambda value: value.strip().zfill(5) if _CLOCK.fullmatch(value.strip()) else None,
}


def _fault(
    provision: Provision, numbers: Sequence[int], raw: Mapping[str, Any], error: ErrorDetails
) -> tuple[str, str]:
    """The field that an error is about, and the words for it."""
    shape, loc = SHAPES[provision], error["loc"]
    if len(loc) >= 3 and loc[0] == "rows":
        column = next(each for each in shape.rows if each.name == loc[2])
        part = f"-{loc[3]}" if column.input is Input.RELIEF and len(loc) > 3 else ""
        return f"r{numbers[int(loc[1])]}-{column.name}{part}", _words(column, error)
    if len(loc) == 2 and loc[0] == "rows":
        return f"r{numbers[int(loc[1])]}-authority", _(_NAMELESS)
    if loc and loc[0] != "rows":
        column = next(each for each in shape.single if each.name == loc[0])
        return column.name, _words(column, error)
    return _fault_of_all(provision, numbers, raw)


def _fault_of_all(provision: Provision, numbers: Sequence[int], raw: Mapping[str, Any]) -> tuple[str, str]:
    """What is wrong between the values: a code that stands twice, days that are both, a table without rows."""
    if provision is Provision.CALENDAR:
        return "off", _(_FAULTS[Input.DAYS])
    codes = [row.get("code") for row in raw.get("rows", ())]
    twice = next((place for place, code in enumerate(codes) if code in codes[:place]), None)
    if twice is None:
        return "r1-kind", _(_NO_ROWS)
    return f"r{numbers[twice]}-code", _(_FAULTS[Input.CODE])


def _words(column: Column, error: ErrorDetails) -> str:
    limits = error.get("ctx", {})
    if column.input is Input.NUMBER and "ge" in limits:
        return _("Ghi số từ %(n)s trở lên.", n=limits["ge"])
    if column.input is Input.NUMBER and "le" in limits:
        return _("Ghi số không quá %(n)s.", n=limits["le"])
    if column.input is Input.TEXT:
        return _(_FAULTS[Input.TEXT], values=", ".join(f"{{{each}}}" for each in LETTER_VALUES))
    return _(_FAULTS[column.input])
