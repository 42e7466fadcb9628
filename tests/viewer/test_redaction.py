"""What is covered is gone: from the pixels, from the bytes of the answer, at every size and in every kind of object."""

import io
import random
from collections.abc import Callable
from functools import cache
from pathlib import Path

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from PIL import Image, ImageDraw, ImageFilter

from access_policy.record import Box, DigitalObject
from portal.viewer.cache import RenderCache
from portal.viewer.pages import SIZES, MarkedPages
from portal.viewer.redaction import FULL, LEAST_MARGIN, pixels, redact
from portal.viewer.render import Renderer
from portal.viewer.store import PageStore
from portal.viewer.watermark import Watermark, encode

READER = Watermark(("LƯU TRỮ LỊCH SỬ TỈNH", "21/11/2026"))
A4 = (1654, 2339)

sides = st.integers(0, FULL)
boxes = st.tuples(sides, sides, sides, sides).filter(lambda box: box[0] < box[2] and box[1] < box[3])
page_sizes = st.one_of(
    st.sampled_from([(156, 220), (220, 156), (1061, 1500), (1500, 1061), (1556, 2200), (1, 1), (3, 900)]),
    st.tuples(st.integers(1, 400), st.integers(1, 400)),
)


def _page(size: tuple[int, int], mode: str) -> Image.Image:
    """Noise: no pixel of it is black."""
    grey = Image.effect_noise(size, 40).point(lambda value: max(40, value))
    return grey if mode == "L" else Image.merge("RGB", (grey, grey.transpose(Image.Transpose.FLIP_LEFT_RIGHT), grey))


@settings(max_examples=150)
@given(page_sizes, st.sampled_from(["L", "RGB"]), st.lists(boxes, min_size=1, max_size=4))
def test_every_pixel_under_a_box_is_black_and_all_others_are_as_they_were(
    size: tuple[int, int], mode: str, drawn: list[Box]
) -> None:
    page = _page(size, mode)
    covered = redact(page, drawn).convert(mode)
    whole = Image.new("L", size, 255)
    for box in drawn:
        left, top, right, bottom = pixels(box, size)
        assert max(_extremes(covered.crop((left, top, right, bottom)))) == 0
        assert left == 0 or left * FULL < (box[0] * size[0]) - FULL
        assert top == 0 or top * FULL < (box[1] * size[1]) - FULL
        assert right == size[0] or right * FULL > (box[2] * size[0]) + FULL
        assert bottom == size[1] or bottom * FULL > (box[3] * size[1]) + FULL
        whole.paste(0, (left, top, right, bottom))
    uncovered = Image.composite(page, Image.new(mode, size), whole)
    assert covered == uncovered


def _extremes(image: Image.Image) -> list[float]:
    """The darkest and the lightest value of every channel."""
    return [value for band in image.split() for value in band.getextrema() if isinstance(value, int | float)]


@pytest.mark.parametrize(
    "box",
    [
        (600, 100, 400, 200),
        (100, 200, 400, 100),
        (100, 100, 100, 200),
        (100, 200, 300, 200),
        (1000, 0, 1200, 100),
        (0, 1000, 100, 1100),
        (-50, 0, 0, 100),
        (0, -50, 100, 0),
        (0, 0, 0, 0),
    ],
    ids=str,
)
@pytest.mark.parametrize("mode", ["L", "RGB"])
def test_a_box_that_cannot_be_meant_covers_the_whole_page(box: Box, mode: str) -> None:
    covered = redact(_page((300, 400), mode), [(10, 10, 20, 20), box])
    assert set(_extremes(covered)) == {0}


@pytest.mark.parametrize("box", [(-900, -900, 100, 100), (900, 900, 9000, 9000), (-1, -1, 1001, 1001)], ids=str)
def test_a_box_that_reaches_over_an_edge_is_cut_there(box: Box) -> None:
    left, top, right, bottom = pixels(box, (300, 400))
    assert (left, top) == (0, 0) if box[0] < 0 else (right, bottom) == (300, 400)
    assert redact(_page((300, 400), "L"), [box]).size == (300, 400)


@pytest.mark.parametrize(("longest", "margin"), [(220, LEAST_MARGIN), (580, LEAST_MARGIN), (1500, 11), (2200, 16)])
def test_the_margin_grows_with_the_page(longest: int, margin: int) -> None:
    assert pixels((500, 500, 600, 600), (longest // 2, longest)) == (
        longest // 4 - margin,
        longest // 2 - margin,
        -(-longest * 3 // 10) + margin,
        -(-longest * 6 // 10) + margin,
    )


def test_the_page_itself_is_never_changed() -> None:
    page = _page((300, 400), "RGB")
    before = page.copy()
    redact(page, [(0, 0, FULL, FULL)])
    assert page == before
    assert redact(page, ()) is page


def test_colour_under_a_box_does_not_show_in_the_mode() -> None:
    grey = Image.new("RGB", (300, 400), (200, 200, 200))
    stamped = grey.copy()
    stamped.paste((200, 30, 30), (60, 80, 120, 120))
    box = (200, 200, 400, 300)
    assert redact(grey, [box]).mode == redact(stamped, [box]).mode == "L"
    assert encode(redact(grey, [box])) == encode(redact(stamped, [box]))
    assert redact(stamped, [(700, 700, 800, 800)]).mode == "RGB"


@pytest.mark.parametrize("mode", ["1", "P", "RGBA", "CMYK", "I;16"])
def test_other_modes_are_refused(mode: str) -> None:
    with pytest.raises(ValueError, match="mode"):
        redact(Image.new(mode, (30, 30)), [(0, 0, 10, 10)])


DRAWN: tuple[Box, ...] = ((300, 400, 612, 437), (100, 700, 133, 713), (0, 950, 250, FULL))


@cache
def _original(mode: str, secret: int) -> Image.Image:
    """A typed sheet at 200 dpi; `secret` decides what stands under the boxes, and nothing else."""
    sheet = Image.new("L", A4, 235)
    for top in range(200, 2200, 46):
        for left in range(180, 1450, 23):
            sheet.paste(40, (left, top, left + 11, top + 22))
    page = sheet.filter(ImageFilter.GaussianBlur(0.8)).convert(mode)
    chance, pen = random.Random(secret), ImageDraw.Draw(page)
    for left, top, right, bottom in DRAWN:
        inside = (-(-left * A4[0] // FULL), -(-top * A4[1] // FULL), right * A4[0] // FULL, bottom * A4[1] // FULL)
        for _ in range(200):
            at = (chance.randint(inside[0], inside[2] - 6), chance.randint(inside[1], inside[3] - 6))
            ink = chance.randint(0, 255) if mode == "L" else tuple(chance.randint(0, 255) for _ in range(3))
            pen.rectangle((*at, at[0] + 5, at[1] + 5), fill=ink)
    return page


def _saved(image: Image.Image, form: str, **options: object) -> bytes:
    file = io.BytesIO()
    image.save(file, form, **options)
    return file.getvalue()


KINDS: dict[str, tuple[str, str, Callable[[Image.Image], bytes]]] = {
    "grey scan": ("application/pdf", "L", lambda page: _saved(page, "PDF", resolution=200)),
    "photo without loss": ("image/png", "RGB", lambda page: _saved(page, "PNG")),
    "colour scan": ("application/pdf", "RGB", lambda page: _saved(page, "PDF", resolution=200)),
    "photo": ("image/jpeg", "RGB", lambda page: _saved(page, "JPEG", quality=90)),
    "grey sheet": ("image/tiff", "L", lambda page: _saved(page, "TIFF")),
}


@pytest.mark.parametrize("size", SIZES)
@pytest.mark.parametrize("kind", KINDS)
def test_two_originals_that_differ_under_the_boxes_give_the_same_bytes(
    tmp_path: Path, renderer: Renderer, kind: str, size: str
) -> None:
    media_type, mode, saved = KINDS[kind]
    cache = RenderCache(tmp_path / "cache", b"a secret for the tests only", 100_000_000)
    pages = MarkedPages(PageStore(tmp_path), renderer, cache)
    open_answers, answers = set(), set()
    for secret in (1, 2):
        (tmp_path / str(secret)).write_bytes(saved(_original(mode, secret)))
        held = DigitalObject(str(secret), media_type, "")
        open_answers.add(pages.image(held, 1, SIZES[size], READER, redactions=()))
        answers.add(pages.image(held, 1, SIZES[size], READER, redactions=DRAWN))
        pages.settle()
    assert len(open_answers) == 2, "they do differ"
    assert len(answers) == 1
