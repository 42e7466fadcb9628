"""Which strings can be one written Vietnamese syllable: onset, rhyme and tone that go together.

The test is structural, not a dictionary: every real syllable passes, and a string that passes can be read aloud.
Tone marks must stand where one of the two accepted styles puts them (hòa or hoà, never hòan).
"""

import unicodedata

from indexer.text.folding import fold

_ONSETS = "b c ch d đ g gh gi h k kh l m n ng ngh nh p ph qu r s t th tr v x"

_RHYMES = """
a ac ach ai am an ang anh ao ap at au ay ăc ăm ăn ăng ăp ăt âc âm ân âng âp ât âu ây
e ec em en eng eo ep et ê êch êm ên ênh êp êt êu
i ia ich im in inh ip it iu iêc iêm iên iêng iêp iêt iêu y ych yn ynh yt yêm yên yêng yêt yêu
o oc oi om on ong op ot oa oac oach oai oam oan oang oanh oao oap oat oay oăc oăm oăn oăng oăt oe oen oeo oet ooc oong
ô ôc ôi ôm ôn ông ôp ôt ơ ơi ơm ơn ơp ơt
u ua uc ui um un ung up ut uân uâng uât uây uê uêch uênh uôc uôi uôm uôn uông uôt uơ
uy uya uych uyn uynh uyp uyt uyu uyên uyêt
ư ưa ưc ưi ưm ưn ưng ưt ưu ươc ươi ươm ươn ương ươp ươt ươu
"""

# Ngang (no mark), huyền, hỏi, ngã; then the two tones a rhyme closed by a stop may take: sắc, nặng.
_SMOOTH_TONES = ("", "\u0300", "\u0309", "\u0303")
_STOPPED_TONES = ("\u0301", "\u0323")
_STOPS = ("c", "ch", "p", "t")

_Y_ONSETS = frozenset(("", "h", "k", "l", "m", "n", "qu", "s", "t", "th", "v"))
_G_RHYMES = frozenset(("i", "ich", "im", "in", "inh", "ip", "it", "iêc", "iêm", "iên", "iêng", "iêp", "iêt", "iêu"))

# Spellings of highland place names that the rules of onset and rhyme do not produce.
_PLACE_SYLLABLES = ("đắk", "đăk", "lắk", "lăk", "kạn", "kon", "krông")


def _spelt_together(onset: str, rhyme: str) -> bool:
    """Tell whether this onset is written before this rhyme."""
    first = rhyme[0]
    if first == "y":
        return _y_spelt_after(onset, rhyme)
    if onset in ("k", "gh", "ngh"):
        return first in "eêi"
    if onset in ("c", "ng"):
        return first not in "eêi"
    if onset == "g":
        return first not in "eêi" or rhyme in _G_RHYMES
    if onset == "gi":
        return first != "i"
    if onset == "qu":
        return first not in "uoư"
    return True


def _y_spelt_after(onset: str, rhyme: str) -> bool:
    if rhyme == "y":
        return onset in _Y_ONSETS
    if rhyme.startswith("yê"):
        return onset in ("", "qu")
    return onset == "qu"


def _tone_places(rhyme: str) -> tuple[int, ...]:
    """Positions in the rhyme where a tone mark may stand; two where both styles are in use."""
    for vowel in "ơêôâăư":
        if vowel in rhyme:
            return (rhyme.index(vowel),)
    if rhyme in ("oa", "oe", "uy"):
        return (0, 1)
    if rhyme[:2] in ("oa", "oe", "oo", "uy"):
        return (1,)
    return (0,)


def _toned(rhyme: str) -> list[str]:
    tones = _STOPPED_TONES if rhyme.endswith(_STOPS) else _SMOOTH_TONES + _STOPPED_TONES
    marked = {rhyme[: at + 1] + tone + rhyme[at + 1 :] for at in _tone_places(rhyme) for tone in tones}
    return [unicodedata.normalize("NFC", spelling) for spelling in marked]


def _all_syllables() -> frozenset[str]:
    spellings = {rhyme: _toned(rhyme) for rhyme in _RHYMES.split()}
    built = {
        onset + spelling
        for onset in ("", *_ONSETS.split())
        for rhyme, toned in spellings.items()
        if _spelt_together(onset, rhyme)
        for spelling in toned
    }
    return frozenset(built.union(_PLACE_SYLLABLES))


SYLLABLES = _all_syllables()
_FOLDED = frozenset(fold(syllable) for syllable in SYLLABLES)


def is_syllable(word: str) -> bool:
    """Tell whether `word` (NFC, any case, with its diacritics) can be one Vietnamese syllable."""
    return word.lower() in SYLLABLES


def is_folded_syllable(word: str) -> bool:
    """Tell whether `word` is some Vietnamese syllable once both lose their diacritics ("truong" is, "ubnd" is not)."""
    return fold(word) in _FOLDED
