"""The lettering of a watermark: words set once, turned once, and laid along slanted rows over the whole page.

The turned words are kept, not a layer of the page's size: pasting forty words costs less than pasting one layer, needs
a hundredth of its memory, and a new reader's mark shares most words with the last one's.
"""

import math
from collections.abc import Iterator
from functools import lru_cache
from pathlib import Path
from typing import NamedTuple

from PIL import Image, ImageChops, ImageDraw, ImageFilter, ImageFont

_FONT = Path(__file__).parents[1] / "fonts" / "BeVietnamPro-SemiBold.ttf"
_SLANT = 25  # degrees
_COS, _SIN = math.cos(math.radians(_SLANT)), math.sin(math.radians(_SLANT))
_LETTER_HEIGHT = 0.021  # of the longest side, and in pixels at least:
_LEAST_LETTER_HEIGHT = 11
_ROOM_FOR_ALL_WORDS = 420  # pixels of the longest side; below, the first line alone
_ROW_PITCH = 0.155  # of the longest side, and at least so many letter heights:
_LEAST_ROW_PITCH = 5.0
_ROW_SHIFT = 0.38  # of the run; neighbouring rows do not begin under one another
_RUN_GAP = 2.2  # letter heights between a run and its repetition
_DARK = 38  # the ink, nearly black; it covers 76 of 255: grey letters on paper
_DARK_STRENGTH = {strong: [value * most // 255 for value in range(256)] for strong, most in ((False, 76), (True, 128))}
_LIGHT_STRENGTH = [value * 72 // 255 for value in range(256)]  # a faint white edge, for dark photographs


class Patch(NamedTuple):
    """A piece of the mark: grey ink, how strongly it covers (both mode L), and where its upper left corner comes."""

    ink: Image.Image
    strength: Image.Image
    corner: tuple[int, int]


class _Word(NamedTuple):
    """One turned word: ink and strength; its width before it was turned; and how far its middle lies from the start
    of its first letter along the run, and below the middle of the row. All in pixels."""

    ink: Image.Image
    strength: Image.Image
    width: float
    along: float
    across: float


@lru_cache(maxsize=64)
def lettering(lines: tuple[str, ...], size: tuple[int, int], *, strong: bool = False) -> tuple[Patch, ...]:
    """Everything that is pasted on a page of `size` (width, height) to mark it; no two patches share a letter. `strong`
    ink is still read through, but no page is pleasant under it.
    """
    longest = max(size)
    letter = max(_LEAST_LETTER_HEIGHT, round(longest * _LETTER_HEIGHT))
    words, run = _set(lines if longest >= _ROOM_FOR_ALL_WORDS else lines[:1], letter, strong)
    pitch = max(longest * _ROW_PITCH, letter * _LEAST_ROW_PITCH)
    return tuple(_patches(words, run, pitch, size))


@lru_cache(maxsize=8)
def _font(letter: int) -> ImageFont.FreeTypeFont:
    return ImageFont.truetype(_FONT, letter, layout_engine=ImageFont.Layout.BASIC)


def _set(lines: tuple[str, ...], letter: int, strong: bool) -> tuple[list[tuple[_Word, float]], float]:
    """The words of one run with the place where each starts, and the run's length with the gap after it."""
    words, start = [], 0.0
    space = _font(letter).getlength(" ")
    for text in " · ".join(lines).split(" "):
        word = _turned(text, letter, strong)
        words.append((word, start))
        start += word.width + space
    return words, start - space + letter * _RUN_GAP


@lru_cache(maxsize=512)
def _turned(word: str, letter: int, strong: bool) -> _Word:
    """Most words of a mark are the same for every reader, so a new reader costs few new words."""
    font = _font(letter)
    edge = max(1, round(letter / 16))
    left, top, right, bottom = font.getbbox(word, stroke_width=edge)
    pad = edge + 1
    box = (math.ceil(right - left) + 2 * pad, math.ceil(bottom - top) + 2 * pad)
    letters, wide = Image.new("L", box), Image.new("L", box)
    for mask, stroke in ((letters, 0), (wide, edge)):
        ImageDraw.Draw(mask).text((pad - left, pad - top), word, fill=255, font=font, stroke_width=stroke)
    halo = ImageChops.subtract(wide.filter(ImageFilter.BoxBlur(edge / 2)), letters)
    dark, light = (
        mask.rotate(_SLANT, Image.Resampling.BICUBIC, expand=True).point(strength)
        for mask, strength in ((letters, _DARK_STRENGTH[strong]), (halo, _LIGHT_STRENGTH))
    )
    ink, strength = _over(light, dark)
    along, across = left - pad + box[0] / 2, top - pad + box[1] / 2 - letter
    return _Word(ink, strength, font.getlength(word), along, across)


def _over(light: Image.Image, dark: Image.Image) -> tuple[Image.Image, Image.Image]:
    """Dark ink over a light edge as one ink with one strength."""
    paper, grey = Image.new("L", light.size, 255), Image.new("L", dark.size, _DARK)
    below = Image.merge("RGBA", (paper, paper, paper, light))
    both = Image.alpha_composite(below, Image.merge("RGBA", (grey, grey, grey, dark)))
    return both.getchannel("R"), both.getchannel("A")


def _patches(words: list[tuple[_Word, float]], run: float, pitch: float, size: tuple[int, int]) -> Iterator[Patch]:
    """Every word of every row that touches the page. Rows rise to the right."""
    width, height = size
    rows = math.ceil((width * _SIN + height * _COS) / 2 / pitch) + 1
    for row in range(-rows, rows + 1):
        for origin in _origins(row, run, pitch, size):
            for word, start in words:
                along, across = origin + start + word.along, row * pitch + word.across
                x = round(width / 2 + along * _COS + across * _SIN - word.ink.width / 2)
                y = round(height / 2 - along * _SIN + across * _COS - word.ink.height / 2)
                if -word.ink.width < x < width and -word.ink.height < y < height:
                    yield Patch(word.ink, word.strength, (x, y))


def _origins(row: int, run: float, pitch: float, size: tuple[int, int]) -> Iterator[float]:
    """Where the runs of a row start that may touch the page, in pixels along the row from the page's middle."""
    width, height = size[0] + 2 * pitch, size[1] + 2 * pitch
    across = row * pitch
    first = max((-width / 2 - across * _SIN) / _COS, (across * _COS - height / 2) / _SIN)
    last = min((width / 2 - across * _SIN) / _COS, (across * _COS + height / 2) / _SIN)
    shift = row * run * _ROW_SHIFT % run
    for repeat in range(math.floor((first - shift) / run), math.ceil((last - shift) / run)):
        yield shift + repeat * run
