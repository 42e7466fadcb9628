"""Display-safe repair of text: what a typist, a web form or an export put in that no reader was meant to see.

`clean` changes only what it names; Vietnamese text that is already well formed comes out as it went in.
"""

import re
import unicodedata
from html import unescape
from html.entities import html5

_REFERENCE = re.compile(r"&(?P<name>(?:#[0-9]{1,7}|#[xX][0-9a-fA-F]{1,6}|[A-Za-z][A-Za-z0-9]{1,31});)\Z")
_LONGEST_REFERENCE = 34

_SOFT_HYPHEN = 0x00AD
_LOOK_ALIKES = {"ƣ": "ư", "Ƣ": "Ư", "\u00d0": "Đ", "\u0189": "Đ", "\u00f0": "đ"}
_INVISIBLE = (0x034F, 0x061C, 0x180E, *range(0x200B, 0x2010), *range(0x202A, 0x202F), *range(0x2060, 0x2070), 0xFEFF)
_SPACES = (0x0009, 0x00A0, 0x1680, *range(0x2000, 0x200B), 0x202F, 0x205F, 0x3000)
_LINE_BREAKS = (0x000B, 0x000C, 0x000D, 0x0085, 0x2028, 0x2029)


def _invisible_table() -> dict[int, str | None]:
    """Invisible characters go; odd spaces become a space, odd line breaks (page breaks among them) a line feed."""
    table: dict[int, str | None] = dict.fromkeys(
        (*range(0x20), *range(0x7F, 0xA0), *range(0xD800, 0xE000), *_INVISIBLE)
    )
    table.update(dict.fromkeys(_SPACES, " "))
    table.update(dict.fromkeys((0x000A, *_LINE_BREAKS), "\n"))
    return table


def _faults(table: dict[int, str | None]) -> re.Pattern[str]:
    """One character that the table changes: most text has none, and finding that out costs less than translating."""
    return re.compile("[" + "".join(re.escape(chr(code)) for code, to in table.items() if to != chr(code)) + "]")


_VISIBLE = _invisible_table()
_DISPLAY = {**_VISIBLE, _SOFT_HYPHEN: None, **{ord(wrong): right for wrong, right in _LOOK_ALIKES.items()}}
_VISIBLE_FAULTS = _faults(_VISIBLE)
_DISPLAY_FAULTS = _faults(_DISPLAY)


def _unescape(text: str, table: dict[int, str | None]) -> str:
    """Replace character references until none is left, however often they were escaped, in one pass.

    Only references that end in a semicolon count: "R&D" and "?a=1&copy=2" are text. At each semicolon the end of the
    output is looked at, so what a reference yields can complete the next one; `table` is applied to what it yields.
    """
    if "&" not in text:
        return text
    output: list[str] = []
    pieces = text.split(";")
    for piece in pieces[:-1]:
        output.extend(piece)
        output.append(";")
        while (reference := _reference_at_end(output)) is not None:
            length, character = reference
            del output[-length:]
            output.extend(unicodedata.normalize("NFC", character).translate(table))
    return "".join(output) + pieces[-1]


def _reference_at_end(output: list[str]) -> tuple[int, str] | None:
    """The length of the reference that `output` ends with, and what it stands for."""
    tail = "".join(output[-_LONGEST_REFERENCE:])
    reference = _REFERENCE.match(tail, max(0, tail.rfind("&")))
    if reference is None:
        return None
    name = reference["name"]
    character = unescape(reference[0]) if name.startswith("#") else html5.get(name)
    return None if character is None else (len(reference[0]), character)


def _repair(text: str, faults: re.Pattern[str], table: dict[int, str | None]) -> str:
    """The steps in an order that leaves nothing for a second run.

    NFC comes first, because it can yield a semicolon, and last, because what stood between two characters may be gone.
    """
    visible = unicodedata.normalize("NFC", text.replace("\r\n", "\n"))
    if faults.search(visible):
        visible = visible.translate(table)
    return unicodedata.normalize("NFC", _unescape(visible, table))


def reveal(text: str) -> str:
    """Character references, spaces and invisible characters repaired, but letters and soft hyphens left alone.

    This is as far as text may be cleaned before legacy encodings are looked for: in them a soft hyphen is a letter.
    """
    return _repair(text, _VISIBLE_FAULTS, _VISIBLE)


def clean(text: str) -> str:
    """`text` fit for display, in NFC; idempotent.

    Character references are resolved; ƣ, Ð, Ɖ and ð become the Vietnamese letters they stand for; zero-width
    characters, soft hyphens, byte order marks, control characters and lone surrogates go; tabs and odd spaces become
    a space, every line or page break a line feed; spaces at the end of a line are trimmed.
    """
    return "\n".join(line.rstrip(" ") for line in _repair(text, _DISPLAY_FAULTS, _DISPLAY).split("\n"))
