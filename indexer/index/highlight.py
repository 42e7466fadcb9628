"""Marking the words of a query in a text, the same way for every engine."""

import re
from dataclasses import dataclass
from functools import lru_cache

from indexer.index.query import Number, Part, Phrase, Query, Word
from indexer.text.tokens import fold, tokens

SNIPPET_LENGTH = 220
"""Characters of a snippet, about three lines on a wide screen."""


@dataclass(frozen=True)
class Snippet:
    """A piece of a text with the marked stretches as (start, end) within it, and whether it was cut at either side."""

    text: str
    marks: tuple[tuple[int, int], ...] = ()
    cut_before: bool = False
    cut_after: bool = False


def marks(text: str, query: Query) -> tuple[tuple[int, int], ...]:
    """Where the words of the query stand in a text, in order, neighbours joined.

    When the query has accents and any of its words stands in the text with the same accents, only such places are
    marked; otherwise accents are ignored.
    """
    pattern = _pattern(query)
    if pattern is None:
        return ()
    found = [match.span() for match in pattern.finditer(fold(text))]
    true_accents = _accents(query) and [span for span in found if _agrees(text[span[0] : span[1]], query)]
    return _joined(text, true_accents or found)


def snippet(text: str, query: Query, length: int = SNIPPET_LENGTH) -> Snippet:
    """The stretch of a text around its densest marks. Line breaks become spaces; without marks it is the beginning."""
    flat = text.translate(_FLAT)
    places = marks(flat, query)
    start = _densest(places, length)
    start = _word_start(flat, max(0, start - length // 5)) if start else 0
    end = _word_end(flat, start + length)
    inside = tuple((a - start, b - start) for a, b in places if a >= start and b <= end)
    return Snippet(flat[start:end], inside, cut_before=start > 0, cut_after=end < len(flat))


_FLAT = str.maketrans("\n\t\r", "   ")


@lru_cache(maxsize=512)
def _pattern(query: Query) -> re.Pattern[str] | None:
    parts = [alternative for part in query.wanted for alternative in _alternatives(part)]
    if not parts:
        return None
    longest_first = sorted(set(parts), key=lambda p: (-len(p), p))
    return re.compile(r"(?<![^\W_])(?:" + "|".join(longest_first) + r")(?![^\W_])")


def _alternatives(part: Part) -> list[str]:
    if isinstance(part, Word):
        return [re.escape(spelling) for spelling in part.spellings]
    words = part.folded if isinstance(part, Phrase) else tuple(fold(word) for word in part.words)
    return [r"[\W_]{1,4}".join(re.escape(word) for word in words)]


@lru_cache(maxsize=512)
def _accents(query: Query) -> frozenset[tuple[str, ...]]:
    """The wanted parts that were typed with accents, as runs of exact words."""
    runs = [(p.exact,) if isinstance(p, Word) else p.words for p in query.wanted if not isinstance(p, Number)]
    return frozenset(run for run in runs if query.accented)


def _agrees(piece: str, query: Query) -> bool:
    return tuple(tokens(piece)) in _accents(query)


def _joined(text: str, spans: list[tuple[int, int]]) -> tuple[tuple[int, int], ...]:
    joined: list[tuple[int, int]] = []
    for start, end in spans:
        if joined and text[joined[-1][1] : start].isspace():
            joined[-1] = (joined[-1][0], end)
        else:
            joined.append((start, end))
    return tuple(joined)


def _densest(places: tuple[tuple[int, int], ...], length: int) -> int:
    """Where to begin so that most marked letters fall within `length`; the earliest of equals."""
    best, best_start = 0, 0
    for index, (start, _) in enumerate(places):
        inside = 0
        for a, b in places[index:]:
            if b > start + length * 4 // 5:
                break
            inside += b - a
        if inside > best:
            best, best_start = inside, start
    return best_start


def _word_start(text: str, position: int) -> int:
    space = text.find(" ", position)
    return space + 1 if 0 <= space < position + 24 else position


def _word_end(text: str, position: int) -> int:
    if position >= len(text):
        return len(text)
    space = text.rfind(" ", position - 24, position)
    return space if space > 0 else position
