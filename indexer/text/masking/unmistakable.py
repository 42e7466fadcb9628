"""Numbers that need no word before them: mobile telephones, twelve-figure citizen numbers."""

import re
from collections.abc import Iterator, Sequence
from datetime import date

from indexer.text.masking.figures import Group, Span, numbers_in
from indexer.text.masking.vocabulary import PROVINCES, words

MOBILE = re.compile("(?:0084|84|0)0?(?:(?:3[2-9]|5[25689]|7[06-9]|8[1-9]|9[0-9])[0-9]{7}|1[2689][0-9]{8})")
"""Today's ten figures and the eleven of before 2018, after the zero or the code of the country."""
_MOBILE_GROUPS = frozenset(
    [
        *((10,), (4, 6), (3, 7), (4, 3, 3), (3, 3, 4), (3, 4, 3), (4, 2, 2, 2)),
        *((11,), (4, 7), (4, 3, 4), (5, 3, 3), (5, 6), (3, 4, 4)),
    ]
)
_CITIZEN_GROUPS = frozenset([(12,), (4, 4, 4), (3, 3, 3, 3)])
_MOST_GROUPS = 5
_WITH_THE_NEXT = 2 * _MOST_GROUPS
_ABROAD = ("+", "84 (", "84(")

_PROVINCE_CODES = words(PROVINCES)

_NOT_GLUED_BEFORE = re.compile("(?<![^\\W_])(?<!\u2022)(?<![^\\W_][.,–-])(?<!\u2022[.,–-])")
_GLUED_AFTER = re.compile("[.–-]?(?:[^\\W_]|\u2022)")
_TIED = re.compile("[.–-]")


def unmistakable(text: str, start: int, end: int, *, today: date) -> Iterator[Span]:
    """The numbers between `start` and `end` of a text that nothing but a person's number looks like, in order."""
    for groups in numbers_in(text, start, end):
        at, after = 0, -1
        while at < len(groups):
            count = _count(text, groups[at : at + _WITH_THE_NEXT], today, follows=groups[at].start == after + 1)
            if count:
                after = groups[at + count - 1].end
                yield groups[at].start, after
            at += count or 1


def is_free(text: str, start: int, end: int, *, follows: bool = False) -> bool:
    """Tell whether a number stands by itself, or `follows` another, and is not a part of a code or a longer number."""
    return (follows or _NOT_GLUED_BEFORE.match(text, start) is not None) and _GLUED_AFTER.match(text, end) is None


def _count(text: str, groups: Sequence[Group], today: date, *, follows: bool) -> int:
    for count in range(min(len(groups), _MOST_GROUPS), 0, -1):
        if _is_person_number(text, groups[:count], today) and _stands_alone(text, groups, count, today, follows):
            return count
    return 0


def _stands_alone(text: str, groups: Sequence[Group], count: int, today: date, follows: bool) -> bool:
    """Tell whether the first groups are free, or tied by one mark to another person's number ("0905123456-0914...")."""
    start, end = groups[0].start, groups[count - 1].end
    if is_free(text, start, end, follows=follows):
        return True
    tied = bool(groups[count:]) and groups[count].start == end + 1 and _TIED.match(text, end) is not None
    free_before = follows or _NOT_GLUED_BEFORE.match(text, start) is not None
    return tied and free_before and _count(text, groups[count:], today, follows=True) > 0


def _is_person_number(text: str, groups: Sequence[Group], today: date) -> bool:
    digits = "".join(group.digits for group in groups)
    if not 10 <= len(digits) <= 14:
        return False
    shape = tuple(len(group.digits) for group in groups)
    if shape in _CITIZEN_GROUPS:
        # Parted by spaces, threes are a row number and an amount.
        return (shape[0] > 3 or text[groups[0].end] == ".") and is_citizen_number(digits, today=today)
    abroad = digits.startswith("0084") or text.endswith(_ABROAD, 0, groups[0].start)
    return (abroad or shape in _MOBILE_GROUPS) and MOBILE.fullmatch(digits) is not None


def is_citizen_number(digits: str, *, today: date) -> bool:
    """Twelve figures: a province, sex and century, and a year of birth that has come."""
    century, year = divmod(int(digits[3:6]), 100)
    return digits[:3] in _PROVINCE_CODES and 1900 + 100 * (century // 2) + year <= today.year
