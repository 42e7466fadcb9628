"""Folding: lower case, and Vietnamese letters without their diacritics, one character for one character."""

import unicodedata

_BASES = "aăâeêioôơuưy"
_TONES = "\u0300\u0301\u0303\u0309\u0323"


def _fold_table() -> dict[int, str]:
    table = {ord("đ"): "d"}
    for base in _BASES:
        for mark in ("", *_TONES):
            letter = unicodedata.normalize("NFC", base + mark)
            table[ord(letter)] = unicodedata.normalize("NFD", base)[0]
    return {code: plain for code, plain in table.items() if code > 0x7F}


_FOLD = _fold_table()

LETTERS = frozenset(case for code in _FOLD for case in (chr(code), chr(code).upper()))
"""Every Vietnamese letter that is not plain ASCII, in both cases."""


def lower(text: str) -> str:
    """Lower case with one character for each character, so that positions in `text` stay good.

    U+0130 is the only character that Python lower-cases to two; it becomes a plain "i".
    """
    return text.replace("\u0130", "i").lower()


def fold(text: str) -> str:
    """Lower case without Vietnamese diacritics, đ as d; as many characters as `text`, which is expected in NFC.

    Letters of other languages keep their marks (ñ, ç, ö), since in them the mark makes another letter.
    """
    lowered = lower(text)
    return lowered if lowered.isascii() else lowered.translate(_FOLD)
