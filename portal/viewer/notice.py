"""A picture that says in words why there is no picture: what a reader sees in place of a broken scan."""

from functools import lru_cache
from pathlib import Path

from PIL import Image, ImageDraw, ImageFont

from portal.viewer.watermark import encode

PAPER, INK = 247, 70
FONT = next((Path(__file__).parents[1] / "fonts").glob("*.ttf"))


@lru_cache(maxsize=32)
def notice(words: str, longest_side: int) -> bytes:
    """JPEG of an upright sheet with the words in its middle."""
    height, width = longest_side, longest_side * 5 // 7
    image = Image.new("L", (width, height), PAPER)
    draw = ImageDraw.Draw(image)
    font = ImageFont.truetype(str(FONT), max(11, width // 28))
    draw.multiline_text(
        (width / 2, height / 2), _wrapped(words, font, width * 0.8), fill=INK, font=font, anchor="mm", align="center"
    )
    return encode(image)


def _wrapped(words: str, font: ImageFont.FreeTypeFont, width: float) -> str:
    lines = [""]
    for word in words.split():
        longer = f"{lines[-1]} {word}".strip()
        if font.getlength(longer) <= width:
            lines[-1] = longer
        else:
            lines.append(word)
    return "\n".join(lines)
