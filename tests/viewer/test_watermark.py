import io
import math
from itertools import pairwise

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from PIL import Image, ImageChops

from portal.viewer.lettering import lettering
from portal.viewer.watermark import Watermark, encode, mark

READER = Watermark(("LƯU TRỮ LỊCH SỬ TỈNH", "Nguyễn Thị Ánh Tuyết", "H38.12-261121-0007", "21/11/2026 09:41"))
SIZES = [(156, 220), (220, 156), (200, 141), (420, 300), (1061, 1500), (1500, 1061), (1556, 2200)]


def _sheet(size: tuple[int, int], tone: int = 245, mode: str = "L") -> Image.Image:
    return Image.new(mode, size, tone if mode == "L" else (tone,) * 3)


def _changed(before: Image.Image, after: Image.Image) -> Image.Image:
    """White where the two differ."""
    difference = ImageChops.difference(before, after)
    bands = difference.split()
    widest = bands[0]
    for band in bands[1:]:
        widest = ImageChops.lighter(widest, band)
    return widest.point(lambda value: 255 if value else 0)


def _share(mask: Image.Image) -> float:
    return mask.histogram()[255] / (mask.width * mask.height)


@pytest.mark.parametrize("size", SIZES)
@pytest.mark.parametrize("mode", ["L", "RGB"])
def test_every_size_is_marked_and_most_of_the_page_is_left_alone(size: tuple[int, int], mode: str) -> None:
    page = _sheet(size, mode=mode)
    marked = mark(page, READER, spare_top_right=False)
    assert (marked.mode, marked.size) == (mode, size)
    assert 0.04 < _share(_changed(page, marked)) < 0.25


@pytest.mark.parametrize("size", SIZES)
def test_no_large_part_of_a_page_goes_without_a_mark(size: tuple[int, int]) -> None:
    page = _sheet(size)
    changed = _changed(page, mark(page, READER, spare_top_right=False))
    width, height = size
    for column in range(2):
        for row in range(4):
            part = changed.crop(
                (column * width // 2, row * height // 4, (column + 1) * width // 2, (row + 1) * height // 4)
            )
            assert part.getbbox(), (column, row)


@pytest.mark.parametrize("tone", [0, 25, 64, 128, 190, 255])
@pytest.mark.parametrize("size", [(156, 220), (1061, 1500)])
def test_the_mark_is_seen_on_dark_grey_and_white(tone: int, size: tuple[int, int]) -> None:
    """Enough pixels leave the ground's tone by more than an eye or a JPEG loses."""
    page = _sheet(size, tone)
    difference = ImageChops.difference(page, mark(page, READER, spare_top_right=False))
    seen = sum(difference.histogram()[18:]) / (size[0] * size[1])
    assert seen > 0.01


def test_writing_below_the_mark_stays_readable() -> None:
    """Black ink stays well darker than marked paper."""
    page, ink = _sheet((1061, 1500), 245), _sheet((1061, 1500), 30)
    marked_paper = mark(page, READER, spare_top_right=False).getextrema()[0]
    marked_ink = mark(ink, READER, spare_top_right=False).getextrema()[1]
    assert marked_paper - marked_ink > 70


@settings(max_examples=25)
@given(
    width=st.integers(64, 900),
    height=st.integers(64, 900),
    mode=st.sampled_from(["L", "RGB"]),
    name=st.text(min_size=1, max_size=30).filter(lambda name: any(letter.isalnum() for letter in name)),
)
def test_the_signing_corner_is_identical_and_the_rest_is_marked(width: int, height: int, mode: str, name: str) -> None:
    page = Image.linear_gradient("L").resize((width, height)).convert(mode)
    marked = mark(page, Watermark(("LƯU TRỮ", name)), spare_top_right=True)
    corner = (math.floor(width * 0.55), 0, width, math.ceil(height * 0.18))
    assert marked.crop(corner).tobytes() == page.crop(corner).tobytes()
    assert _changed(page, marked).crop((0, height // 2, width, height)).getbbox()


def test_without_sparing_the_corner_is_marked_too() -> None:
    page = _sheet((1061, 1500))
    marked = mark(page, READER, spare_top_right=False)
    assert _changed(page, marked).crop((583, 0, 1061, 270)).getbbox()


def test_marking_is_pure_and_the_same_each_time() -> None:
    page = _sheet((420, 600), mode="RGB")
    page.info["comment"] = b"scanner 7, room 12"
    before = page.tobytes()
    first = mark(page, READER, spare_top_right=True)
    lettering.cache_clear()
    second = mark(page, READER, spare_top_right=True)
    assert first.tobytes() == second.tobytes()
    assert page.tobytes() == before
    assert first.info == {}


def test_a_grey_page_and_the_same_page_in_colour_are_marked_alike() -> None:
    grey = mark(_sheet((420, 600)), READER, spare_top_right=True)
    colour = mark(_sheet((420, 600), mode="RGB"), READER, spare_top_right=True)
    assert colour == grey.convert("RGB")


def test_the_mark_scales_with_the_page() -> None:
    pages = [
        mark(_sheet(size), READER, spare_top_right=False).resize((530, 750), Image.Resampling.BOX)
        for size in ((1060, 1500), (1590, 2250))
    ]
    difference = ImageChops.difference(*pages)
    assert sum(value * count for value, count in enumerate(difference.histogram())) / (530 * 750) < 2.5


def test_each_reader_has_another_mark_and_one_letter_is_enough() -> None:
    page = _sheet((1061, 1500))
    names = ["Nguyễn Văn An", "Nguyễn Văn Ân", "Nguyễn Văn Ấn", "Nguyễn Vân An"]
    marks = [mark(page, Watermark(("LƯU TRỮ", name)), spare_top_right=False) for name in names]
    assert all(_changed(one, other).getbbox() for one, other in pairwise(marks))


def test_a_thumbnail_says_the_first_line_only() -> None:
    thumb = _sheet((156, 220))
    short = mark(thumb, Watermark(READER.lines[:1]), spare_top_right=False)
    assert mark(thumb, READER, spare_top_right=False) == short


def test_decomposed_and_composed_names_make_one_mark() -> None:
    assert Watermark(("Nguye\u0302\u0303n",)) == Watermark(("Nguyễn",))


def test_control_and_direction_characters_do_not_reach_the_mark() -> None:
    assert Watermark(("Lê\n\tVăn\u202e\u200b Bình\0", "", " \u200b")).lines == ("Lê Văn Bình",)


@pytest.mark.parametrize("lines", [(), ("",), ("  ", "\n"), ("\u200b",)])
def test_an_empty_mark_is_refused(lines: tuple[str, ...]) -> None:
    with pytest.raises(ValueError, match="words"):
        Watermark(lines)


def test_a_very_long_line_is_cut() -> None:
    assert len(Watermark(("x" * 10_000,)).lines[0]) == 200


@pytest.mark.parametrize("mode", ["1", "P", "RGBA", "CMYK", "I;16"])
def test_other_modes_are_refused(mode: str) -> None:
    with pytest.raises(ValueError, match="mode"):
        mark(Image.new(mode, (100, 100)), READER, spare_top_right=False)


@pytest.mark.parametrize("mode", ["L", "RGB"])
def test_the_jpeg_carries_nothing_but_the_picture(mode: str) -> None:
    page = _sheet((420, 600), mode=mode)
    page.info.update(comment=b"scanner 7", icc_profile=b"profile", exif=b"Exif\0\0camera", dpi=(200, 200), xmp=b"xmp")
    answer = encode(page)
    read = Image.open(io.BytesIO(answer))
    assert (read.format, read.mode, read.size) == ("JPEG", mode, (420, 600))
    assert set(read.info) <= {"jfif", "jfif_version", "jfif_unit", "jfif_density"}
    assert b"scanner" not in answer
    assert len(encode(page, quality=30)) <= len(answer)
