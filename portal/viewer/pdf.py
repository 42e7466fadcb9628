"""One page of a PDF as pixels, drawn by poppler through pdf2image in a confined process."""

from pathlib import Path

from pdf2image import convert_from_path, pdfinfo_from_path
from pdf2image.exceptions import PDFPageCountError, PDFPopplerTimeoutError
from PIL import Image

from portal.viewer.confinement import RenderLimits
from portal.viewer.unreadable import Reason, UnreadableObject

_POPPLER_SAYS = {"Incorrect password": Reason.ENCRYPTED, "can not be after the last page (0)": Reason.EMPTY}


def pdf_page(path: Path, page: int, longest_side: int, *, limits: RenderLimits, launchers: Path) -> Image.Image:
    """Page `page` (from 1), scaled so that its longest side is `longest_side` pixels; mode RGB.

    The crop box is drawn, not the media box: what the archive has cut away from a page stays away. The scale bounds
    the output, whatever the page's own size or proportions are; it comes through a pipe, so nothing unmarked is left
    on disk when a process dies.
    """
    try:
        drawn = convert_from_path(
            path,
            first_page=page,
            last_page=page,
            size=longest_side,
            use_cropbox=True,
            poppler_path=launchers,
            timeout=limits.seconds,
        )
    except PDFPopplerTimeoutError as error:
        raise UnreadableObject(Reason.TIMEOUT) from error
    if not drawn:
        raise UnreadableObject(_why_nothing_came(path, page, limits, launchers))
    image = drawn[0]
    if abs(max(image.size) - longest_side) > 1:  # poppler answers for a page that is named and not there: one dot
        raise UnreadableObject(Reason.BROKEN)
    image.load()
    return image


def _why_nothing_came(path: Path, page: int, limits: RenderLimits, launchers: Path) -> Reason:
    try:
        facts = pdfinfo_from_path(str(path), poppler_path=str(launchers / "diagnosis"), timeout=limits.seconds + 1)
    except PDFPopplerTimeoutError:
        return Reason.TIMEOUT
    except PDFPageCountError as error:
        return next((reason for words, reason in _POPPLER_SAYS.items() if words in str(error)), Reason.BROKEN)
    return Reason.NO_SUCH_PAGE if page > facts["Pages"] else Reason.BROKEN
