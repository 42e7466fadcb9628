"""Documents to draw: real scans when they are at hand, and PDFs written byte by byte, honest and hostile."""

import io
import struct
import zlib
from functools import cache
from pathlib import Path

from PIL import Image, ImageFilter

_REAL = Path(__file__).parents[2].parent / "shared" / "data" / "real"


@cache
def scan() -> bytes:
    """A scanned document of several A4 pages at 200 dpi: a real one, or one that looks like it."""
    for real in sorted(_REAL.glob("*.pdf")):
        return real.read_bytes()
    page = Image.effect_noise((1654, 2339), 12).point(lambda value: min(255, value + 105))
    for top in range(200, 2100, 46):
        for left in range(180, 1450, 23):
            page.paste(40, (left, top, left + 11, top + 22))
    page = page.filter(ImageFilter.GaussianBlur(0.8))
    file = io.BytesIO()
    page.save(file, "PDF", resolution=200, save_all=True, append_images=[page, page])
    return file.getvalue()


def pdf(*objects: bytes, trailer: bytes = b"") -> bytes:
    """A PDF of these objects, numbered from 1; the first is its catalogue."""
    out, offsets = bytearray(b"%PDF-1.5\n"), []
    for number, content in enumerate(objects, start=1):
        offsets.append(len(out))
        out += b"%d 0 obj\n%s\nendobj\n" % (number, content)
    start = len(out)
    out += b"xref\n0 %d\n0000000000 65535 f \n" % (len(objects) + 1)
    for offset in offsets:
        out += b"%010d 00000 n \n" % offset
    out += b"trailer<</Size %d/Root 1 0 R%s>>\nstartxref\n%d\n%%%%EOF\n" % (len(objects) + 1, trailer, start)
    return bytes(out)


def stream(entries: bytes, data: bytes) -> bytes:
    return b"<<%s/Length %d>>stream\n%s\nendstream" % (entries, len(data), data)


def one_page(
    content: bytes = b"0 0 0 rg 100 100 300 300 re f",
    *more: bytes,
    box: bytes = b"[0 0 595 842]",
    resources: bytes = b"",
    catalogue: bytes = b"",
    entries: bytes = b"",
    trailer: bytes = b"",
) -> bytes:
    """A PDF of one page; `more` are its objects from number 5 on."""
    page = b"<</Type/Page/Parent 2 0 R/MediaBox%s/Contents 4 0 R/Resources<<%s>>%s>>" % (box, resources, entries)
    return pdf(
        b"<</Type/Catalog/Pages 2 0 R%s>>" % catalogue,
        b"<</Type/Pages/Kids[3 0 R]/Count 1>>",
        page,
        stream(b"", content),
        *more,
        trailer=trailer,
    )


def with_image(entries: bytes, data: bytes, *more: bytes) -> bytes:
    image = stream(b"/Type/XObject/Subtype/Image" + entries, data)
    return one_page(b"500 0 0 800 0 0 cm /I Do", image, *more, resources=b"/XObject<</I 5 0 R>>")


def flat_bomb() -> bytes:
    """3.6 thousand million grey pixels in three megabytes."""
    packer = zlib.compressobj(9, wbits=-15)
    block = packer.compress(bytes(10_000_000)) + packer.flush(zlib.Z_FULL_FLUSH)  # stands on its own, and repeats
    data = b"\x78\xda" + block * 360 + b"\x03\x00"
    return with_image(b"/Width 60000/Height 60000/BitsPerComponent 8/ColorSpace/DeviceGray/Filter/FlateDecode", data)


def bitmap_bomb() -> bytes:
    """A fax page (JBIG2) that claims a bitmap of more than a thousand million bytes, in a few dozen."""
    side = 100_000
    page_information = struct.pack(">IBBBI", 0, 48, 0, 1, 19) + struct.pack(">IIIIBH", side, side, 0, 0, 0, 0)
    return with_image(
        b"/Width 100000/Height 100000/BitsPerComponent 1/ColorSpace/DeviceGray/Filter/JBIG2Decode", page_information
    )


def endless_pattern() -> bytes:
    """A page to be tiled with squares of a ten-thousandth of a point."""
    tile = stream(
        b"/PatternType 1/PaintType 1/TilingType 1/BBox[0 0 1 1]/XStep 0.0001/YStep 0.0001/Resources<<>>",
        b"0 0 1 1 re f",
    )
    return one_page(b"/Pattern cs /P scn 0 0 500 800 re f", tile, resources=b"/Pattern<</P 5 0 R>>")


def nested_forms() -> bytes:
    """Nine forms, each drawing the next twenty times."""
    form = b"/Type/XObject/Subtype/Form/BBox[0 0 600 800]"
    nested = [stream(form + b"/Resources<</XObject<</F %d 0 R>>>>" % number, b"/F Do " * 20) for number in range(6, 15)]
    innermost = stream(form, b"0 0 500 500 re f")
    return one_page(b"/F Do", *nested, innermost, resources=b"/XObject<</F 5 0 R>>")


def locked() -> bytes:
    """A document that wants a password."""
    lock = b"<</Filter/Standard/V 1/R 2/O<%s>/U<%s>/P -4>>" % (b"41" * 32, b"42" * 32)
    return one_page(b"", lock, trailer=b"/Encrypt 5 0 R/ID[<00><00>]")


def without_pages() -> bytes:
    return pdf(b"<</Type/Catalog/Pages 2 0 R>>", b"<</Type/Pages/Kids[]/Count 0>>")


def page_tree_of_itself() -> bytes:
    return pdf(b"<</Type/Catalog/Pages 2 0 R>>", b"<</Type/Pages/Kids[2 0 R]/Count 1>>")
