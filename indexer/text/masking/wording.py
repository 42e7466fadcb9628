"""The words before a number, which say what it is: read backwards from the number, over the small words between."""

import re
from enum import Enum
from functools import lru_cache
from typing import NamedTuple

from indexer.text.folding import fold
from indexer.text.masking.figures import Span
from indexer.text.masking.vocabulary import (
    ACCOUNTS,
    BETWEEN,
    BETWEEN_ACCOUNT,
    BETWEEN_BIRTH,
    BETWEEN_BUSINESS,
    BETWEEN_PAPER,
    BETWEEN_PHONE,
    BIRTHS,
    BUSINESSES,
    PAPERS,
    PERSON_TAXES,
    PHONES,
    names,
    words,
)

_REACH = 64
_COLON = 3
_NUMBER = ("so",)
_CLAUSE_END = re.compile(r"[;:,.)\n-]")
_WORD = re.compile("[0-9\u2022]+[^\\W\\d_]*|[^\\W\\d_]+")


class Kind(Enum):
    """What the words before a number say it is. BUSINESS is a number of a firm: known, and nobody's secret."""

    PAPER = "identity paper"
    PHONE = "telephone"
    ACCOUNT = "bank account"
    PERSON_TAX = "tax code of a person"
    BUSINESS = "number of a firm"
    BIRTH = "birth"


class Wording(NamedTuple):
    """What a number is said to be; by which words, folded (`name`) and `as_written`.

    `before` are the words to their left as written, nearest last, as far as the line and the clause go back, for the
    kinds that need them (telephone, birth).
    `says_number` tells whether "số" is beside them, `colon` whether one stands before the number.
    """

    kind: Kind
    name: str
    as_written: str
    before: tuple[str, ...]
    says_number: bool
    colon: bool = False


_NAMES = {
    Kind.PAPER: PAPERS,
    Kind.PHONE: PHONES,
    Kind.ACCOUNT: ACCOUNTS,
    Kind.PERSON_TAX: PERSON_TAXES,
    Kind.BUSINESS: BUSINESSES,
    Kind.BIRTH: BIRTHS,
}
_BETWEEN = {
    Kind.PAPER: words(BETWEEN, BETWEEN_PAPER),
    Kind.PHONE: words(BETWEEN, BETWEEN_PHONE),
    Kind.ACCOUNT: words(BETWEEN, BETWEEN_ACCOUNT),
    Kind.PERSON_TAX: words(BETWEEN),
    Kind.BUSINESS: words(BETWEEN, BETWEEN_BUSINESS),
    Kind.BIRTH: words(BETWEEN_BIRTH),
}
_JUDGED_BY_CLAUSE = frozenset({Kind.PHONE, Kind.BIRTH})
_EVERY_KIND = frozenset(Kind)
_NO_KIND: frozenset[Kind] = frozenset()
_KINDS_ACROSS = {
    word: frozenset(kind for kind in Kind if word in _BETWEEN[kind]) for word in frozenset().union(*_BETWEEN.values())
}


_Words = tuple[str, ...]
_Name = tuple[_Words, Kind]


def _by_ending() -> dict[tuple[str, ...], tuple[_Name, ...]]:
    """Every name, longest first, under its last two words; the names of one word under that."""
    named = [(name, kind) for kind, table in _NAMES.items() for name in names(table)]
    named.sort(key=lambda each: -len(each[0]))
    return {ending: tuple(each for each in named if each[0][-2:] == ending) for ending in {n[-2:] for n, _ in named}}


_BY_ENDING = _by_ending()
_LAST_WORDS = frozenset(ending[-1] for ending in _BY_ENDING)


def wording_before(text: str, at: int) -> Wording | None:
    """What the words right before `at` say the number there is; None when they say nothing.

    The last 64 characters count, or 192 where they are a line to write on ("Số CMND: ..........").
    """
    kinds, says_number = _EVERY_KIND, False
    limit, end = max(0, at - _REACH), at
    while True:
        start = text.rfind(" ", limit, max(0, end - 1)) + 1
        if not start and limit:
            if kinds is not _EVERY_KIND or limit < at - _REACH:
                return None
            limit = max(0, at - 3 * _REACH)
            continue
        folded = _words_of(text[start:end])[1]
        for count in range(len(folded), 0, -1):
            last = folded[count - 1]
            if last in _LAST_WORDS and (found := _wording(text, limit, (start, end), count, kinds)):
                colon = ":" in text[max(0, at - _COLON) : at]
                return found._replace(says_number=says_number or found.says_number, colon=colon)
            kinds &= _KINDS_ACROSS.get(last, _NO_KIND)
            if not kinds:
                return None
            says_number = says_number or last in _NUMBER
        if not start:
            return None
        end = start - 1


@lru_cache(maxsize=1 << 15)
def _words_of(run: str) -> tuple[_Words, _Words]:
    """The words between two spaces, as written and folded; what is hidden already counts as one."""
    written = tuple(_WORD.findall(run))
    return written, tuple(map(fold, written))


def _wording(text: str, limit: int, run: Span, count: int, kinds: frozenset[Kind]) -> Wording | None:
    """The longest name at the end of the words, which are those from `limit` to the run and the first of the run."""
    start, end = run
    farther = text[limit:start].split()
    written, folded = (words[:count] for words in _words_of(text[start:end]))
    written, folded = _with_more(written, folded, farther, 2)
    for name, kind in _BY_ENDING.get(folded[-2:], ()) + _BY_ENDING.get(folded[-1:], ()):
        size = len(name)
        written, folded = _with_more(written, folded, farther, size + 1)
        if kind in kinds and folded[-size:] == name:
            before = _clause_before(text[limit:end], written[-size]) if kind in _JUDGED_BY_CLAUSE else ()
            return Wording(
                kind, " ".join(name), " ".join(written[-size:]), before, folded[-size - 1 : -size] == _NUMBER
            )
    return None


def _with_more(written: _Words, folded: _Words, farther: list[str], size: int) -> tuple[_Words, _Words]:
    """The words and as many from the end of `farther`, which are taken out of it, as make `size` of them."""
    while len(folded) < size and farther:
        more_written, more_folded = _words_of(farther.pop())
        written, folded = more_written + written, more_folded + folded
    return written, folded


def _clause_before(text: str, word: str) -> _Words:
    """The words before the last `word` of a text, as far back as nothing ends a line or a clause."""
    return tuple(_WORD.findall(_CLAUSE_END.split(text[: text.rfind(word)])[-1]))
