"""Reading the access mode as archives wrote it: a code of TT 05/2025, or free text of the older layout."""

import unicodedata
from functools import lru_cache

from access_policy.terms import AccessMode, Audience

_WRITTEN: dict[str, AccessMode] = {
    "01": AccessMode.PUBLIC,
    "1": AccessMode.PUBLIC,
    "cong khai": AccessMode.PUBLIC,
    "tiep can rong rai": AccessMode.PUBLIC,
    "doc tai phong doc": AccessMode.PUBLIC,
    "02": AccessMode.CONDITIONAL,
    "2": AccessMode.CONDITIONAL,
    "han che": AccessMode.CONDITIONAL,
    "han che su dung": AccessMode.CONDITIONAL,
    "su dung co dieu kien": AccessMode.CONDITIONAL,
    "tiep can co dieu kien": AccessMode.CONDITIONAL,
    "03": AccessMode.SECRET,
    "3": AccessMode.SECRET,
    "mat": AccessMode.SECRET,
    "toi mat": AccessMode.SECRET,
    "tuyet mat": AccessMode.SECRET,
}

_NARROWER: dict[str, Audience] = {"doc tai phong doc": Audience.READING_ROOM}


def read_mode(written: str | None) -> AccessMode:
    """The mode a row means. Words outside the table are UNKNOWN, an empty field is MISSING; both close the record."""
    key = _key(written)
    return _WRITTEN.get(key, AccessMode.UNKNOWN) if key else AccessMode.MISSING


def audience_of(written: str | None) -> Audience:
    """Who may read a public record: everyone, unless the words keep it to the reading room."""
    return _NARROWER.get(_key(written), Audience.EVERYONE)


@lru_cache(maxsize=1024)
def _key(written: str | None) -> str:
    decomposed = unicodedata.normalize("NFD", (written or "").lower().replace("đ", "d"))
    return " ".join("".join(letter for letter in decomposed if not unicodedata.combining(letter)).split())
