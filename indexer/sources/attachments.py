"""The pages and digital objects of one record, validated as they come in. A bad one refuses the whole record."""

import json
from collections.abc import Sequence
from itertools import pairwise
from pathlib import PurePosixPath
from typing import Annotated, Any

from pydantic import BaseModel, BeforeValidator, ConfigDict, Field, ValidationError, field_validator

from access_policy.record import DigitalObject, Page
from indexer.sources.fields import RowRefused, refusal
from indexer.sources.streams import AnyRow
from indexer.text.repair import repair

LONGEST_PAGE = 100_000
"""Characters; a dense A3 sheet has about 12,000."""

_Edge = Annotated[int, Field(ge=0, le=1000)]
Box = tuple[_Edge, _Edge, _Edge, _Edge]


def _no_text_is_empty(value: Any) -> Any:
    return "" if value is None else value


def _no_boxes_is_empty(value: Any) -> Any:
    return json.loads(value) if isinstance(value, str) else value or ()


class PageRow(BaseModel):
    """One page of a record, as stored."""

    model_config = ConfigDict(frozen=True)

    page: Annotated[int, Field(ge=1, le=1_000_000)]
    text: Annotated[str, Field(max_length=LONGEST_PAGE), BeforeValidator(_no_text_is_empty)]
    word_boxes: Annotated[tuple[tuple[str, Box], ...], BeforeValidator(_no_boxes_is_empty)]


class ObjectRow(BaseModel):
    """One file that holds part of a record, as stored."""

    model_config = ConfigDict(frozen=True)

    path: Annotated[str, Field(min_length=1, max_length=500)]
    media_type: Annotated[str, Field(pattern=r"^[a-z]+/[a-z0-9.+-]+$", max_length=100)]
    sha256: Annotated[str, Field(pattern=r"^[0-9a-f]{64}$")]
    first_page: Annotated[int, Field(ge=1)]
    page_count: Annotated[int, Field(ge=0)]

    @field_validator("path")
    @classmethod
    def stays_in_the_store(cls, path: str) -> str:
        """A path that leads out of the page store is no path."""
        if path.startswith("/") or ".." in PurePosixPath(path).parts or "\\" in path or "\0" in path:
            raise ValueError("leads out of the page store")
        return path


def read_pages(rows: Sequence[AnyRow]) -> tuple[Page, ...]:
    """Pages from rows (record, number, text, word boxes, version) in ascending number. Raises RowRefused."""
    pages = tuple(_page(row) for row in rows)
    for before, after in pairwise(pages):
        if before.number == after.number:
            raise RowRefused(f"page {after.number}: twice")
    return pages


def read_objects(rows: Sequence[AnyRow]) -> tuple[DigitalObject, ...]:
    """Objects from rows (record, path, media type, sha256, first page, page count, version). Raises RowRefused."""
    return tuple(_object(row) for row in rows)


def _page(row: AnyRow) -> Page:
    try:
        valid = PageRow(page=row[1], text=row[2], word_boxes=row[3])
    except ValidationError as error:
        raise refusal(error) from None
    text = repair(valid.text)
    words = valid.word_boxes if text == valid.text else _repaired(valid.word_boxes)
    return Page(number=valid.page, text=text, words=words)


def _repaired(words: tuple[tuple[str, Box], ...]) -> tuple[tuple[str, Box], ...]:
    """The words mended together, since one word alone seldom shows its encoding; no boxes when they come apart."""
    mended = repair(" ".join(word for word, _ in words)).split(" ")
    if len(mended) != len(words):
        return ()
    return tuple((word, box) for word, (_, box) in zip(mended, words, strict=True))


def _object(row: AnyRow) -> DigitalObject:
    try:
        valid = ObjectRow(path=row[1], media_type=row[2], sha256=row[3], first_page=row[4], page_count=row[5])
    except ValidationError as error:
        raise refusal(error) from None
    return DigitalObject(**valid.model_dump())
