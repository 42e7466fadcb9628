"""Parts of a description that both layouts of the archive database make in the same way."""

import re
from collections.abc import Iterable, Mapping

from access_policy.record import Place
from indexer.sources.places import places_in_title, places_written

ITEM_WORD = {"file": "hồ sơ", "item": "văn bản", "photo": "ảnh", "film": "phim", "audio": "ghi âm", "video": "ghi hình"}
"""How a record is called within a reference code, by level."""


def document_number(number: str, notation: str) -> str:
    """Number and notation of an item as one: "67" and "KH-UBND" make "67/KH-UBND"; "142" and "-CP" make "142-CP"."""
    if not number or not notation or number.endswith(notation):
        return number or notation
    return number + notation if notation[0] in "-/" else f"{number}/{notation}"


def short_number(code: str) -> str:
    """The number people say: the last group of a code without leading zeros ("H47.UBT.01.1991.01.0016": "16")."""
    last = re.split(r"[./]", code)[-1]
    return last.lstrip("0") or last


def reference_code(*parts: str) -> str:
    """The parts that are there, from the fonds down: "STNMT.04 · MLHS 05 · hồ sơ 16"."""
    return " · ".join(part for part in parts if part)


def keywords(written: str) -> tuple[str, ...]:
    """Keywords parted by commas or semicolons, each once."""
    return tuple(dict.fromkeys(word for part in re.split(r"[;,]", written) if (word := part.strip())))


def all_places(explicit: str, title: str) -> tuple[Place, ...]:
    """Places of the explicit field first, then those the title names and the field does not."""
    written = places_written(explicit)
    named = (place for place in places_in_title(title) if place.written not in explicit)
    return (*written, *named)


def extent(counts: Iterable[tuple[int, str]]) -> str:
    """Counts in words, without the empty ones: "9 văn bản, 58 tờ, 112 trang"."""
    return ", ".join(f"{count} {unit}" for count, unit in counts if count)


def details(pairs: Mapping[str, str]) -> tuple[tuple[str, str], ...]:
    """Named facts that have no field of their own, without the empty ones. Names are English keys."""
    return tuple((name, value) for name, value in pairs.items() if value)
