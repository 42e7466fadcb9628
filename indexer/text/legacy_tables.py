"""The letters of TCVN3 (ABC) and of VNI-Windows, as they look when their bytes are read as Windows-1252."""

import unicodedata

# TCVN3: runs of consecutive codes from the one given. Toned capitals have no codes of their own.
_TCVN3_RUNS = {
    0xA1: "ĂÂÊÔƠƯĐăâêôơưđ",
    0xB5: "àảãáạ",
    0xBB: "ằẳẵắ",
    0xC6: "ặầẩẫấậè",
    0xCE: "ẻẽéẹềểễếệìỉ",
    0xDC: "ĩíịò",
    0xE1: "ỏõóọồổỗốộờởỡớợù",
    0xF1: "ủũúụừửữứựỳỷỹýỵ",
}
TCVN3_LETTERS = {chr(start + step): letter for start, run in _TCVN3_RUNS.items() for step, letter in enumerate(run)}

# VNI: a letter and the mark typed after it. Plain vowels and ơ, ư take a tone; a, e, o also take a shape with its tone.
_VNI_TONES = dict(zip("ùøûõï", "\u0301\u0300\u0309\u0303\u0323", strict=True))
_VNI_CIRCUMFLEXES = dict(zip("âáàåãä", ("", "\u0301", "\u0300", "\u0309", "\u0303", "\u0323"), strict=True))
_VNI_BREVES = dict(zip("êéèúüë", ("", "\u0301", "\u0300", "\u0309", "\u0303", "\u0323"), strict=True))
_VNI_SINGLES = dict(zip("ñôöíìæóòî", "đơưíìỉĩịỵ", strict=True))


def _vni_letters() -> dict[str, str]:
    spelt = dict(_VNI_SINGLES)
    for typed, base in (*zip("aeouy", "aeouy", strict=True), ("ô", "ơ"), ("ö", "ư")):
        spelt |= {typed + mark: base + tone for mark, tone in _VNI_TONES.items() if base + tone != "y\u0323"}
    for typed, base in zip("aeo", "âêô", strict=True):
        spelt |= {typed + mark: base + tone for mark, tone in _VNI_CIRCUMFLEXES.items()}
    spelt |= {"a" + mark: "ă" + tone for mark, tone in _VNI_BREVES.items()}
    lower = {typed: unicodedata.normalize("NFC", letter) for typed, letter in spelt.items()}
    return lower | {typed.upper(): letter.upper() for typed, letter in lower.items()}


VNI_LETTERS = _vni_letters()
