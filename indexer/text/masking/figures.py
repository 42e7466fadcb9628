"""Where figures stand close together: every number that can be a person's, and every date, is one of these places."""

import re
from collections.abc import Iterator
from typing import NamedTuple

_GAP = r"[ \t.,/()+–-]{0,3}+"
_LONG_DATE = r"[0-9OoIl]{0,2}[ ,.-]{1,3}[tT][hH]\w{2,3}\s{1,3}\w{1,5}[\s,.-]{1,3}(?:[nN]\w[mM]\s{1,3})?[0-9OoIl]{2,4}"
_MONTH_AND_YEAR = r"[0-9OoIl]?\s{1,2}[nN]\w[mM]\s{1,2}[0-9OoIl]{4}"
_SHORTEST_DATE = r"[/.-][0-9OoIl]{1,2}[/.-][0-9OoIl]{2}(?![^\W_])"
_FURTHER = rf"{_GAP}(?:[OoIl]{{1,4}}{_GAP})?[0-9]|[OoIl]|[ .-][OoIl]{{2,4}}(?![^\W_])"
_PLACE = re.compile(rf"[0-9](?<![0-9][0-9])(?:(?>{_FURTHER}){{4,}}|{_LONG_DATE}|{_MONTH_AND_YEAR}|{_SHORTEST_DATE})")
_GROUP = re.compile("[0-9OoIl]+")
_NUMBER_ENDS = re.compile("[/(+]|, ")

NOISE = "OoIl"
"""Letters that recognition puts for 0 and 1."""
_DIGITS = str.maketrans(NOISE, "0011")


Span = tuple[int, int]
"""A part of a text: where it starts, and where what follows it starts."""


class Group(NamedTuple):
    """A run of figures in a text from `start` to before `end`; `digits` is how it reads without noise."""

    start: int
    end: int
    digits: str


def places(text: str) -> Iterator[Span]:
    """Start and end of each place where five figures or more stand together, or a date has its month in words.

    Figures belong together while at most three spaces or marks part them; a line break always parts them. O, o, I and
    l count as figures beside a true one, but a place begins at a true figure: `with_noise_before` looks further left.
    """
    for found in _PLACE.finditer(text):
        start, end = found.span()
        if text[end : end + 1].isalpha():
            end = start + len(text[start:end].rstrip(NOISE))
        yield start, end


def with_noise_before(text: str, start: int) -> int:
    """Where the number that goes on at `start` begins, when up to three letters before it are misread figures."""
    first = start
    while first > max(0, start - 3) and text[first - 1] in NOISE:
        first -= 1
    return start if first and text[first - 1].isalnum() else first


def digits_of(text: str) -> str:
    """`text` with the letters that stand for figures read as figures."""
    return text if text.isdecimal() else text.translate(_DIGITS)


def numbers_in(text: str, start: int, end: int) -> list[list[Group]]:
    """The groups of figures of a place, parted into numbers where a slash, a bracket or a comma parts them."""
    numbers: list[list[Group]] = []
    before = start
    for found in _GROUP.finditer(text, start, end):
        group = Group(found.start(), found.end(), digits_of(found[0]))
        if numbers and not _NUMBER_ENDS.search(text, before, group.start):
            numbers[-1].append(group)
        else:
            numbers.append([group])
        before = group.end
    return numbers
