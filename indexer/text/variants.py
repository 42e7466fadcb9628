"""The i/y rule: open syllables that are spelt with either letter (công ty and công ti, Quy Nhơn and Qui Nhơn)."""

_ONSETS = ("h", "k", "l", "m", "s", "t", "qu")

_VARIANTS: dict[str, tuple[str, ...]] = {
    onset + vowel: (onset + other,) for onset in _ONSETS for vowel, other in (("i", "y"), ("y", "i"))
}


def variants(folded: str) -> tuple[str, ...]:
    """Other spellings of one folded token, without the token itself; empty for a token that has only one."""
    return _VARIANTS.get(folded, ())
