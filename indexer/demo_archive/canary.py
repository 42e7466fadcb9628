"""Made-up words that stand in what must not be found, each in one record only."""

_CONSONANTS = "bdghklmnprtv"
_VOWELS = "aeiou"
_SYLLABLES = len(_CONSONANTS) * len(_VOWELS)
_WORDS = _SYLLABLES**4
_STRIDE = 7_368_787
"""Prime to the number of words, so that each number gives its own word and neighbours do not look alike."""

PREFIX = "zqx"
"""No Vietnamese, French or English word begins so."""


def canary_word(number: int) -> str:
    """The word of a number: eleven small letters that can be spoken. Raises ValueError when all words are used up."""
    if not 0 <= number < _WORDS:
        raise ValueError(f"there are {_WORDS} canary words")
    rest = (number * _STRIDE + _WORDS // 3) % _WORDS
    word = PREFIX
    for _ in range(4):
        rest, syllable = divmod(rest, _SYLLABLES)
        word += _CONSONANTS[syllable // len(_VOWELS)] + _VOWELS[syllable % len(_VOWELS)]
    return word
