"""Marking the words of a query in a text, the same way for every engine."""

import re
from dataclasses import dataclass
from functools import lru_cache
from itertools import islice

from indexer.index.query import Number, Part, Phrase, Query, Word
from indexer.text.tokens import fold, fold_prose, tokens

SNIPPET_LENGTH = 220
"""Characters of a snippet, about three lines on a wide screen."""

MOST_MARKS = 500
"""Places marked in one text; a page seldom has as many words."""


@dataclass(frozen=True)
class Snippet:
    """A piece of a text with the marked stretches as (start, end) within it, and whether it was cut at either side."""

    text: str
    marks: tuple[tuple[int, int], ...] = ()
    cut_before: bool = False
    cut_after: bool = False


def marks(text: str, query: Query, folded: str | None = None) -> tuple[tuple[int, int], ...]:
    """Where the words of the query stand in a text, in order, neighbours joined. `folded`: the same text, folded.

    When the query has accents and any of its words stands in the text with the same accents, only such places are
    marked; otherwise accents are ignored.
    """
    return _marker(query).marks(text, folded)


def snippet(text: str, query: Query, folded: str | None = None, *, length: int = SNIPPET_LENGTH) -> Snippet:
    """The stretch of a text around its densest marks. Line breaks become spaces; without marks it is the beginning.

    `folded` is the same text folded, where it is at hand: folding takes half the time of a snippet.
    """
    flat = text.replace("\n", " ").replace("\t", " ")
    places = marks(flat, query, folded)
    start = _densest(places, length)
    start = _word_start(flat, max(0, start - length // 5)) if start else 0
    end = _word_end(flat, start + length)
    inside = tuple((a - start, b - start) for a, b in places if a >= start and b <= end)
    return Snippet(flat[start:end], inside, cut_before=start > 0, cut_after=end < len(flat))


class _Marker:
    """One query made ready: a pattern over folded text, and the runs of words that were typed with accents.

    Whether a match begins a word is looked at afterwards: a pattern that begins with letters is found much faster.
    """

    def __init__(self, query: Query) -> None:
        parts = {alternative for part in query.wanted for alternative in _alternatives(part)}
        longest_first = sorted(parts, key=lambda p: (-len(p), p))
        self._pattern = re.compile("(?:" + "|".join(longest_first) + r")(?![^\W_])") if parts else None
        self._accented = _accented_runs(query)
        self._agreed: dict[str, bool] = {}

    def marks(self, text: str, folded: str | None) -> tuple[tuple[int, int], ...]:
        """See `marks`."""
        if self._pattern is None:
            return ()
        folded = fold_prose(text) if folded is None else folded
        spans = (match.span() for match in islice(self._pattern.finditer(folded), MOST_MARKS))
        found = [span for span in spans if not folded[span[0] - 1 : span[0]].isalnum()]
        true_accents = self._accented and [span for span in found if self._agrees(text[span[0] : span[1]])]
        return _joined(text, true_accents or found)

    def _agrees(self, piece: str) -> bool:
        agreed = self._agreed.get(piece)
        if agreed is None:
            agreed = self._agreed[piece] = tuple(tokens(piece)) in self._accented
        return agreed


@lru_cache(maxsize=256)
def _marker(query: Query) -> _Marker:
    return _Marker(query)


def _alternatives(part: Part) -> list[str]:
    if isinstance(part, Word):
        return [re.escape(spelling) for spelling in part.spellings]
    words = part.folded if isinstance(part, Phrase) else tuple(fold(word) for word in part.words)
    return [r"[\W_]{1,4}".join(re.escape(word) for word in words)]


def _accented_runs(query: Query) -> frozenset[tuple[str, ...]]:
    """The wanted words and phrases as runs of exact words; none when nothing was typed with accents."""
    runs = [(p.exact,) if isinstance(p, Word) else p.words for p in query.wanted if not isinstance(p, Number)]
    return frozenset(runs) if query.accented else frozenset()


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
    best, best_start, inside, last = 0, 0, 0, 0
    for start, end in places:
        while last < len(places) and places[last][1] <= start + length * 4 // 5:
            inside += places[last][1] - places[last][0]
            last += 1
        if inside > best:
            best, best_start = inside, start
        inside = max(0, inside - (end - start))
    return best_start


def _word_start(text: str, position: int) -> int:
    space = text.find(" ", position)
    return space + 1 if 0 <= space < position + 24 else position


def _word_end(text: str, position: int) -> int:
    if position >= len(text):
        return len(text)
    space = text.rfind(" ", position - 24, position)
    return space if space > 0 else position
