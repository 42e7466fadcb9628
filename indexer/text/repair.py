"""The whole repair of one field of a row, in the only order that works."""

from indexer.text.clean import clean, reveal
from indexer.text.legacy import decode_legacy

_SOFT_HYPHEN = "\u00ad"


def repair(text: str) -> str:
    """`text` decoded from a legacy encoding where it is in one, then cleaned; idempotent.

    Character references are resolved before ("H&aring; s&not;" is TCVN3 too); soft hyphens are removed after, because
    in TCVN3 they are the letter ư. Where they are not, they may have hidden another encoding, which is then decoded.
    Codes and numbers, which are plain ASCII, need none of this.
    """
    if text.isascii() and text.isprintable() and "&" not in text:
        return text.rstrip(" ")
    decoded, encoding = decode_legacy(reveal(text))
    if encoding == "unicode" and _SOFT_HYPHEN in decoded:
        decoded, _ = decode_legacy(clean(decoded))
    return clean(decoded)
