"""Drawn photographs: river, hills, houses and boats in sepia or grey, with the grain of old prints; and negatives."""

import io
import math
from dataclasses import dataclass

from PIL import Image, ImageChops, ImageDraw, ImageFilter, ImageOps

from indexer.demo_archive.dice import Dice

MEDIA_TYPE = "image/jpeg"
_SIZE = (1080, 760)


@dataclass(frozen=True)
class Picture:
    """One photograph to be drawn; a negative has light and dark exchanged."""

    seed: int
    name: str
    negative: bool = False
    sepia: bool = True

    def render(self) -> bytes:
        """The JPEG."""
        buffer = io.BytesIO()
        self.image().save(buffer, "JPEG", quality=72)
        return buffer.getvalue()

    def image(self) -> Image.Image:
        """The picture, 1080 by 760."""
        dice = Dice(self.seed, self.name)
        scene = _scene(dice).filter(ImageFilter.GaussianBlur(1.4))
        aged = ImageChops.multiply(scene, _age(dice))
        if self.negative:
            aged = ImageOps.invert(aged)
        return ImageOps.colorize(aged, (38, 26, 16), (242, 229, 203)) if self.sepia else aged


def _scene(dice: Dice) -> Image.Image:
    width, height = _SIZE
    horizon = dice.between(330, 430)
    image = Image.linear_gradient("L").resize(_SIZE).point([245 - value // 4 for value in range(256)])
    draw = ImageDraw.Draw(image)
    for layer in range(3):
        draw.polygon(_hills(dice, horizon - 150 + 60 * layer, horizon, width), fill=190 - 40 * layer)
    draw.rectangle((0, horizon, width, height), fill=172)
    for y in range(horizon + 6, height, 14):
        x, reach = dice.between(-200, width), dice.between(60, 340)
        draw.line((x, y, x + reach, y), fill=dice.between(150, 205), width=2)
    for _ in range(dice.between(4, 9)):
        _house(draw, dice, horizon)
    for _ in range(dice.between(1, 4)):
        _boat(draw, dice, horizon)
    for _ in range(dice.between(2, 6)):
        _palm(draw, dice, horizon)
    return image


def _hills(dice: Dice, top: int, foot: int, width: int) -> list[tuple[float, float]]:
    phase, stretch = dice.near(0, 3), dice.between(160, 320)
    ridge = [
        (x, top + 44 * math.sin(x / stretch + phase) + 16 * math.sin(x / 47 + 2 * phase))
        for x in range(0, width + 20, 20)
    ]
    return [*ridge, (width, foot), (0, foot)]


def _house(draw: ImageDraw.ImageDraw, dice: Dice, horizon: int) -> None:
    x, wide, high = dice.between(20, 980), dice.between(60, 150), dice.between(34, 80)
    wall, roof = dice.between(120, 215), dice.between(50, 95)
    draw.rectangle((x, horizon - high, x + wide, horizon + 4), fill=wall)
    draw.polygon(
        [(x - 12, horizon - high), (x + wide / 2, horizon - high - wide / 3), (x + wide + 12, horizon - high)],
        fill=roof,
    )
    for window in range(x + 12, x + wide - 16, 30):
        draw.rectangle((window, horizon - high + 12, window + 12, horizon - high + 26), fill=roof)


def _boat(draw: ImageDraw.ImageDraw, dice: Dice, horizon: int) -> None:
    x, y, size = dice.between(60, 900), horizon + dice.between(60, 240), dice.between(60, 130)
    draw.polygon([(x, y), (x + size, y), (x + size * 0.8, y + size * 0.18), (x + size * 0.2, y + size * 0.18)], fill=48)
    draw.line((x + size * 0.45, y, x + size * 0.45, y - size), fill=52, width=3)
    draw.polygon([(x + size * 0.47, y - size), (x + size * 0.47, y - 8), (x + size * 0.9, y - 8)], fill=212)


def _palm(draw: ImageDraw.ImageDraw, dice: Dice, horizon: int) -> None:
    x, high, lean = dice.between(0, 1060), dice.between(110, 240), dice.between(-30, 30)
    draw.line((x, horizon + 8, x + lean, horizon - high), fill=64, width=7)
    for leaf in range(7):
        angle = math.pi * (0.05 + leaf / 6.6)
        draw.line(
            (x + lean, horizon - high, x + lean + 62 * math.cos(angle), horizon - high - 34 * math.sin(angle) + 16),
            fill=58,
            width=5,
        )


def _age(dice: Dice) -> Image.Image:
    """Grain, stains and darker corners."""
    width, height = _SIZE
    grain = Image.frombytes("L", _SIZE, dice.bytes_like_noise(width * height)).point(
        [225 + (value - 128) // 7 for value in range(256)]
    )
    corners = Image.radial_gradient("L").resize(_SIZE).point([255 - value // 5 for value in range(256)])
    aged = ImageChops.multiply(grain, corners)
    draw = ImageDraw.Draw(aged)
    for _ in range(dice.between(2, 7)):
        x, y, angle = dice.between(0, width), dice.between(0, height), dice.near(0, 2)
        draw.line((x, y, x + 160 * math.cos(angle), y + 160 * math.sin(angle)), fill=245, width=1)
    return aged
