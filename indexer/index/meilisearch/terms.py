"""Values as Meilisearch can compare them without changing their meaning.

Its filters trim a value, lower its case and decompose compatible characters, so that "Sở" and "sở", "m²" and "m2" would
be one value. A term spells everything that this would touch, so that equal terms are equal values and nothing else.
"""

import re
import unicodedata
from hashlib import blake2b

from indexer.text.folding import LETTERS

MOST_BYTES = 460
"""Bytes of a decomposed term that Meilisearch still compares; it cuts at 468."""

_PLAIN = frozenset("abcdefghijklmnopqrstuvwxyz0123456789.-/:,()") | {c for c in LETTERS if c == c.lower()}
_SPELT = re.compile(r"~([0-9a-f]+);")
_LETTERS_ONLY = "".join(sorted(letter for letter in LETTERS if letter == letter.lower()))


def term(value: str) -> str:
    """The term of a value, without quotes or backslashes. One too long to be compared becomes a digest."""
    spelt = _spelt(value)
    return spelt if _fits(spelt) else f"~#{blake2b(value.encode(), digest_size=32).hexdigest()}"


def value_of(term: str) -> str:
    """The inverse of `term`. A digest stays as it is: no other term begins with ~#."""
    return _SPELT.sub(lambda match: chr(int(match[1], 16)), term.replace("_", " ")) if term != "~" else ""


def reversible(value: str) -> bool:
    """True when a value can be had back from its term."""
    return _fits(_spelt(value))


def order_term(value: str) -> str:
    """A text whose order among others, as Meilisearch compares them, is that of the values by code points.

    `value` is in lower case, as the orders of reference codes are.
    """
    return "." + "".join(char if char.isascii() else f"~{ord(char):06x}" for char in value)


def accented_word(exact: str) -> str:
    """A word with its accents, in letters without any: the words that Meilisearch ranks by lose theirs.

    Every accented letter becomes its number among them behind a q, which stands inside no Vietnamese syllable.
    """
    return "".join(map(_accented_letter, exact))


def number_word(key: str) -> str:
    """A document number as one word to rank by."""
    return f"qn{blake2b(key.encode(), digest_size=8).hexdigest()}"


def _spelt(value: str) -> str:
    return "".join(map(_spelt_char, value)) if value else "~"


def _spelt_char(char: str) -> str:
    if char in _PLAIN:
        return char
    return "_" if char == " " else f"~{ord(char):x};"


def _fits(spelt: str) -> bool:
    return len(unicodedata.normalize("NFD", spelt).encode()) <= MOST_BYTES


def _accented_letter(char: str) -> str:
    place = _LETTERS_ONLY.find(char)
    return char if place < 0 else f"q{chr(97 + place // 26)}{chr(97 + place % 26)}"
