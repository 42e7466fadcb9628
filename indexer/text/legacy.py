"""Text of the years before Unicode: TCVN3 (ABC) and VNI-Windows bytes that an export read as Windows-1252.

Nothing marks such a field, so each one is judged by itself: it is converted when that turns strings no Vietnamese
syllable can have into syllables, and spoils none. Text with a single letter that only Unicode Vietnamese has (ă, đ,
ơ, ư, any letter of U+1EA0–U+1EF9, a combining tone) is never touched.

Two losses of TCVN3 cannot be undone in full. Its capitals with tones share the codes of the small letters and differ
only by font (.VnTimeH), so a line or a word otherwise in capitals is put in capitals, but an initial (Ấp) stays small.
And its ư is the soft hyphen, which many programs strip: ư is put back where the rest cannot be a syllable (®êng:
đường, nhng: nhưng) and in a few set phrases of archives (lu tr÷: lưu trữ); elsewhere (ma for mưa) it is gone.
"""

import re
from collections.abc import Callable
from dataclasses import dataclass

from indexer.text.legacy_tables import TCVN3_LETTERS, VNI_LETTERS
from indexer.text.lost_horn import restore_phrases, restore_word
from indexer.text.syllables import is_syllable

_SOFT_HYPHEN = "\u00ad"
_WORDS_JUDGED = 400

_TCVN3 = str.maketrans(TCVN3_LETTERS)
_TO_TCVN3 = {ord(letter): code for code, letter in TCVN3_LETTERS.items()}
_TO_TCVN3 |= {
    ord(letter.upper()): code for code, letter in TCVN3_LETTERS.items() if ord(letter.upper()) not in _TO_TCVN3
}
_TO_VNI = {ord(letter): typed for typed, letter in VNI_LETTERS.items()}
_VNI = re.compile("|".join(sorted(VNI_LETTERS, key=len, reverse=True)))

_TCVN3_SPELT = re.compile(f"[A-Za-z{''.join(TCVN3_LETTERS)}]+")
_VNI_SPELT = re.compile(f"(?:{_VNI.pattern}|[A-Za-z])+")

_UNICODE_VIETNAMESE = re.compile("[ăĂđĐơƠưƯƣƢ\u0300-\u0309\u031b\u0323\u1ea0-\u1ef9]")
_WORD = re.compile(r"[^\s0-9!-/:-@\[-`{-~‘’“”–—…•]+")
_PLAIN_LETTER = re.compile("[A-Za-z]")
_CAPITALS = re.compile("[A-ZĂÂÊÔƠƯĐ].*[A-ZĂÂÊÔƠƯĐ]")
_SMALL_LETTER = re.compile("[a-z]")

# What other languages hardly write inside a word, and legacy Vietnamese all the time: signs (but not µ before a
# unit), a capital after a small letter, a small accented letter among capitals; a vowel letter with a VNI mark. The
# marks ù û ï ë ü are not among these, for French and colonial names have them too (août, Haï Phong).
_TCVN3_TELLTALE = re.compile("[¡-´¶-¾×÷ßÞþ]|.µ|[a-z][À-Þ]|[A-Z][A-Z]+[à-þ]|[à-þ][A-Z]")
_VNI_TELLTALE = re.compile("[aeo][âáàåãäêéèú]|[aeouyôö][øõ]|öô|[ôö][ùûï]", re.IGNORECASE)


@dataclass(frozen=True)
class _Encoding:
    """One legacy encoding: the words it can spell, how to read them and a whole text, and what gives it away."""

    name: str
    spelt: re.Pattern[str]
    read_word: Callable[[str], str]
    read_text: Callable[[str], str]
    telltale: re.Pattern[str]

    def explains(self, word: str) -> bool:
        """Tell whether this encoding accounts for every letter of the word and makes it a syllable."""
        return self.spelt.fullmatch(word) is not None and is_syllable(self.read_word(word))


def to_tcvn3(text: str) -> str:
    """`text` (NFC) as TCVN3 bytes look in Windows-1252. Toned capitals become small, as the encoding has none."""
    return text.translate(_TO_TCVN3)


def to_vni(text: str) -> str:
    """`text` (NFC) as VNI-Windows bytes look in Windows-1252."""
    return text.translate(_TO_VNI)


def from_tcvn3(text: str) -> str:
    """Read `text` as TCVN3, whatever it is; lines and words in capitals become wholly so, lost ư is put back."""
    converted = "\n".join(_recapitalise(line) for line in text.translate(_TCVN3).split("\n"))
    if _SOFT_HYPHEN in text:
        return converted
    return restore_phrases(_WORD.sub(lambda word: restore_word(word[0]), converted))


def from_vni(text: str) -> str:
    """Read `text` as VNI-Windows, whatever it is."""
    return _VNI.sub(lambda typed: VNI_LETTERS[typed[0]], text)


def decode_legacy(text: str) -> tuple[str, str]:
    """The text in Unicode and the encoding it was in: "unicode" (given back as it is), "tcvn3" or "vni".

    Must see the text before soft hyphens are removed. Idempotent: what it gives back is always "unicode" to it.
    """
    encoding = _detect(text)
    if encoding is None:
        return text, "unicode"
    decoded = encoding.read_text(text)
    if _detect(decoded) is not None:
        return text, "unicode"
    return decoded, encoding.name


def _recapitalise(line: str) -> str:
    if not _SMALL_LETTER.search(line) and any(_in_capitals(word) for word in _WORD.findall(line)):
        return line.upper()
    return _WORD.sub(lambda word: word[0].upper() if _in_capitals(word[0]) else word[0], line)


def _in_capitals(word: str) -> bool:
    return _CAPITALS.search(word) is not None and _SMALL_LETTER.search(word) is None


def _read_tcvn3_word(word: str) -> str:
    return restore_word(word.translate(_TCVN3))


_ENCODINGS = (
    _Encoding("tcvn3", _TCVN3_SPELT, _read_tcvn3_word, from_tcvn3, _TCVN3_TELLTALE),
    _Encoding("vni", _VNI_SPELT, from_vni, from_vni, _VNI_TELLTALE),
)


def _detect(text: str) -> _Encoding | None:
    if text.isascii() or _UNICODE_VIETNAMESE.search(text):
        return None
    words = [word for word in _WORD.findall(text)[:_WORDS_JUDGED] if _PLAIN_LETTER.search(word) or not word.isascii()]
    (second, _), (first, best) = sorted(
        ((_evidence(words, encoding), encoding) for encoding in _ENCODINGS), key=lambda judged: judged[0]
    )
    return best if first > second else None


def _evidence(words: list[str], encoding: _Encoding) -> tuple[bool, int]:
    """Whether a telltale was seen, and how many words become syllables; (False, 0) when too much stays unexplained."""
    foreign = [word for word in words if not word.isascii()]
    explained = [word for word in foreign if encoding.explains(word)]
    gained = [word for word in explained if _PLAIN_LETTER.search(word) and not is_syllable(word)]
    certain = any(encoding.telltale.search(word) for word in gained)
    if not certain and (len(gained) < 2 or 3 * len(gained) < len(foreign)):
        return (False, 0)
    spoilt = sum(is_syllable(word) and not encoding.explains(word) for word in foreign)
    if 5 * len(explained) < 4 * len(foreign) or 5 * spoilt > len(gained):
        return (False, 0)
    # Plain words of legacy Vietnamese are syllables too; those of French or English mostly are not. Abbreviations pass.
    plain = [word for word in words if word.isascii() and len(word) > 1 and not word.isupper()]
    readable = len(explained) + sum(is_syllable(restore_word(word)) for word in plain)
    return (certain, len(gained)) if 5 * readable >= 3 * (len(foreign) + len(plain)) else (False, 0)
