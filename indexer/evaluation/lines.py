"""Files of judged queries read line by line: what is wrong with one is said with its name and line number."""

from collections.abc import Iterator
from pathlib import Path
from typing import Annotated, TypeVar

from pydantic import BaseModel, ConfigDict, Field, ValidationError

_BYTE_ORDER_MARK = b"\xef\xbb\xbf"

Identifier = Annotated[str, Field(pattern=r"^\S+$", max_length=400)]
"""An id as the files give it. White space would come apart in a run file."""


class DatasetRefused(Exception):
    """A file cannot be used as it is. The message is one line that names the file and the line."""


class Line(BaseModel):
    """One line of JSON, with `_id`; keys that are not named are left unread."""

    model_config = ConfigDict(strict=True, frozen=True, extra="ignore")

    id: Identifier = Field(alias="_id")


_AnyLine = TypeVar("_AnyLine", bound=Line)


def numbered(path: Path) -> Iterator[tuple[int, bytes]]:
    """The lines that are not blank, numbered from 1, as bytes without the line break. Raises DatasetRefused."""
    try:
        with path.open("rb") as file:
            for number, line in enumerate(file, start=1):
                stripped = (line.removeprefix(_BYTE_ORDER_MARK) if number == 1 else line).strip(b"\r\n")
                if stripped.strip():
                    yield number, stripped
    except OSError as error:
        raise DatasetRefused(f"{path}: {error.strerror}") from error


def json_lines(path: Path, kind: type[_AnyLine]) -> Iterator[tuple[int, _AnyLine]]:
    """Every line of a JSON Lines file, checked. Raises DatasetRefused with the first that is wrong."""
    for number, line in numbered(path):
        try:
            yield number, kind.model_validate_json(line)
        except ValidationError as error:
            raise refused(path, number, _fault(error)) from None


def refused(path: Path, number: int, reason: str) -> DatasetRefused:
    """What is wrong with one line."""
    return DatasetRefused(f"{path}, line {number}: {reason}")


def _fault(error: ValidationError) -> str:
    """The first fault of a line, without the value."""
    fault = error.errors(include_input=False, include_url=False)[0]
    reasons = {
        "json_invalid": "not JSON",
        "model_type": "not a JSON object",
        "missing": "missing",
        "string_type": "not a text",
        "string_pattern_mismatch": "empty, or has white space in it",
        "string_too_long": "too long",
    }
    reason = reasons.get(fault["type"], "not valid")
    field = ".".join(map(str, fault["loc"]))
    return f"{field}: {reason}" if field else reason
