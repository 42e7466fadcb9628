"""What nobody may read of a record whatever its conditions: personal numbers, and what staff has blacked out."""

from collections.abc import Sequence
from dataclasses import dataclass, replace
from datetime import date

from access_policy.record import Box, Page, Record
from indexer.text.masking import HIDDEN, boxes_of, mask, spans_under, uncovered


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

    return replace(
        record,
        title=hidden(record.title),
        scope=hidden(record.scope),
        keywords=tuple(map(hidden, record.keywords)),
        details=tuple((label, hidden(value)) for label, value in record.details),
        parents=tuple(replace(parent, title=hidden(parent.title)) for parent in record.parents),
    )


def protected_page(page: Page, drawn: Sequence[Box], *, today: date) -> ProtectedPage:
    """The page without personal numbers and without the words under the boxes that staff has drawn.

    Where it is not known which words those are, no text is left.
    """
    masked = mask(page.text, today=today)
    if not masked.spans and not drawn:
        return ProtectedPage(page)
    text = _without(masked.text, page, drawn)
    shown = page if text == page.text else replace(page, text=text, words=())
    return ProtectedPage(shown, boxes_of(page, masked.spans), bool(uncovered(page, masked.spans)))


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
