"""The ways in which a query differs from what stands in the archive: how people type, and how machines read."""

import re
import unicodedata
from collections.abc import Callable

from indexer.demo_archive.dice import Dice
from indexer.text.folding import fold

Respelling = Callable[[Dice, str], str]
"""Gives a text in another spelling, or as it was when it has no other."""

_TONES = "\u0300\u0301\u0303\u0309\u0323"
_TWO_VOWELS = re.compile(
    rf"(?P<head>.*(?<![qQ]))(?P<first>[oOuU])(?P<one>[{_TONES}]?)(?P<last>[aAeEyY])(?P<two>[{_TONES}]?)"
)
_OPEN = ("oa", "oe", "uy")
_I_OR_Y = re.compile(rf"(?P<onset>h|k|l|m|s|t|qu)(?P<vowel>[iy])(?P<tone>[{_TONES}]?)", re.IGNORECASE)
_OTHER = {"i": "y", "y": "i", "I": "Y", "Y": "I"}

_MARK_LOST, _LETTER_LOST = 0.10, 0.02
"""How often a scan's text has another mark on a letter, and how often another letter."""

_MARKS = {
    **dict(zip("ảãẻẽỉĩỏõủũỷỹ", "ãảẽẻĩỉõỏũủỹỷ", strict=True)),
    **dict(zip("ơờớởỡợưừứửữự", "oòóỏõọuùúủũụ", strict=True)),
    **dict(zip("âầấẩẫậêềếểễệôồốổỗộ", "aàáảãạeèéẻẽẹoòóỏõọ", strict=True)),
    **dict(zip("ăằắẳẵặđ", "âầấẩẫậd", strict=True)),
}
_LETTERS = {
    "l": "1",
    "i": "l",
    "c": "e",
    "e": "c",
    "h": "b",
    "n": "u",
    "u": "n",
    "o": "0",
    "m": "rn",
    "t": "f",
    "g": "q",
}


def unchanged(_: Dice, text: str) -> str:
    """As it stands in the archive."""
    return text


def unaccented(_: Dice, text: str) -> str:
    """As typed on a keyboard without Vietnamese: small letters, no diacritics."""
    return fold(text)


def respelt(_: Dice, text: str) -> str:
    """Every word in the other accepted spelling, if it has one: hòa as hoà, kỹ as kĩ."""
    return " ".join(map(_respelt_word, text.split(" ")))


def with_ocr_noise(dice: Dice, text: str) -> str:
    """As a machine might have read it from a bad scan: some marks and fewer letters mistaken, at least one."""
    letters = list(text)
    mistakable = [at for at, letter in enumerate(letters) if letter in _MARKS or letter in _LETTERS]
    if not mistakable:
        return text
    mistaken = [at for at in mistakable if dice.chance(_MARK_LOST if letters[at] in _MARKS else _LETTER_LOST)]
    for at in mistaken or [dice.pick(mistakable)]:
        letters[at] = _MARKS.get(letters[at]) or _LETTERS[letters[at]]
    return "".join(letters)


def retyped_number(dice: Dice, number: str) -> str:
    """A document number as readers type it: in small letters, unaccented, with other marks or none, after "số"."""
    plain = fold(number)
    spaced, glued = re.sub(r"[/-]", " ", number), re.sub(r"[/-](?=[a-z])", "", plain)
    return dice.pick((number, number.lower(), plain, plain.replace("-", ""), spaced, glued, f"số {number}"))


def _respelt_word(word: str) -> str:
    decomposed = unicodedata.normalize("NFD", word)
    vowels, open_syllable = _TWO_VOWELS.fullmatch(decomposed), _I_OR_Y.fullmatch(decomposed)
    if vowels and (vowels["first"] + vowels["last"]).lower() in _OPEN:
        decomposed = vowels["head"] + vowels["first"] + vowels["two"] + vowels["last"] + vowels["one"]
    elif open_syllable:
        decomposed = open_syllable["onset"] + _OTHER[open_syllable["vowel"]] + open_syllable["tone"]
    return unicodedata.normalize("NFC", decomposed)
