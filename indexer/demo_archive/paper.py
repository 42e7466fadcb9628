"""Making a page look scanned: paper, ink, a slight turn, a stamp and a signature."""

import math
from dataclasses import dataclass
from functools import lru_cache

from PIL import Image, ImageChops, ImageDraw, ImageFont

from indexer.demo_archive.dice import Dice
from indexer.demo_archive.typeset import HEIGHT, WIDTH, Face, PlacedWord, font

STAMP_WORDS = "MẪU TRÌNH DIỄN ★ LƯU TRỮ ★ "
"""What stands around a stamp: nobody's seal."""


@dataclass(frozen=True)
class SheetLook:
    """How one sheet is scanned: the turn in degrees, what is stamped and signed where, and its own draws."""

    seed: int
    name: str
    angle: float
    signature: tuple[int, int] | None
    coloured: bool


def page_image(words: list[PlacedWord], look: SheetLook) -> Image.Image:
    """The sheet as a scanner gives it: grey, or in colour where it bears a red stamp."""
    dice = Dice(look.seed, look.name)
    ink = Image.new("L", (WIDTH, HEIGHT), 255)
    tone = dice.between(28, 62)
    for word in words:
        mask, left, top = _word_mask(word.face, word.text)
        ink.paste(tone, (word.left + left, word.top + top), mask)
    if look.signature:
        _sign(ImageDraw.Draw(ink), look.signature, dice)
    turned = ink.rotate(look.angle, Image.Resampling.BILINEAR, fillcolor=255)  # softens the letters as a lens does
    page = ImageChops.multiply(turned, _paper(dice))
    return _stamped(page, look, dice) if look.signature else page


def turned_box(box: tuple[int, int, int, int], angle: float) -> tuple[int, int, int, int]:
    """A box in pixels after the sheet was turned, in thousandths of the sheet, within 0 to 1000."""
    turn = math.radians(angle)
    corners = []
    for x, y in ((box[0], box[1]), (box[2], box[1]), (box[0], box[3]), (box[2], box[3])):
        dx, dy = x - WIDTH / 2, y - HEIGHT / 2
        corners.append(
            (
                (WIDTH / 2 + dx * math.cos(turn) + dy * math.sin(turn)) / WIDTH,
                (HEIGHT / 2 - dx * math.sin(turn) + dy * math.cos(turn)) / HEIGHT,
            )
        )
    xs, ys = zip(*corners, strict=True)
    return _thousandth(min(xs)), _thousandth(min(ys)), _thousandth(max(xs)), _thousandth(max(ys))


def _thousandth(share: float) -> int:
    return min(1000, max(0, round(share * 1000)))


def _paper(dice: Dice) -> Image.Image:
    """Sheet with grain, uneven light, specks, and a darker edge where the lid did not close."""
    half = (WIDTH // 2, HEIGHT // 2)
    base = dice.between(228, 242)
    grain = Image.frombytes("L", half, dice.bytes_like_noise(half[0] * half[1]))
    grain = grain.point([base + (value - 128) // 36 for value in range(256)])
    light = Image.frombytes("L", (7, 9), dice.bytes_like_noise(63)).resize(half, Image.Resampling.BICUBIC)
    sheet = ImageChops.multiply(grain, light.point([255 - value // 24 for value in range(256)]))
    sheet = sheet.resize((WIDTH, HEIGHT), Image.Resampling.BILINEAR)
    draw = ImageDraw.Draw(sheet)
    for at in range(dice.between(2, 10)):
        draw.line((at, 0, at, HEIGHT), fill=120 + 10 * at)
    for _ in range(dice.between(6, 30)):
        x, y = dice.between(0, WIDTH), dice.between(0, HEIGHT)
        size = dice.between(1, 3)
        draw.ellipse((x, y, x + size, y + size), fill=dice.between(110, 190))
    return sheet


@lru_cache(maxsize=8_000)
def _word_mask(face: Face, word: str) -> tuple[Image.Image, int, int]:
    """The letters of a word as a mask, and where its corner lies from the point the word is set at."""
    left, top, right, bottom = font(face).getbbox(word)
    mask = Image.new("L", (round(right - left) + 2, round(bottom - top) + 2), 0)
    ImageDraw.Draw(mask).text((-left, -top), word, fill=255, font=font(face))
    return mask, round(left), round(top)


def _sign(draw: ImageDraw.ImageDraw, at: tuple[int, int], dice: Dice) -> None:
    """A quick hand: a few loops that run to the right and a line back under them."""
    x, y, loops = at[0] - 90, at[1] + 10, dice.between(4, 7)
    wide, high = dice.between(14, 26), dice.between(26, 46)
    steps = 46 * loops
    points = []
    for step in range(steps):
        turn = step / 46 * 2 * math.pi
        fade = 1 - 0.6 * step / steps
        points.append(
            (
                x + step * 170 / steps + wide * fade * math.cos(turn),
                y + high * fade * math.sin(turn) - 12 * step / steps,
            )
        )
    points += [(x + 200, y + 20), (x + 40, y + dice.between(34, 48)), (x + 230, y + 26)]
    draw.line(points, fill=70, width=3, joint="curve")


def _stamped(page: Image.Image, look: SheetLook, dice: Dice) -> Image.Image:
    assert look.signature is not None
    stamp = _stamp(dice.near(0, 7), starred=look.coloured)
    at = (look.signature[0] - 245 + dice.between(-12, 12), look.signature[1] - 130 + dice.between(-16, 10))
    if not look.coloured:
        page.paste(95, at, stamp)
        return page
    coloured = page.convert("RGB")
    coloured.paste((186, 52, 46), at, stamp)
    return coloured


def _stamp(turn: float, *, starred: bool) -> Image.Image:
    """The mask of a round stamp with words around it and, in colour, a star within."""
    size, middle = 250, 125
    mask = Image.new("L", (size, size), 0)
    draw = ImageDraw.Draw(mask)
    draw.ellipse((6, 6, size - 7, size - 7), outline=200, width=5)
    draw.ellipse((48, 48, size - 49, size - 49), outline=190, width=2)
    small = ImageFont.truetype(font(Face.BOLD).path, 20, layout_engine=ImageFont.Layout.BASIC)
    for at, letter in enumerate(STAMP_WORDS):
        angle = 360 * at / len(STAMP_WORDS)
        tile = Image.new("L", (30, 30), 0)
        ImageDraw.Draw(tile).text((15, 15), letter.replace("★", "*"), fill=205, font=small, anchor="mm")
        x = middle + 97 * math.sin(math.radians(angle)) - 15
        y = middle - 97 * math.cos(math.radians(angle)) - 15
        placed = tile.rotate(-angle, Image.Resampling.BICUBIC)
        mask.paste(
            ImageChops.lighter(placed, mask.crop((round(x), round(y), round(x) + 30, round(y) + 30))),
            (round(x), round(y)),
        )
    if starred:
        draw.polygon(_star(middle, 52, 21), fill=170)
    return mask.rotate(turn, Image.Resampling.BICUBIC)


def _star(middle: int, outer: int, inner: int) -> list[tuple[float, float]]:
    corners = []
    for at in range(10):
        radius, angle = (outer, inner)[at % 2], math.radians(36 * at)
        corners.append((middle + radius * math.sin(angle), middle - radius * math.cos(angle)))
    return corners
