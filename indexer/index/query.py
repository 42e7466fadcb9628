"""What somebody typed, read as words, quoted phrases, document numbers and exclusions.

A record matches when every wanted part stands in it and no excluded part does. A word matches in any spelling of its
accents (and of i/y); a quoted phrase with accents matches those accents only; a document number matches in any
spelling of its separators.
"""

import re
from dataclasses import dataclass, field
from functools import lru_cache

from indexer.text.clean import clean
from indexer.text.numbers import find_numbers, query_key
from indexer.text.tokens import fold, has_accent, tokens
from indexer.text.variants import variants

MAX_QUERY_LENGTH = 400
"""Characters of a query that are read; the rest is ignored by `parse` and refused by the portal."""

MAX_PARTS = 24
"""Words, phrases and numbers of a query that are searched."""


@dataclass(frozen=True)
class Word:
    """One word: as typed in lower case, and every folded spelling that counts as a match (the first is its own)."""

    exact: str
    spellings: tuple[str, ...]

    @property
    def accented(self) -> bool:
        """True when it was typed with accents, so that matches with the same accents come first."""
        return has_accent(self.exact)


@dataclass(frozen=True)
class Phrase:
    """Consecutive words. With an accent anywhere the accents must agree; without any, they are ignored."""

    words: tuple[str, ...]

    @property
    def accented(self) -> bool:
        """True when any word was typed with accents."""
        return any(has_accent(word) for word in self.words)

    @property
    def folded(self) -> tuple[str, ...]:
        """The words without accents."""
        return tuple(fold(word) for word in self.words)


@dataclass(frozen=True)
class Number:
    """A document number: its key among a record's codes, its words where it stands in running text, and as typed."""

    key: str
    words: tuple[str, ...]
    typed: str = field(default="", compare=False)


Part = Word | Phrase | Number


@dataclass(frozen=True)
class Query:
    """The wanted parts in the order typed, and the excluded ones."""

    wanted: tuple[Part, ...] = ()
    excluded: tuple[Part, ...] = ()

    @property
    def accented(self) -> bool:
        """True when any wanted word or phrase was typed with accents."""
        return any(part.accented for part in self.wanted if not isinstance(part, Number))

    def words(self) -> tuple[Word, ...]:
        """The wanted single words."""
        return tuple(part for part in self.wanted if isinstance(part, Word))


EMPTY_QUERY = Query()

_QUOTED = re.compile(r'(?P<minus>(?<!\S)-)?["“”](?P<inside>[^"“”]*)["“”]')
_EXCLUDED_WORD = re.compile(r"(?<!\S)-(?=\w)(?P<word>\S+)")


@lru_cache(maxsize=1024)
def parse(text: str) -> Query:
    """Read a query. Every text gives a query; one without any word gives the empty query, which matches all."""
    rest = clean(text)[:MAX_QUERY_LENGTH]
    wanted: list[Part] = []
    excluded: list[Part] = []
    rest = _take_quoted(rest, wanted, excluded)
    rest = _take_excluded(rest, excluded)
    rest = _take_numbers(rest, wanted)
    wanted += (_word(token) for token in tokens(rest))
    return Query(tuple(dict.fromkeys(wanted))[:MAX_PARTS], tuple(dict.fromkeys(excluded))[:MAX_PARTS])


def _take_quoted(text: str, wanted: list[Part], excluded: list[Part]) -> str:
    for match in _QUOTED.finditer(text):
        words = tokens(match["inside"])
        if words:
            (excluded if match["minus"] else wanted).append(_phrase(words))
    return _QUOTED.sub(" ", text)


def _take_excluded(text: str, excluded: list[Part]) -> str:
    for match in _EXCLUDED_WORD.finditer(text):
        words = tokens(match["word"])
        if words:
            excluded.append(_phrase(words))
    return _EXCLUDED_WORD.sub(" ", text)


def _take_numbers(text: str, wanted: list[Part]) -> str:
    kept, last = [], 0
    for start, end, found in find_numbers(text):
        key = query_key(text[start:end])
        if key is not None:
            written = " ".join((found.number, found.year, found.type, found.organ))
            wanted.append(Number(key, tuple(tokens(written)), text[start:end].strip()))
            kept.append(text[last:start])
            last = end
    return " ".join((*kept, text[last:]))


def _phrase(words: list[str]) -> Part:
    return _word(words[0]) if len(words) == 1 and not has_accent(words[0]) else Phrase(tuple(words))


def _word(token: str) -> Word:
    folded = fold(token)
    return Word(token, (folded, *variants(folded)))
