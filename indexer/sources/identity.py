"""Record ids from the archive's own codes: stable, unique across former archives, safe in a URL."""

import hashlib
import re
import unicodedata

from access_policy.terms import Level

LONGEST_ID = 120
"""The register and the indexes keep ids in columns of this length."""

_PLAIN = re.compile(r"[a-z0-9]+(\.[a-z0-9]+)*")
_PREFIXES = {
    Level.INVENTORY: "ml",
    Level.FILE: "hs",
    Level.PHOTO: "anh",
    Level.FILM: "phim",
    Level.AUDIO: "am",
    Level.VIDEO: "hinh",
}


_LEVELS = {prefix: level for level, prefix in _PREFIXES.items()}


class CodeTooLong(ValueError):
    """The codes of a row do not fit into an id."""


def slug(code: str) -> str:
    """One code as lower-case letters, digits and hyphens.

    Codes of the standard (dot groups of letters and digits) come out readable. Any other code gets a digest of itself
    behind an underscore, so that two codes meet only where they differ in nothing but case.
    """
    lowered = code.lower()
    if _PLAIN.fullmatch(lowered):
        return lowered.replace(".", "-")
    digest = hashlib.sha256(unicodedata.normalize("NFC", code).encode()).hexdigest()[:8]
    return f"{_folded(lowered)}_{digest}".lstrip("-")


def fonds_id(archive_code: str, fonds_code: str) -> str:
    """The id of a fonds: merged provinces use the same fonds codes, so the former archive is part of it."""
    return _checked(f"{slug(archive_code)}.{slug(fonds_code)}")


def id_in_fonds(level: Level, fonds: str, code: str, *, given_prefix: str) -> str:
    """The id of a record that stands directly in a fonds. `given_prefix` is what its code repeats of archive and fonds.

    A code without that prefix is kept apart from a shorter one with it.
    """
    return _checked(f"{fonds}.{_PREFIXES[level]}-{_own_part(code, given_prefix)}")


def item_id(file: str, code: str, *, given_prefix: str) -> str:
    """The id of an item in a file; `given_prefix` is the file's code, which item codes of the standard begin with."""
    return _checked(f"{file}.{_own_part(code, given_prefix)}")


def level_of(part: str) -> Level | None:
    """The level of what stands directly in a fonds, from the third part of its id; None when it is no such part."""
    return _LEVELS.get(part.partition("-")[0])


def _own_part(code: str, given_prefix: str) -> str:
    if not given_prefix:
        return slug(code)
    if code.lower().startswith(f"{given_prefix.lower()}.") and len(code) > len(given_prefix) + 1:
        return slug(code[len(given_prefix) + 1 :])
    return f"x-{slug(code)}"


def _folded(code: str) -> str:
    decomposed = unicodedata.normalize("NFD", code.replace("đ", "d"))
    return re.sub(r"[^a-z0-9]+", "-", decomposed.encode("ascii", "ignore").decode()).strip("-")


def _checked(record_id: str) -> str:
    if len(record_id) > LONGEST_ID:
        raise CodeTooLong(f"the codes make an id of {len(record_id)} characters, {LONGEST_ID} are kept")
    return record_id
