"""Tokens of Vietnamese text: the one way in which documents and queries are cut into searchable words.

The exact form keeps the tone marks and brings the two styles of placing them to one (hoà is hòa); the folded form has
no diacritics. A language of syllables repeats itself, so what stands between two spaces is cut once and remembered.
"""

import re
import unicodedata
from collections.abc import Callable
from itertools import chain
from typing import TypeVar

from indexer.text.folding import fold, lower

__all__ = ["MAX_TOKEN_LENGTH", "fold", "fold_prose", "fold_tokens", "has_accent", "token_runs", "tokens"]

_T = TypeVar("_T")

MAX_TOKEN_LENGTH = 64
_LONGEST_REMEMBERED = 64
_REMEMBERED = 1 << 15

_WORD = re.compile(r"[^\W_]+")
_TONE_STYLES = {
    **dict(zip(("oà", "oá", "oả", "oã", "oạ"), ("òa", "óa", "ỏa", "õa", "ọa"), strict=True)),
    **dict(zip(("oè", "oé", "oẻ", "oẽ", "oẹ"), ("òe", "óe", "ỏe", "õe", "ọe"), strict=True)),
    **dict(zip(("uỳ", "uý", "uỷ", "uỹ", "uỵ"), ("ùy", "úy", "ủy", "ũy", "ụy"), strict=True)),
}


def _exact(word: str) -> str:
    """Cut to length, with the tone mark of a final oa, oe, uy on its first letter; qu- is an onset, not a vowel."""
    word = word[:MAX_TOKEN_LENGTH]
    placed = _TONE_STYLES.get(word[-2:])
    if placed is None or word[-3:-2] == "q":
        return word
    return word[:-2] + placed


def _cut(run: str) -> tuple[str, ...]:
    return tuple(_exact(word) for word in _WORD.findall(lower(unicodedata.normalize("NFC", run))))


def _cut_and_fold(run: str) -> tuple[str, ...]:
    return tuple(fold(token) for token in _cut(run))


class _Memory(dict[str, _T]):
    """What was made of each run of letters between two spaces; forgets everything when it is full."""

    def __init__(self, make: Callable[[str], _T]) -> None:
        super().__init__()
        self._make = make

    def __missing__(self, run: str) -> _T:
        made = self._make(run)
        if len(run) <= _LONGEST_REMEMBERED:
            if len(self) >= _REMEMBERED:
                self.clear()
            self[run] = made
        return made


_CUT = _Memory(_cut)
_CUT_AND_FOLDED = _Memory(_cut_and_fold)
_EXACT_RUN = _Memory(lambda run: " ".join(_cut(run)))
_FOLDED_RUN = _Memory(lambda run: " ".join(_cut_and_fold(run)))
_FOLDED = _Memory(fold)


def tokens(text: str) -> list[str]:
    """The words of `text` in order: lower case, NFC, split at everything but letters and digits, tone style unified.

    A token longer than MAX_TOKEN_LENGTH characters is cut there.
    """
    return list(chain.from_iterable(map(_CUT.__getitem__, text.split())))


def fold_tokens(text: str) -> list[str]:
    """The tokens of `text`, each folded; the list runs parallel to `tokens(text)`."""
    return list(chain.from_iterable(map(_CUT_AND_FOLDED.__getitem__, text.split())))


def token_runs(text: str) -> tuple[str, str]:
    """The tokens of `text` and the folded tokens, each parted by single spaces: what an index is given."""
    runs = text.split()
    exact, folded = map(_EXACT_RUN.__getitem__, runs), map(_FOLDED_RUN.__getitem__, runs)
    return " ".join(filter(None, exact)), " ".join(filter(None, folded))


def fold_prose(text: str) -> str:
    """The same as `fold`, several times faster on prose, where the same words come again and again."""
    return " ".join(map(_FOLDED.__getitem__, text.split(" ")))


def has_accent(token: str) -> bool:
    """Tell whether a token as `tokens` gives it carries a Vietnamese diacritic (đ counts)."""
    return token != fold(token)
