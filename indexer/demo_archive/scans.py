"""Scanned PDFs: pages as JPEG pictures in a PDF without text, the same bytes for the same sheets."""

import io
import time
from dataclasses import dataclass

from PIL import Image

from indexer.demo_archive.dice import Dice
from indexer.demo_archive.paper import SheetLook, page_image, turned_box
from indexer.demo_archive.typeset import PlacedWord, Sheet

MEDIA_TYPE = "application/pdf"
_RESOLUTION, _QUALITY = 150, 62
_MADE_AT = time.gmtime(0)

WordBoxes = list[tuple[str, tuple[int, int, int, int]]]


@dataclass(frozen=True)
class Scan:
    """A document to be scanned: the words of each sheet and how each is scanned."""

    pages: tuple[tuple[list[PlacedWord], SheetLook], ...]

    def render(self) -> bytes:
        """The PDF."""
        images = [page_image(words, look) for words, look in self.pages]
        return pdf_of(images)


def scan_of(sheets: list[Sheet], *, seed: int, name: str, coloured: bool) -> tuple[Scan, list[WordBoxes]]:
    """The scan of these sheets, and the boxes of the words on each as they stand on the turned page."""
    pages, boxes = [], []
    for at, sheet in enumerate(sheets):
        angle = round(Dice(seed, f"{name}/{at}/angle").near(0, 0.35), 3)
        pages.append((sheet.words, SheetLook(seed, f"{name}/{at}", angle, sheet.signature, coloured)))
        boxes.append([(word.text, turned_box(word.box, angle)) for word in sheet.words])
    return Scan(tuple(pages)), boxes


def pdf_of(images: list[Image.Image]) -> bytes:
    """A PDF of one picture a page."""
    buffer = io.BytesIO()
    images[0].save(
        buffer,
        "PDF",
        save_all=True,
        append_images=images[1:],
        resolution=_RESOLUTION,
        quality=_QUALITY,
        creationDate=_MADE_AT,
        modDate=_MADE_AT,
        producer="",
    )
    return buffer.getvalue()
