import io
import struct
import zlib
from collections.abc import Callable
from contextlib import suppress
from pathlib import Path
from typing import Any

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st
from PIL import Image, ImageCms

from portal.viewer.render import Reason, Renderer, RenderLimits, UnreadableObject

Write = Callable[[bytes], Path]
RED, BLUE = (200, 30, 30), (30, 30, 200)
NAMES = {"JPEG": "image/jpeg", "PNG": "image/png", "TIFF": "image/tiff"}


def _photo(size: tuple[int, int] = (600, 400)) -> Image.Image:
    """Red on the left half, blue on the right."""
    image = Image.new("RGB", size, BLUE)
    image.paste(RED, (0, 0, size[0] // 2, size[1]))
    return image


def _saved(image: Image.Image, form: str, **more: Any) -> bytes:
    file = io.BytesIO()
    image.save(file, form, **more)
    return file.getvalue()


def _reason(renderer: Renderer, path: Path, media_type: str, page: int = 1) -> Reason:
    with pytest.raises(UnreadableObject) as refusal:
        renderer.render(path, media_type, page, 300)
    return refusal.value.reason


def _near(colour: Any, other: tuple[int, int, int]) -> bool:
    return all(abs(a - b) < 12 for a, b in zip(colour, other, strict=True))


@pytest.mark.parametrize("form", NAMES)
def test_each_format_is_shrunk_to_size(renderer: Renderer, written: Write, form: str) -> None:
    image = renderer.render(written(_saved(_photo(), form)), NAMES[form], 1, 300)
    assert (image.mode, image.size) == ("RGB", (300, 200))
    assert _near(image.getpixel((40, 100)), RED)
    assert _near(image.getpixel((260, 100)), BLUE)


def test_a_small_photo_is_not_enlarged(renderer: Renderer, written: Write) -> None:
    assert renderer.render(written(_saved(_photo((60, 40)), "PNG")), "image/png", 1, 300).size == (60, 40)


@pytest.mark.parametrize("form", ["JPEG", "TIFF"])
def test_a_photo_taken_on_its_side_stands_upright(renderer: Renderer, written: Write, form: str) -> None:
    exif = Image.Exif()
    exif[0x0112] = 6  # the camera was turned: the top of the scene is at the right of the stored picture
    image = renderer.render(written(_saved(_photo(), form, exif=exif)), NAMES[form], 1, 300)
    assert image.size == (200, 300)
    assert _near(image.getpixel((100, 40)), RED)
    assert _near(image.getpixel((100, 260)), BLUE)


@pytest.mark.parametrize("mode", ["1", "L", "P", "LA", "RGBA", "I;16", "CMYK"])
def test_every_depth_comes_out_as_grey_or_colour(renderer: Renderer, written: Write, mode: str) -> None:
    grey = Image.new("L", (600, 400), 195)
    through = {"I;16": Image.new("I;16", grey.size, 50_000), "P": grey.quantize(2)}
    stored = through[mode] if mode in through else grey.convert("RGB").convert(mode)
    image = renderer.render(written(_saved(stored, "TIFF")), "image/tiff", 1, 300)
    assert image.mode == "L"
    if mode != "1":
        assert all(abs(value - 195) <= 3 for value in image.getextrema())


def test_what_is_transparent_is_paper(renderer: Renderer, written: Write) -> None:
    stored = Image.new("RGBA", (100, 100), (0, 0, 0, 0))
    assert renderer.render(written(_saved(stored, "PNG")), "image/png", 1, 300).getextrema() == (255, 255)


def test_a_profile_is_turned_into_screen_colours(renderer: Renderer, written: Write) -> None:
    profile = ImageCms.ImageCmsProfile(ImageCms.createProfile("LAB")).tobytes()  # no profile of an RGB picture
    swapped = ImageCms.ImageCmsProfile(ImageCms.createProfile("sRGB")).tobytes().replace(b"rXYZ", b"tXYZ")
    swapped = swapped.replace(b"bXYZ", b"rXYZ").replace(b"tXYZ", b"bXYZ")
    for icc, colour in ((b"nonsense", RED), (profile, RED), (swapped, BLUE)):
        image = renderer.render(written(_saved(_photo(), "PNG", icc_profile=icc)), "image/png", 1, 300)
        assert (image.getpixel((40, 100))[2] > 100) is (colour == BLUE)
        assert "icc_profile" not in image.info


def test_pages_of_a_tiff_are_counted(renderer: Renderer, written: Write) -> None:
    second = Image.new("RGB", (600, 400), (10, 200, 10))
    path = written(_saved(_photo(), "TIFF", save_all=True, append_images=[second]))
    assert _near(renderer.render(path, "image/tiff", 2, 300).getpixel((40, 100)), (10, 200, 10))
    assert _reason(renderer, path, "image/tiff", page=3) is Reason.NO_SUCH_PAGE


@pytest.mark.parametrize("claimed", ["image/jpeg", "image/png", "application/pdf"])
def test_the_file_must_be_what_the_catalogue_says(renderer: Renderer, written: Write, claimed: str) -> None:
    assert _reason(renderer, written(_saved(_photo(), "TIFF")), claimed) is Reason.UNSUPPORTED


@pytest.mark.parametrize("media_type", ["image/gif", "image/webp", "audio/mpeg", "text/html", "", "IMAGE/JPEG"])
def test_other_kinds_are_not_even_opened(renderer: Renderer, tmp_path: Path, media_type: str) -> None:
    assert _reason(renderer, tmp_path / "not there", media_type) is Reason.UNSUPPORTED


def _png_that_claims(width: int, height: int) -> bytes:
    def chunk(name: bytes, data: bytes) -> bytes:
        return struct.pack(">I", len(data)) + name + data + struct.pack(">I", zlib.crc32(name + data))

    header = struct.pack(">IIBBBBB", width, height, 8, 2, 0, 0, 0)
    pixels = zlib.compress(bytes(10_000_000))
    return b"\x89PNG\r\n\x1a\n" + chunk(b"IHDR", header) + chunk(b"IDAT", pixels) + chunk(b"IEND", b"")


@pytest.mark.parametrize(
    ("content", "media_type", "reason"),
    [
        (b"", "image/jpeg", Reason.EMPTY),
        (b"\xff\xd8\xff\xe0", "image/jpeg", Reason.BROKEN),
        (_saved(_photo(), "JPEG")[:900], "image/jpeg", Reason.BROKEN),
        (b"plain text", "image/png", Reason.BROKEN),
        (_saved(Image.new("F", (9, 9)), "TIFF"), "image/tiff", Reason.UNSUPPORTED),
        (_png_that_claims(60_000, 60_000), "image/png", Reason.TOO_LARGE),
        (_png_that_claims(2**31 - 1, 2**31 - 1), "image/png", Reason.TOO_LARGE),
        (_png_that_claims(7_000, 7_000), "image/png", Reason.BROKEN),
    ],
)
def test_each_fault_has_its_reason(
    renderer: Renderer, written: Write, content: bytes, media_type: str, reason: Reason
) -> None:
    assert _reason(renderer, written(content), media_type) is reason


def test_a_photo_beyond_the_memory_limit_costs_only_its_own_process(tmp_path: Path, written: Write) -> None:
    starved = Renderer(RenderLimits(memory_bytes=200_000_000), tmp_path / "launchers")
    path = written(_saved(Image.new("RGB", (7_500, 7_500)), "PNG"))  # 225 MB decoded
    assert _reason(starved, path, "image/png") is Reason.TOO_LARGE


@settings(max_examples=12, suppress_health_check=[HealthCheck.function_scoped_fixture, HealthCheck.too_slow])
@given(form=st.sampled_from(sorted(NAMES)), data=st.data())
def test_damaged_photos_give_a_picture_or_a_reason(
    renderer: Renderer, written: Write, form: str, data: st.DataObject
) -> None:
    content = bytearray(_saved(_photo(), form))
    at = data.draw(st.integers(8, len(content) - 1))
    content[at : at + 8] = data.draw(st.binary(max_size=12))
    with suppress(UnreadableObject):
        assert max(renderer.render(written(bytes(content)), NAMES[form], 1, 300).size) <= 300
