"""Where on the page's image the hidden words stand."""

import re
from bisect import bisect_right
from collections.abc import Iterator, Sequence

from access_policy.record import Box, Page
from indexer.text.masking.figures import Span

Word = tuple[str, Box]

_WINDOW = 2_000
_MOST_TRIES = 20
_FIGURES_OF_A_NUMBER = 6
_FIGURE = re.compile("[0-9]")
_SPACES = re.compile(r"\s*")
_PIECE = re.compile(r"[^\W_]+")


def masked_words(words: Sequence[Word], spans: Sequence[Span], text: str) -> tuple[Word, ...]:
    """The words of a page, in reading order, of which `spans` of its `text` (not yet masked) hide any part.

    Words are matched to their places in the text one after another. A word that has no place there counts as masked,
    when anything is, if it holds six figures or more or is one of the pieces of what is hidden.
    """
    if not spans:
        return ()
    pieces = {piece for start, end in spans for piece in _PIECE.findall(text[start:end])}
    return tuple(
        word
        for word, place in zip(words, _places(words, text), strict=True)
        if (_touches(place, spans) if place else _may_be_hidden(word[0], pieces))
    )


def boxes_of(page: Page, spans: Sequence[Span]) -> tuple[Box, ...]:
    """The boxes that cover the masked words of a page, each word whole, in reading order."""
    return tuple(box for _, box in masked_words(page.words, spans, page.text))


def uncovered(page: Page, spans: Sequence[Span]) -> tuple[Span, ...]:
    """The spans that are not wholly in words with known boxes: `boxes_of` does not promise to cover these."""
    if not spans:
        return ()
    placed = [place for place in _places(page.words, page.text) if place]
    return tuple(
        (start, end)
        for start, end in spans
        if not all(
            _touches((start + piece.start(), start + piece.end()), placed, whole=True)
            for piece in _PIECE.finditer(page.text[start:end])
        )
    )


def spans_under(page: Page, boxes: Sequence[Box]) -> tuple[Span, ...] | None:
    """The places in the page's text of the words that any of the boxes touches, and of all that is in no word with a
    known box, for it may stand under them too. None when one of the words has no place, or nothing is known of boxes.
    """
    if not page.words:
        return None
    spans: list[Span] = []
    at = 0
    for (_, own), place in zip(page.words, _places(page.words, page.text), strict=True):
        touched = any(_overlap(own, box) for box in boxes)
        if place is None and touched:
            return None
        if place is not None:
            spans += [(at, place[0])] if _PIECE.search(page.text, at, place[0]) else []
            spans += [place] if touched else []
            at = place[1]
    rest = (at, len(page.text))
    return (*spans, rest) if _PIECE.search(page.text, at) else tuple(spans)


def _places(words: Sequence[Word], text: str) -> Iterator[Span | None]:
    """The place of each word in the text: the next one, or, where text was skipped, the next it shares with its
    neighbour. None for a word that is not there."""
    at = 0
    for (word, _), (neighbour, _) in zip(words, [*words, ("", (0, 0, 0, 0))][1:], strict=True):
        start = _next_place(word, neighbour, text, at)
        yield None if start is None else (start, start + len(word))
        at = at if start is None else start + len(word)


def _next_place(word: str, neighbour: str, text: str, at: int) -> int | None:
    start = _after_spaces(text, at)
    if text.startswith(word, start):
        return start
    for _ in range(_MOST_TRIES):
        start = text.find(word, start, start + _WINDOW)
        if start < 0:
            return None
        if text.startswith(neighbour, _after_spaces(text, start + len(word))):
            return start
        start += 1
    return None


def _after_spaces(text: str, at: int) -> int:
    spaces = _SPACES.match(text, at)
    return spaces.end() if spaces else at


def _touches(place: Span, spans: Sequence[Span], *, whole: bool = False) -> bool:
    """Tell whether a place shares a character with one of the spans (in order), or lies wholly in one."""
    index = bisect_right(spans, place[0], key=lambda span: span[1])
    if index == len(spans):
        return False
    start, end = spans[index]
    return (start <= place[0] and place[1] <= end) if whole else start < place[1]


def _may_be_hidden(word: str, pieces: set[str]) -> bool:
    return len(_FIGURE.findall(word)) >= _FIGURES_OF_A_NUMBER or not pieces.isdisjoint(_PIECE.findall(word))


def _overlap(one: Box, other: Box) -> bool:
    return one[0] < other[2] and other[0] < one[2] and one[1] < other[3] and other[1] < one[3]
