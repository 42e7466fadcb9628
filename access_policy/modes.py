"""Reading the access mode as archives wrote it: a code of TT 05/2025, or free text of the older layout."""

import unicodedata
from functools import lru_cache

from access_policy.terms import AccessMode, Audience

_WRITTEN: dict[str, AccessMode] = {
    "01": AccessMode.PUBLIC,
    "1": AccessMode.PUBLIC,
    "công khai": AccessMode.PUBLIC,
    "tiếp cận rộng rãi": AccessMode.PUBLIC,
    "đọc tại phòng đọc": AccessMode.PUBLIC,
    "02": AccessMode.CONDITIONAL,
    "2": AccessMode.CONDITIONAL,
    "hạn chế": AccessMode.CONDITIONAL,
    "hạn chế sử dụng": AccessMode.CONDITIONAL,
    "sử dụng có điều kiện": AccessMode.CONDITIONAL,
    "tiếp cận có điều kiện": AccessMode.CONDITIONAL,
    "03": AccessMode.SECRET,
    "3": AccessMode.SECRET,
    "mật": AccessMode.SECRET,
    "tối mật": AccessMode.SECRET,
    "tuyệt mật": AccessMode.SECRET,
}

_NARROWER: dict[str, Audience] = {"đọc tại phòng đọc": Audience.READING_ROOM}


def read_mode(written: str | None) -> AccessMode:
    """The mode a row means. Words outside the table are UNKNOWN, an empty field is MISSING; both close the record."""
    key = _key(written)
    return _WRITTEN.get(key, AccessMode.UNKNOWN) if key else AccessMode.MISSING


def audience_of(written: str | None) -> Audience:
    """Who may read a public record: everyone, unless the words keep it to the reading room."""
    return _NARROWER.get(_key(written), Audience.EVERYONE)


def _without_accents(word: str) -> str:
    decomposed = unicodedata.normalize("NFD", word.replace("đ", "d"))
    return "".join(letter for letter in decomposed if not unicodedata.combining(letter))


_UNACCENTED = {_without_accents(word): word for word in _WRITTEN}


@lru_cache(maxsize=1024)
def _key(written: str | None) -> str:
    """The word of the table that was written: with its own accents or with none at all. Any other mark is unknown."""
    plain = " ".join(unicodedata.normalize("NFC", written or "").lower().split())
    return _UNACCENTED.get(plain, plain) if plain.isascii() else plain
