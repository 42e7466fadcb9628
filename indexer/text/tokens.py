"""Tokens of Vietnamese text: the one way in which documents and queries are cut into searchable words.

The exact form keeps the tone marks and brings the two styles of placing them to one (hoà is hòa); the folded form has
no diacritics. A language of syllables repeats itself, so what stands between two spaces is cut once and remembered.
"""

import re
import unicodedata
from functools import lru_cache
from itertools import chain

from indexer.text.folding import fold, lower

__all__ = ["MAX_TOKEN_LENGTH", "fold", "fold_tokens", "has_accent", "tokens"]

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


_cut_known = lru_cache(_REMEMBERED)(_cut)
_cut_and_fold_known = lru_cache(_REMEMBERED)(_cut_and_fold)


def tokens(text: str) -> list[str]:
    """The words of `text` in order: lower case, NFC, split at everything but letters and digits, tone style unified.

    A token longer than MAX_TOKEN_LENGTH characters is cut there.
    """
    runs = [_cut_known(run) if len(run) <= _LONGEST_REMEMBERED else _cut(run) for run in text.split()]
    return list(chain.from_iterable(runs))


def fold_tokens(text: str) -> list[str]:
    """The tokens of `text`, each folded; the list runs parallel to `tokens(text)`."""
    runs = [_cut_and_fold_known(run) if len(run) <= _LONGEST_REMEMBERED else _cut_and_fold(run) for run in text.split()]
    return list(chain.from_iterable(runs))


def has_accent(token: str) -> bool:
    """Tell whether a token as `tokens` gives it carries a Vietnamese diacritic (đ counts)."""
    return token != fold(token)
