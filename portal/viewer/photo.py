"""One photograph as pixels. Run as a script in a confined process: it imports nothing but Pillow.

    photo.py PATH MEDIA_TYPE PAGE LONGEST_SIDE PIXELS

writes a line "mode width height" and the raw pixels to the standard output; a fault is told by the exit status.
"""

import io
import sys

from PIL import Image, ImageCms, ImageOps, ImageSequence, UnidentifiedImageError

FORMATS = {"image/jpeg": "JPEG", "image/png": "PNG", "image/tiff": "TIFF"}
FAULTS = {10: "broken", 11: "too_large", 12: "no_such_page", 13: "unsupported"}
_STATUS = {reason: status for status, reason in FAULTS.items()}


class PhotoFault(Exception):
    """The photograph cannot be shown; the first argument is one of FAULTS' reasons."""


def photograph(path: str, media_type: str, page: int, longest_side: int, pixels: int) -> Image.Image:
    """Picture `page` (from 1) of the file, upright, at most `longest_side` pixels, in sRGB or grey; never enlarged.

    Only the named format's decoder is tried. Raises PhotoFault.
    """
    try:
        with Image.open(path, formats=[FORMATS[media_type]]) as file:
            return _shown(_picture(file, page), longest_side, pixels)
    except UnidentifiedImageError as error:
        raise PhotoFault("broken") from error


def _picture(file: Image.Image, page: int) -> Image.Image:
    for number, picture in enumerate(ImageSequence.Iterator(file), start=1):
        if number == page:
            return picture
    raise PhotoFault("no_such_page")


def _shown(picture: Image.Image, longest_side: int, pixels: int) -> Image.Image:
    if picture.width * picture.height > pixels:
        raise PhotoFault("too_large")
    profile = picture.info.get("icc_profile")
    box = (longest_side, longest_side)
    if picture.format in {"JPEG", "MPO"}:
        picture.draft(None, box)  # lets the decoder itself leave out what will not be seen
    image = picture if picture.mode in {"L", "RGB", "CMYK"} else _plain(picture)
    image.thumbnail(box, Image.Resampling.LANCZOS, reducing_gap=3.0)
    upright = ImageOps.exif_transpose(image)
    return _in_screen_colours(upright, profile)


def _plain(picture: Image.Image) -> Image.Image:
    """Depths and transparencies that screens and JPEG do not know, on white paper."""
    if picture.mode == "1":
        return picture.convert("L")
    if picture.mode.startswith("I;16"):
        return picture.convert("I").point(lambda value: value / 256).convert("L")
    if picture.mode in {"I", "F"}:
        raise PhotoFault("unsupported")
    if not picture.has_transparency_data:
        return picture.convert("RGB")
    opaque = picture.convert("RGBA")
    paper = Image.new("RGBA", opaque.size, "white")
    paper.alpha_composite(opaque)
    plain = paper.convert("RGB")
    plain.info = picture.info
    return plain


def _in_screen_colours(image: Image.Image, profile: bytes | None) -> Image.Image:
    if profile and image.mode != "L":
        try:
            source = ImageCms.ImageCmsProfile(io.BytesIO(profile))
            converted = ImageCms.profileToProfile(image, source, ImageCms.createProfile("sRGB"), outputMode="RGB")
        except (ImageCms.PyCMSError, OSError, ValueError):
            return image.convert("RGB")  # a damaged profile costs some fidelity, not the picture
        return converted if converted is not None else image.convert("RGB")
    return image if image.mode in {"L", "RGB"} else image.convert("RGB")


def main(arguments: list[str]) -> int:
    """Write the picture to the standard output; the exit status is 0, or one of FAULTS."""
    path, media_type, *numbers = arguments
    page, longest_side, pixels = map(int, numbers)
    Image.MAX_IMAGE_PIXELS = None  # the limit given here is checked instead, before anything is decoded
    try:
        image = photograph(path, media_type, page, longest_side, pixels)
    except PhotoFault as fault:
        return _STATUS[fault.args[0]]
    except MemoryError:
        return _STATUS["too_large"]
    except Exception:  # decoders raise whatever they like at damaged bytes
        return _STATUS["broken"]
    sys.stdout.buffer.write(f"{image.mode} {image.width} {image.height}\n".encode())
    sys.stdout.buffer.write(image.tobytes())
    sys.stdout.buffer.flush()
    return 0


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
