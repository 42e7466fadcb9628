"""What makes one match better than another, as data that every engine turns into its own scoring (BM25).

A query with accents prefers the same accents (1), then neighbours standing together (0.5), then the bare letters
(0.3). A query without accents scores the bare letters (1) and neighbours (0.5). A title that holds all the words
counts on top. A quoted phrase scores where it is found (1), as every hit has it. Each preference costs a look at
every match, so there are few.
"""

from collections.abc import Iterator
from dataclasses import dataclass
from itertools import pairwise

from indexer.index.query import Number, Query, Word

EXACT, FOLDED, PHRASE, NEIGHBOURS, VARIANT, TITLE = 1.0, 1.0, 1.0, 0.5, 0.5, 1.5
FOLDED_BESIDE_EXACT = 0.3
CODE = 25.0
"""A document number among the codes of a record outweighs any sum of words."""


@dataclass(frozen=True)
class Preference:
    """Adds `weight` times the score of some words in a field: of the run they make, or of all of them anywhere."""

    field: str
    words: tuple[str, ...]
    weight: float
    anywhere: bool = False


def word_weight(query: Query) -> float:
    """The weight of a bare-letter match of one wanted word, which every hit has."""
    return FOLDED_BESIDE_EXACT if query.accented else FOLDED


def preferences(query: Query) -> tuple[Preference, ...]:
    """What is scored on top of the words and phrases every hit has.

    Fields: exact, folded, title_exact, title_folded, codes, and pairs, whose terms are two folded neighbours each.
    """
    return (*_accents(query), *_neighbours(query), *_title(query), *_numbers(query))


def _accents(query: Query) -> Iterator[Preference]:
    for word in query.words():
        if word.accented:
            yield Preference("exact", (word.exact,), EXACT)


def _neighbours(query: Query) -> Iterator[Preference]:
    """Neighbours are preferred whatever their accents: as one term of two words, because long phrases are slow."""
    for left, right in pairwise(query.wanted):
        if isinstance(left, Word) and isinstance(right, Word):
            yield Preference("pairs", (f"{left.spellings[0]} {right.spellings[0]}",), NEIGHBOURS)


def _title(query: Query) -> Iterator[Preference]:
    words = query.words()
    if words and query.accented:
        yield Preference("title_exact", tuple(word.exact for word in words), TITLE * EXACT, anywhere=True)
    folded = tuple(word.spellings[0] for word in words)
    if words:
        yield Preference("title_folded", folded, TITLE * FOLDED, anywhere=True)
    if len(words) > 1:
        yield Preference("title_folded", folded, TITLE * NEIGHBOURS)


def _numbers(query: Query) -> Iterator[Preference]:
    for part in query.wanted:
        if isinstance(part, Number):
            yield Preference("codes", (part.key,), CODE)
