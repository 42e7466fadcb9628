"""What of a text goes into a text message.

A telephone takes 160 signs of its own alphabet in one message, or 153 in each of several that it joins; with any other
letter, and Vietnamese has many, 70 or 67 (3GPP TS 23.038 and 23.040).
"""

MOST_PARTS = 3

CUT = "..."

_PLAIN, _OTHER = (160, 153), (70, 67)
_TAKE_TWO = frozenset("^{}\\[~]|€")
_ALPHABET = frozenset(
    "@£$¥èéùìòÇ\nØø\rÅåΔ_ΦΓΛΩΠΨΣΘΞÆæßÉ !\"#¤%&'()*+,-./0123456789:;<=>?¡"
    "ABCDEFGHIJKLMNOPQRSTUVWXYZÄÖÑÜ§¿abcdefghijklmnopqrstuvwxyzäöñüà"
)


def parts(text: str) -> int:
    """As how many messages a telephone gets the text."""
    plain = set(text) <= _ALPHABET | _TAKE_TWO
    alone, joined = _PLAIN if plain else _OTHER
    signs = len(text) + sum(letter in _TAKE_TWO for letter in text) if plain else len(text.encode("utf-16-le")) // 2
    return 1 if signs <= alone else -(-signs // joined)


def shortened(text: str, *, most: int = MOST_PARTS) -> str:
    """The text on one line, cut behind a word where it needs more parts than `most`."""
    words = text.split()
    if parts(" ".join(words)) <= most:
        return " ".join(words)
    short = ""
    for word in words:
        longer = f"{short} {word}".strip()
        if parts(longer + CUT) > most:
            break
        short = longer
    return short.rstrip(",;:-") + CUT
