"""Lists of people: numbers and dates whose words stand at the head of a column, or whose owner stands in the row."""

import re
from collections.abc import Collection, Iterator, Sequence
from datetime import date
from functools import cached_property
from itertools import pairwise

from indexer.text.folding import fold
from indexer.text.masking.births import date_at, hidden_of
from indexer.text.masking.figures import Span
from indexer.text.masking.shapes import is_unit_next
from indexer.text.masking.unmistakable import is_free
from indexer.text.masking.vocabulary import FAMILIES, words
from indexer.text.tokens import fold_prose

_LONG = re.compile("(?<![0-9])[0-9]{9,16}(?![0-9])")
_CARD = re.compile("[0-3][0-9]{8}|0[0-9]{11}")
_REACH = 120
_NEAR = 64
_LONGER_THAN_SUMS = 12
_ROW = re.compile("[ \t|]*[0-9]{1,4}[.)|]?[ \t|]+[^0-9\u2022\n]{3,60}")
_LINE_END = re.compile(r"[ \t|;.]*(?:\n|\Z)")
_WORD = re.compile(r"[^\W\d_]+")


def _any_of(said: str) -> re.Pattern[str]:
    """Words as they stand between anything but letters, for recognition glues figures to them."""
    return re.compile(rf"(?<![^\W\d_])(?:{said})(?![^\W\d_])")


_PAPERS = _any_of(
    r"cmt|cmnd|cmtnd|cccd|c\.c\.c\.d|c\.m\.n\.d|can cuoc|chung minh (?:nhan dan|thu)|giay chung minh"
    r"|so dinh danh|dinh danh ca nhan|tuy than"
)
_ACCOUNTS = _any_of("tai khoan|stk|so tk")
_MONEY = _any_of("dong|tien|kinh phi|gia tri|vnd|von")
_BIRTH = re.compile(r"[sSN](?:(?<=[yYmM]\s[sS])(?:inh|INH)|(?<=N)TNS)(?![^\W\d_])")
_SPEAK_OF_BIRTH = ("sinh", "SINH", "Sinh", "NTNS")
_BIRTH_ALONE = "NTNS"
_DAY_OF_IT = re.compile(r"ngay(?:,? thang,? nam)?\s\Z")
_DOCUMENT = re.compile(r" ?/ ?[^\W\d_]")

_FAMILIES = words(FAMILIES)


class Lists:
    """The columns and rows of one page. What the page says at large is looked for only when a number asks for it."""

    def __init__(self, text: str) -> None:
        self._text = text

    def numbers(self, start: int, end: int, *, known: Collection[Span]) -> Iterator[Span]:
        """Numbers of papers and accounts between two places that are not `known`: long, unparted, free of any unit."""
        for found in _LONG.finditer(self._text, start, end):
            first, last = found.span()
            if (first, last) not in known and self._is_plain(first, last) and self._is_personal(found[0], first):
                yield first, last

    def birthday(self, start: int, *, today: date) -> tuple[Sequence[Span], int]:
        """What to hide of a date at `start` in a column of births, and where it ends; nothing, and `start`, if none.

        Such a date stands in a numbered row after a name, or on a line of its own.
        """
        text = self._text
        line = max(text.rfind("\n", max(0, start - _REACH), start) + 1, start - _REACH, 0)
        alone = line == start
        if not alone and (text[line].isalpha() or not _ROW.fullmatch(text, line, start)):
            return (), start
        if self._births > start:
            return (), start
        found = date_at(text, start)
        if found is None or (alone and not _LINE_END.match(text, found.end())):
            return (), start
        return hidden_of(found, today=today), found.end()

    def _is_plain(self, start: int, end: int) -> bool:
        text = self._text
        return is_free(text, start, end) and not is_unit_next(text, end) and not _DOCUMENT.match(text, end)

    def _is_personal(self, digits: str, start: int) -> bool:
        if self._may_be_sum(digits):
            return False
        if _CARD.fullmatch(digits) and self._first(_PAPERS) < start:
            return True
        if self._has_name_before(start):
            return _CARD.fullmatch(digits) is not None or self._first(_ACCOUNTS) < start
        return _ACCOUNTS.search(fold_prose(self._text[max(0, start - _NEAR) : start])) is not None

    def _may_be_sum(self, digits: str) -> bool:
        return len(digits) < _LONGER_THAN_SUMS and digits.endswith("000") and self._first(_MONEY) < len(self._text)

    def _has_name_before(self, start: int) -> bool:
        """Tell whether somebody's name, known by its family, stands before `start` on its line."""
        line = self._text[max(0, start - _REACH) : start].rpartition("\n")[2]
        return any(
            one[0].isupper() and other[0].isupper() and fold(one) in _FAMILIES
            for one, other in pairwise(_WORD.findall(line))
        )

    def _first(self, said: re.Pattern[str]) -> int:
        """Where the page first has one of the words; the length of the page when it has none."""
        if said not in self._firsts:
            found = said.search(self._folded)
            self._firsts[said] = found.start() if found else len(self._text)
        return self._firsts[said]

    @cached_property
    def _births(self) -> int:
        """Where a column of dates of birth is first announced; the length of the page when none is."""
        if not any(word in self._text for word in _SPEAK_OF_BIRTH):
            return len(self._text)
        for found in _BIRTH.finditer(self._text):
            start = found.start()
            if found[0] == _BIRTH_ALONE or _DAY_OF_IT.search(fold(self._text[max(0, start - _NEAR) : start])):
                return start
        return len(self._text)

    @cached_property
    def _firsts(self) -> dict[re.Pattern[str], int]:
        return {}

    @cached_property
    def _folded(self) -> str:
        return fold_prose(self._text)
