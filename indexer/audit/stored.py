"""The words that a stored document should be found by, told from what is stored of it."""

from collections.abc import Iterable, Iterator, Sequence
from itertools import islice
from typing import TypeVar

from indexer.audit.wordsums import Worded
from indexer.index.description import Description, from_json
from indexer.index.inventory import HeldPage, HeldRecord
from indexer.text.numbers import number_keys

T = TypeVar("T")


def stored_words(held: HeldRecord, pages: Sequence[HeldPage]) -> Worded:
    """The words of a record and its pages. A description that cannot be read, or that is bare, has none."""
    texts = texts_of(pages)
    try:
        description = from_json(held.description)
    except (LookupError, TypeError, ValueError):
        return Worded(pages=texts)
    if is_bare(description):
        return Worded(pages=texts)
    return Worded(description.title, searched(description), number_keys(description.number), texts)


def is_bare(description: Description) -> bool:
    """Whether nothing is said of a record but where it stands, and why it is closed."""
    bare = Description(
        description.id,
        description.level,
        description.reference_code,
        description.archive_name,
        title="",
        conditions=description.conditions,
    )
    return description == bare


def searched(description: Description) -> tuple[str, ...]:
    """The values of a description, its title aside, that a search looks into."""
    own = (
        description.scope,
        description.creator,
        description.creator_today,
        description.number,
        description.document_type,
        description.signs,
        *description.keywords,
        *(name for place in description.places for name in (place.written, place.today)),
        *(value for _, value in description.details),
        description.reference_code,
    )
    return tuple(value for value in own if value)


def texts_of(pages: Iterable[HeldPage]) -> list[str]:
    """The texts of stored pages."""
    return [page.text.decode(errors="replace") for page in pages]


def batches(values: Iterable[T], size: int) -> Iterator[list[T]]:
    """The values, so many at a time."""
    left = iter(values)
    while batch := list(islice(left, size)):
        yield batch
