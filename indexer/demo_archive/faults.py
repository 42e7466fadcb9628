"""Rows with faults, as every archive database has them: those that repair mends, and those that must be refused."""

import unicodedata
from collections.abc import Callable, Mapping

from indexer.text.legacy import to_tcvn3, to_vni

MENDED: Mapping[str, Callable[[str], str]] = {
    "tcvn3": to_tcvn3,
    "vni": to_vni,
    "entities": lambda text: "".join(letter if letter.isascii() else f"&#{ord(letter)};" for letter in text),
    "decomposed": lambda text: unicodedata.normalize("NFD", text),
    "horn": lambda text: text.replace("ư", "ƣ").replace("Ư", "Ƣ"),
    "soft-hyphen": lambda text: text[:4] + "\u00ad" + text[4:],
}
"""Faults of writing: the same title comes out of the repair."""

REFUSED = ("impossible-date", "missing-title", "duplicate-code", "unknown-file", "oversize-title", "page-zero")
"""Faults for which an item is refused."""

REFUSED_FILES = ("file-impossible-date", "file-missing-title", "file-duplicate-code", "file-unknown-fonds")
"""Faults for which a file is refused with every item in it."""
