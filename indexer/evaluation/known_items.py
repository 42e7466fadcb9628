"""Queries of which it is known what they are after: drawn from the archive by chance, each with its record."""

from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass
from itertools import islice
from types import MappingProxyType

from indexer.demo_archive.dice import Dice
from indexer.evaluation.misspelling import (
    Respelling,
    respelt,
    retyped_number,
    unaccented,
    unchanged,
    with_ocr_noise,
)
from indexer.evaluation.offers import Offer, Offers


class TooFewItems(Exception):
    """The archive does not offer as many queries as are wanted. The message is one line."""


@dataclass(frozen=True)
class KnownItem:
    """A query and the record it was drawn from. The class of the query is what its id begins with."""

    query_id: str
    text: str
    record_id: str


CLASSES: Mapping[str, Respelling] = MappingProxyType(
    {
        "title": unchanged,
        "phrase": unchanged,
        "unaccented": unaccented,
        "tone": respelt,
        "ocr-noise": with_ocr_noise,
        "number": retyped_number,
    }
)
"""Classes of queries, and what becomes of the words of the archive in each. Titles, runs of words from a page and
numbers stand for themselves; the spellings between them are tried on titles and runs alike.
"""

_AS_FOUND = frozenset({"title", "phrase", "number"})
"""Classes whose queries may be just what stands in the archive."""


def known_items(offered: Offers, *, queries: int, seed: int) -> list[KnownItem]:
    """At least so many queries, equally many of each class. The same arguments give the same. Raises TooFewItems."""
    each = -(-queries // len(CLASSES))
    drawn: list[KnownItem] = []
    for name in CLASSES:
        items = list(islice(_drawn(name, offered, Dice(seed, f"known-items/{name}")), each))
        if len(items) < each:
            raise TooFewItems(f"the archive offers only {len(items)} of {each} queries of the class {name}")
        drawn += items
    return drawn


def _drawn(name: str, offered: Offers, dice: Dice) -> Iterator[KnownItem]:
    number = 0
    for offer in dice.shuffled(list(_pool(name, offered))):
        text = CLASSES[name](dice, offer.words)
        if text != offer.words or name in _AS_FOUND:
            number += 1
            yield KnownItem(f"{name}-{number:03d}", text, offer.record_id)


def _pool(name: str, offered: Offers) -> Iterable[Offer]:
    pools = {"title": offered.titles, "phrase": offered.runs, "number": offered.numbers}
    return pools.get(name, (*offered.titles, *offered.runs))
