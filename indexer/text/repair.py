"""The whole repair of one field of a row, in the only order that works."""

import re

from indexer.text.clean import clean, reveal
from indexer.text.folding import LETTERS
from indexer.text.legacy import decode_legacy

_SOFT_HYPHEN = "\u00ad"


def repair(text: str) -> str:
    """`text` decoded from a legacy encoding where it is in one, then cleaned; idempotent.

    Character references are resolved before ("H&aring; s&not;" is TCVN3 too); soft hyphens are removed after, because
    in TCVN3 they are the letter ư. Where they are not, they may have hidden another encoding, which is then decoded.
    Plain ASCII, and text in proper Vietnamese letters, need none of this and are most of what there is.
    """
    if _needs_nothing(text):
        return text
    decoded, encoding = decode_legacy(reveal(text))
    if encoding == "unicode" and _SOFT_HYPHEN in decoded:
        decoded, _ = decode_legacy(clean(decoded))
    return clean(decoded)


_PROPER = re.compile("[ -%'-~\n“”‘’–—…°²³" + "".join(sorted(LETTERS)) + "]*")
_VIETNAMESE_ONLY = re.compile("[" + "".join(sorted(letter for letter in LETTERS if letter > "\u00ff")) + "]")


def _needs_nothing(text: str) -> bool:
    """True for text that the whole repair would give back as it is, found out at a fraction of its cost."""
    if text.endswith(" ") or " \n" in text or not _PROPER.fullmatch(text):
        return False
    return text.isascii() or _VIETNAMESE_ONLY.search(text) is not None
