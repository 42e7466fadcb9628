"""Places as the material names them, and the provinces that hold them today. The record itself is never rewritten."""

import re
from collections.abc import Iterator

from access_policy.record import Place
from indexer.sources.gazetteer import CITIES, DISTRICTS, TODAY, VARIANTS

_UNITS = r"tỉnh|thành phố|TP\.?|huyện|quận|thị xã"
_BELOW = ("xã ", "phường ", "thị trấn ", "thôn ", "làng ", "đường ", "phố ")
"""What follows these is a smaller place, or a street, that only shares its name with a province."""


def province_today(written: str) -> str:
    """The province or city that holds this place today, with its kind ("thành phố Đà Nẵng").

    Empty when the place is unknown or when its land is divided among several; `provinces_today` names those.
    """
    found = provinces_today(written)
    return found[0] if len(found) == 1 else ""


def provinces_today(written: str) -> tuple[str, ...]:
    """Every province or city that holds part of this place today; none when the place is unknown."""
    mentions = list(_mentions(written, bare=True))
    told = [names for _, names, has_unit in mentions if has_unit] or [names for _, names, _ in mentions]
    return tuple(dict.fromkeys(today for names in told for today in names))


def places_written(place: str) -> tuple[Place, ...]:
    """The places of an explicit field, parted by semicolons; unknown ones stay, with nothing said of today."""
    names = [" ".join(part.split()) for part in place.split(";")]
    return tuple(_place(name, today) for name in names if name for today in provinces_today(name) or ("",))


def places_in_title(title: str) -> tuple[Place, ...]:
    """Provinces and districts that a title names, in its own words and order, each once."""
    found = (_place(name, today) for name, names, _ in _mentions(title, bare=False) for today in names)
    return tuple(dict.fromkeys(found))


def _place(written: str, today: str) -> Place:
    return Place(written=written, today=today)


def _mentions(text: str, *, bare: bool) -> Iterator[tuple[str, tuple[str, ...], bool]]:
    """Each place named in a text, as written, with its provinces of today and whether its unit stands before it.

    In running text (`bare` False) a district needs its unit before it ("huyện Hiên") and a province must not follow a
    capitalised syllable: it would be the end of a person's name.
    """
    for match in _PATTERN.finditer(text):
        name, unit = match["name"], match["unit"]
        key = _BY_WRITTEN[_spelling(name)]
        if bare or unit or (key in TODAY and not _ends_a_name(text[: match.start()])):
            yield match[0], tuple(_with_kind(today) for today in TODAY[DISTRICTS.get(key, key)]), unit is not None


def _ends_a_name(before: str) -> bool:
    words = before.split()
    return bool(words) and before[-1] == " " and words[-1].istitle() and words[-1].isalpha() and len(words) > 1


def _with_kind(name: str) -> str:
    return f"thành phố {name}" if name in CITIES else f"tỉnh {name}"


def _spelling(name: str) -> str:
    return re.sub(r"\s*[-–]\s*", "-", " ".join(name.split())).upper()


def _pattern_of(name: str) -> str:
    return re.escape(name).replace(r"\-", r"\s*[-–]\s*").replace(r"\ ", r"\s+")


_BY_WRITTEN = {
    _spelling(written): key
    for written, key in [*((name, name) for name in (*TODAY, *DISTRICTS)), *VARIANTS.items()]
    if key in TODAY or key in DISTRICTS
}
_NAMES = sorted({*TODAY, *DISTRICTS, *VARIANTS}, key=len, reverse=True)
_ALTERNATIVES = "|".join(f"{_pattern_of(name)}|{_pattern_of(name.upper())}" for name in _NAMES)
_NOT_BELOW = "".join(f"(?<!{word})(?<!{word.upper()})(?<!{word.capitalize()})" for word in _BELOW)
_PATTERN = re.compile(rf"(?<!\w)(?:(?P<unit>(?i:{_UNITS}))\s+|{_NOT_BELOW})(?P<name>{_ALTERNATIVES})(?!\w)")
