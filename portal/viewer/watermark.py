"""The mark on a page image: who reads, by which request, when; laid over pixels without touching anything else."""

import io
import unicodedata
from dataclasses import dataclass

from PIL import Image

from portal.viewer.lettering import lettering
from portal.viewer.signing_corner import spared_corner

_LONGEST_TEXT = 200  # characters; the mark names a reader and a case, it does not tell a story


@dataclass(frozen=True)
class Watermark:
    """What the mark says, and whether more strongly than usual. `lines` run on one after another; on a thumbnail only
    the first has room.
    """

    lines: tuple[str, ...]
    strong: bool = False

    def __post_init__(self) -> None:
        plain = tuple(line for line in (_one_line(line) for line in self.lines) if line)
        if not plain:
            raise ValueError("a watermark without words marks nothing")
        object.__setattr__(self, "lines", plain)


def mark(image: Image.Image, watermark: Watermark, *, spare_top_right: bool) -> Image.Image:
    """A marked copy of `image` (mode L or RGB, anything else is a ValueError), same mode and size, no metadata.

    With `spare_top_right` the corner where the archive signs (45 % of the width, 18 % of the height) is left exactly
    as it was. The mark's size follows the image's longest side, so that a page looks the same at every size.
    """
    if image.mode not in {"L", "RGB"}:
        raise ValueError(f"cannot mark an image of mode {image.mode}")
    marked = image.copy()
    marked.info = {}
    for ink, strength, corner in lettering(watermark.lines, image.size, strong=watermark.strong):
        marked.paste(ink, corner, strength)
    if spare_top_right:
        clean, box, slope = spared_corner(image)
        marked.paste(clean, box, slope)
    return marked


def encode(image: Image.Image, quality: int = 80) -> bytes:
    """JPEG bytes, baseline and without optional tables or metadata: the fastest form that browsers show well."""
    buffer = io.BytesIO()
    image.save(buffer, "JPEG", quality=quality, comment="")
    return buffer.getvalue()


def _one_line(text: str) -> str:
    """Composed letters on one line: control and format characters cannot break the run or turn it around."""
    composed = unicodedata.normalize("NFC", text)
    printable = "".join(letter if letter.isprintable() else " " for letter in composed)
    return " ".join(printable.split())[:_LONGEST_TEXT]
