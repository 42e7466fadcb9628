"""The top right of a record's first page, where the archive signs: no mark may cover it."""

import math
from functools import lru_cache

from PIL import Image, ImageFilter

_WIDTH, _HEIGHT = 0.45, 0.18  # of the page
_FADE = 0.03  # of the longest side: the mark fades towards the corner instead of being cut
_STEP = 8  # the slope is drawn so many times smaller and enlarged; nobody sees its steps


def spared_corner(image: Image.Image) -> tuple[Image.Image, tuple[int, int, int, int], Image.Image]:
    """The clean corner of `image` with the fade around it, the box it belongs to, and how strongly to put it back."""
    box, slope = _slope(image.size)
    return image.crop(box), box, slope


@lru_cache(maxsize=16)
def _slope(size: tuple[int, int]) -> tuple[tuple[int, int, int, int], Image.Image]:
    width, height = size
    fade = math.ceil(max(size) * _FADE)
    left, bottom = math.floor(width * (1 - _WIDTH)), math.ceil(height * _HEIGHT)
    box = (max(0, left - 2 * fade), 0, width, min(height, bottom + 2 * fade))
    across, down = box[2] - box[0], box[3]
    small = Image.new("L", (math.ceil(across / _STEP), math.ceil(down / _STEP)))
    small.paste(255, ((left - box[0] - fade) // _STEP, 0, small.width, (bottom + fade) // _STEP))
    slope = small.filter(ImageFilter.BoxBlur(fade / _STEP)).resize((across, down), Image.Resampling.BILINEAR)
    slope.paste(255, (left - box[0], 0, across, bottom))
    return box, slope
