"""Putting back the ư that TCVN3 text lost with its soft hyphens, only where no other reading is likely."""

import re

from indexer.text.syllables import is_syllable

# A rhyme that no syllable has without the ư before it (ơng, ơc, ơu), and a syllable left without any vowel.
_HORNLESS_RHYME = re.compile("(?<![ưƯuU])(?=[ơờớởỡợƠỜỚỞỠỢ](?:ng|c|u|NG|C|U)$)")
_VOWELLESS = re.compile("(?<=[A-Za-zĐđ])(?=ng$)")
_WHOLE_WORDS = {"th": "thư", "Th": "Thư", "nh": "như", "Nh": "Như"}

# Words and phrases of archival description whose damaged form means nothing there (ngời, u tiên).
_PHRASES = """
lưu trữ, lưu giữ, lưu hành, lưu thông, lưu trú, lưu vực, hưng yên, thông tư, đầu tư, tư liệu, tư pháp, tư tưởng,
tư nhân, tư cách, tư vấn, tư lệnh, sư phạm, sư đoàn, giáo sư, luật sư, cư trú, dân cư, định cư, di cư, bưu điện,
tham mưu, ưu tiên, hư hỏng, người, mươi
"""
_DAMAGED = {phrase.replace("ư", ""): phrase for phrase in re.split(r",\s", _PHRASES.strip())}
_DAMAGED_PHRASE = re.compile(rf"(?<!\w)(?:{'|'.join(_DAMAGED)})(?!\w)", re.IGNORECASE)


def restore_word(word: str) -> str:
    """The word with its ư where it cannot be a syllable without; otherwise the word as it is."""
    if is_syllable(word):
        return word
    if word in _WHOLE_WORDS:
        return _WHOLE_WORDS[word]
    horn = "Ư" if word.isupper() else "ư"
    for restored in (_HORNLESS_RHYME.sub(horn, word), _VOWELLESS.sub("ư", word)):
        if is_syllable(restored):
            return restored
    return word


def restore_phrases(text: str) -> str:
    """The text with ư put back in the set phrases."""
    return _DAMAGED_PHRASE.sub(_restored_phrase, text)


def _restored_phrase(damaged: re.Match[str]) -> str:
    left = iter(damaged[0])
    horn = "Ư" if damaged[0].isupper() else "ư"
    return "".join(horn if letter == "ư" else next(left) for letter in _DAMAGED[damaged[0].lower()])
