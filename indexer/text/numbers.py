"""Document numbers ("67/KH-UBND", "45/2020/NĐ-CP", "137-KL/TW"): telling them from prose, and keys to find them by.

A number has a figure, sometimes a year, and letters: the type of the document, the body that issued it, or both. What
readers type differs from what clerks wrote in case, diacritics, zeros and separators; the keys do not.

Prose is full of things that look alike ("5/kg", "67 hộ gia đình", "3 - UBND tỉnh"), so the looser the spelling, the
more of it must be known: letters joined by "/" or "-" may be any abbreviation, letters after a space may not.
"""

import re
import unicodedata
from collections.abc import Iterator
from dataclasses import dataclass
from itertools import takewhile

from indexer.text.folding import fold
from indexer.text.number_tables import DOCUMENT_TYPES, ORGANS
from indexer.text.syllables import is_folded_syllable

_SEPARATOR = r"(?:\s?[/-]\s?|\s{1,3})"
_LETTERS = r"[^\W\d_](?:&?[^\W_])*"
_NUMBER = re.compile(
    rf"(?<![\w/.,-])(?P<figure>\d{{1,6}}(?:[A-Ea-ce](?![^\W_]))?)"
    rf"(?:{_SEPARATOR}(?P<year>1[89]\d\d|20\d\d)(?={_SEPARATOR}))?"
    rf"(?P<letters>{_SEPARATOR}?{_LETTERS}(?:{_SEPARATOR}{_LETTERS}){{0,5}})"
)
_PART = re.compile(rf"(?P<separator>{_SEPARATOR}|)(?P<letters>{_LETTERS})")
_LABEL = re.compile(r"(?:số|so)\b\s*:?\s*(?=\d)", re.IGNORECASE)

_TYPES = {name.lower(): name for name in DOCUMENT_TYPES}
_TYPES_FOLDED = {fold(name): name for name in DOCUMENT_TYPES}
_LONGEST_TYPE = max(map(len, DOCUMENT_TYPES))
_ORGANS_FOLDED = {fold(name): name for name in ORGANS}
_ROMAN = re.compile("[ivxlc]+")
_VOWEL = re.compile("[aeiouy]")


@dataclass(frozen=True)
class DocumentNumber:
    """A number as parts: "45/2020/NĐ-CP" is ("45", "2020", "NĐ", "CP"). Parts that are not there are empty.

    `number` keeps its leading zeros; `type` is spelt as in NĐ 30/2020; `organ` may itself have parts ("BNV-CVT&LTNN").
    """

    number: str
    year: str
    type: str
    organ: str


@dataclass(frozen=True)
class _Part:
    """One run of letters with what parts it from the one before; `end` is its end in the searched text."""

    separator: str
    letters: str
    end: int

    @property
    def tight(self) -> bool:
        return "/" in self.separator or self.separator.startswith("-")

    @property
    def stem(self) -> str:
        return fold(self.letters).replace("&", "").rstrip("0123456789")


_Reading = tuple[str, list[_Part], int]


def parse_number(text: str) -> DocumentNumber | None:
    """The number that the whole of `text` is, "Số:" aside; None for anything else."""
    text = unicodedata.normalize("NFC", text).strip()
    label = _LABEL.match(text)
    start = label.end() if label else 0
    match = _NUMBER.fullmatch(text, start)
    if match is None:
        return None
    reading = _read(match, whole=True)
    return _document_number(match, reading) if reading and reading[2] == len(text) else None


def find_numbers(text: str) -> list[tuple[int, int, DocumentNumber]]:
    """Numbers inside running text (NFC), in order: start, end (after the last character) and the number."""
    return list(_numbers_in(text))


def number_keys(text: str) -> tuple[str, ...]:
    """Index keys of a record's number, each folded and without leading zeros; empty when `text` is not a number.

    With and without its year, whole and cut after each part ("67/kh-ubnd", "67/kh"), and with fewer separators
    ("67/khubnd", "67khubnd").
    """
    number = parse_number(text)
    if number is None:
        return ()
    figure, parts = _key_parts(number)
    stems = (figure, f"{figure}/{number.year}") if number.year else (figure,)
    keys: dict[str, None] = {}
    for stem in stems:
        for count in range(len(parts), 0, -1):
            dashed, joined = "-".join(parts[:count]), "".join(parts[:count])
            compact = stem.replace("/", "") + joined
            keys |= dict.fromkeys((f"{stem}/{dashed}", f"{stem}/{joined}", compact))
    return tuple(keys)


def query_key(text: str) -> str | None:
    """The one key to look a typed number up by; None when `text` is not a number.

    It is among the `number_keys` of every number that has all its parts, however either of them is spelt.
    """
    number = parse_number(text)
    if number is None:
        return None
    figure, parts = _key_parts(number)
    return "/".join(filter(None, (figure, number.year, "".join(parts))))


def _key_parts(number: DocumentNumber) -> tuple[str, list[str]]:
    figure = fold(number.number).lstrip("0") or "0"
    letters = fold(f"{number.type}/{number.organ}").replace("&", "")
    return figure, [part for part in re.split("[/-]", letters) if part]


def _numbers_in(text: str) -> Iterator[tuple[int, int, DocumentNumber]]:
    position = 0
    while match := _NUMBER.search(text, position):
        reading = _read(match, whole=False)
        position = reading[2] if reading else match.end("figure")
        if reading:
            yield match.start(), position, _document_number(match, reading)


def _document_number(match: re.Match[str], reading: _Reading) -> DocumentNumber:
    kind, organs, _ = reading
    organ = "".join(("/" if "/" in part.separator else "-") + _organ_spelling(part) for part in organs)
    return DocumentNumber(match["figure"].upper(), match["year"] or "", kind, organ[1:])


def _organ_spelling(part: _Part) -> str:
    if not part.letters.islower():
        return part.letters
    return _ORGANS_FOLDED.get(fold(part.letters), part.letters.upper())


def _read(match: re.Match[str], *, whole: bool) -> _Reading | None:
    """Type, parts of the organ and end of a candidate, or None when it is prose. `whole`: nothing else was typed."""
    offset = match.start("letters")
    parts = [
        _Part(found["separator"], found["letters"], offset + found.end()) for found in _PART.finditer(match["letters"])
    ]
    first, rest = parts[0], parts[1:]
    if not first.separator:
        parts = _unglued(first, whole=whole) + rest
        first, rest = parts[0], parts[1:]
    kind = _type_of(first.letters)
    if kind:
        organs = list(takewhile(lambda part: _is_organ(part, whole=whole), rest))
        if organs or _stands_alone(first, whole=whole):
            return kind, organs, organs[-1].end if organs else first.end
        return None
    if not _is_leading_organ(first, rest, whole=whole):
        return None
    organs = [first, *takewhile(lambda part: part.tight and _is_organ(part, whole=whole), rest)]
    return "", organs, organs[-1].end


def _type_of(letters: str) -> str:
    return _TYPES.get(letters.lower()) or _TYPES_FOLDED.get(fold(letters), "")


def _unglued(part: _Part, *, whole: bool) -> list[_Part]:
    """The parts of "khubnd" in "67khubnd": a known type and an organ. One part when it does not come apart."""
    for length in range(min(len(part.letters) - 2, _LONGEST_TYPE), 1, -1):
        head = _Part("", part.letters[:length], part.end - len(part.letters) + length)
        tail = _Part(" ", part.letters[length:], part.end)
        if _type_of(head.letters) and _is_organ(tail, whole=whole):
            return [head, tail]
    return [part]


def _stands_alone(part: _Part, *, whole: bool) -> bool:
    """Tell whether a type without organ ("67/KH") makes a number: tied to its figure, or all that was typed."""
    has_vowel = _VOWEL.search(fold(part.letters)) is not None
    if part.tight:
        return whole or not part.letters.islower() or ("/" in part.separator and not has_vowel)
    return whole and not has_vowel


def _is_organ(part: _Part, *, whole: bool) -> bool:
    """Tell whether letters after a type are a body's abbreviation rather than the next word of a sentence."""
    is_word = is_folded_syllable(part.stem)
    if part.stem in _ORGANS_FOLDED:
        return part.tight or not (is_word and part.letters.islower())
    if part.tight:
        return part.letters.isupper() or not is_word
    return whole and not is_word and len(part.stem) > 1


def _is_leading_organ(part: _Part, rest: list[_Part], *, whole: bool) -> bool:
    """Tell whether letters right after a figure are a body's abbreviation ("67/UB", "142-CP", "851/BNV-CVT&LTNN")."""
    if not part.tight:
        return False
    is_word = is_folded_syllable(part.stem)
    if part.stem in _ORGANS_FOLDED:
        return whole or not is_word or not part.letters.islower()
    if "/" not in part.separator or len(part.stem) < 2 or is_word or _ROMAN.fullmatch(part.stem):
        return False
    return part.letters.isupper() or (whole and bool(rest) and rest[0].tight)
