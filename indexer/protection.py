"""What nobody may read of a record whatever its conditions: personal numbers, and what staff has blacked out."""

from collections.abc import Callable, Sequence
from dataclasses import dataclass, replace
from datetime import date
from typing import Any

from access_policy.record import Box, Page, Place, Record
from indexer.text.masking import HIDDEN, boxes_of, mask, spans_under, uncovered

_DESCRIBED = (
    *("title", "number", "scope", "creator", "creator_today", "document_type", "language"),
    *("extent", "condition", "retention", "signs"),
)
"""Everything of a record that somebody wrote in words and people may read; codes and file names are not among it."""


@dataclass(frozen=True)
class ProtectedPage:
    """A page whose text may be shown, and the boxes of its image that hold what is hidden in the text.

    `uncovered` says that something is hidden in the text whose place on the image is not known.
    """

    page: Page
    boxes: tuple[Box, ...] = ()
    uncovered: bool = False


def protected_record(record: Record, *, today: date) -> Record:
    """The record with the personal numbers in its description hidden."""

    def hidden(text: str) -> str:
        return mask(text, today=today).text

    described: dict[str, Any] = {name: hidden(getattr(record, name)) for name in _DESCRIBED}
    return replace(
        record,
        **described,
        dates=replace(record.dates, written=hidden(record.dates.written)),
        places=tuple(Place(hidden(place.written), hidden(place.today)) for place in record.places),
        keywords=_hidden_together(record.keywords, hidden),
        details=tuple((label, hidden(value)) for label, value in record.details),
        parents=tuple(replace(parent, title=hidden(parent.title)) for parent in record.parents),
    )


def _hidden_together(keywords: Sequence[str], hidden: Callable[[str], str]) -> tuple[str, ...]:
    """The keywords read in a row, as the archive wrote them: one may say what number the next one is."""
    rest = hidden("; ".join(keywords))
    parted = []
    for keyword in keywords:
        parted.append(rest[: len(keyword)])
        rest = rest[len(keyword) + len("; ") :]
    return tuple(parted)


def protected_page(page: Page, drawn: Sequence[Box], *, today: date) -> ProtectedPage:
    """The page without personal numbers and without the words under the boxes that staff has drawn.

    Where it is not known which words those are, no text is left: a sign that some is hidden, where it has boxes, since
    a page without any text would not be kept, and its boxes neither.
    """
    masked = mask(page.text, today=today)
    if not masked.spans and not drawn:
        return ProtectedPage(page)
    boxes = boxes_of(page, masked.spans)
    text = _without(masked.text, page, drawn) or (HIDDEN if boxes else "")
    shown = page if text == page.text else replace(page, text=text, words=())
    return ProtectedPage(shown, boxes, bool(uncovered(page, masked.spans)))


def _without(text: str, page: Page, drawn: Sequence[Box]) -> str:
    if not drawn:
        return text
    spans = spans_under(page, drawn)
    if spans is None:
        return ""
    letters = list(text)
    for start, end in spans:
        letters[start:end] = [letter if letter.isspace() else HIDDEN for letter in letters[start:end]]
    return "".join(letters)
