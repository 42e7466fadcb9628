"""Covering parts of a page image: solid black burnt into a copy before it is marked and encoded.

What lies under a box is replaced pixel by pixel, so neither the JPEG sent out nor any later step can carry it. A box is
(left, top, right, bottom) in thousandths of the page's width and height.
"""

import math
from collections.abc import Sequence

from PIL import Image, ImageChops

from access_policy.record import Box

FULL = 1000
"""The whole width or height of a page."""

LEAST_MARGIN = 4
"""Pixels around a box at any size: shrinking a photograph (Lanczos) carries a pixel no further than that."""

SCAN_BLOCK = 16 / 2339
"""Of the longest side, 2 mm on A4: a colour scan at 200 dpi was compressed in blocks of 16 pixels, and what stands in a
block leaves faint ripples all over it. The same for grey pages: less would tell that nothing coloured was covered."""


def redact(image: Image.Image, boxes: Sequence[Box]) -> Image.Image:
    """`image` (mode L or RGB, anything else is a ValueError) with every box black; without boxes the image itself.

    The boxes grow outward by a margin and are cut at the edges. A box that cannot be meant (nothing between its sides,
    or nothing of it on the page) covers the whole page.
    """
    if image.mode not in {"L", "RGB"}:
        raise ValueError(f"cannot redact an image of mode {image.mode}")
    if not boxes:
        return image
    covered = image.copy()
    for box in boxes:
        covered.paste(0, pixels(box, image.size))
    return _without_colour_that_was_covered(covered)


def pixels(box: Box, size: tuple[int, int]) -> tuple[int, int, int, int]:
    """The pixels (left, top, right, bottom; the last two outside) that are covered for `box` on a page of `size`."""
    left, top, right, bottom = box
    width, height = size
    if not (left < right and top < bottom and left < FULL and top < FULL and right > 0 and bottom > 0):
        return (0, 0, width, height)
    margin = max(LEAST_MARGIN, math.ceil(max(size) * SCAN_BLOCK))
    return (
        max(0, left * width // FULL - margin),
        max(0, top * height // FULL - margin),
        min(width, -(-right * width // FULL) + margin),
        min(height, -(-bottom * height // FULL) + margin),
    )


def _without_colour_that_was_covered(image: Image.Image) -> Image.Image:
    """Mode L when no colour is left: three channels would tell that there was some under a box."""
    if image.mode == "L":
        return image
    red, green, blue = image.split()
    coloured = ImageChops.difference(red, green).getbbox() or ImageChops.difference(green, blue).getbbox()
    return image if coloured else green
