import unicodedata
from pathlib import Path

from PIL import Image, ImageDraw, ImageFont

import portal

FOLDER = Path(portal.__file__).parent / "fonts"
FONT = FOLDER / "BeVietnamPro-SemiBold.ttf"
TONES = ("", "\u0300", "\u0301", "\u0303", "\u0309", "\u0323")
VOWELS = "aăâeêioôơuưyAĂÂEÊIOÔƠUƯY"
LETTERS = sorted(
    {unicodedata.normalize("NFC", vowel + tone) for vowel in VOWELS for tone in TONES}
    | set("đĐ")
    | {chr(code) for code in range(0x21, 0x7F)}
)


def _drawn(letter: str) -> bytes:
    image = Image.new("L", (120, 160))
    font = ImageFont.truetype(FONT, 80, layout_engine=ImageFont.Layout.BASIC)
    ImageDraw.Draw(image).text((20, 20), letter, fill=255, font=font)
    return image.tobytes()


def test_every_vietnamese_letter_has_a_shape_of_its_own() -> None:
    assert len([letter for letter in LETTERS if not letter.isascii()]) == 134
    missing, empty = _drawn("\U0010fffd"), _drawn(" ")
    drawn = {letter: _drawn(letter) for letter in LETTERS}
    assert [letter for letter, shape in drawn.items() if shape in (missing, empty)] == []
    assert len(set(drawn.values())) == len(LETTERS)


def test_the_separator_is_there() -> None:
    assert _drawn("·") not in (_drawn("\U0010fffd"), _drawn(" "))


def test_the_font_is_small_and_its_licence_lies_beside_it() -> None:
    assert FONT.stat().st_size < 120_000
    assert "SIL OPEN FONT LICENSE" in (FOLDER / "OFL.txt").read_text().upper()
