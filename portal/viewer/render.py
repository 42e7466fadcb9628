"""Drawing: a page of a digital object becomes clean (unmarked) pixels, or one of a closed set of reasons why not."""

import logging
import subprocess
import sys
import tempfile
from pathlib import Path
from threading import BoundedSemaphore

import PIL
from PIL import Image, ImageChops

from portal.viewer import photo
from portal.viewer.confinement import RenderLimits, confined, write_launchers
from portal.viewer.pdf import pdf_page
from portal.viewer.unreadable import Reason, RenderBusy, UnreadableObject

__all__ = ["Reason", "RenderBusy", "RenderLimits", "Renderer", "UnreadableObject"]

_SIGNATURES = {
    "application/pdf": (b"%PDF-",),
    "image/jpeg": (b"\xff\xd8\xff",),
    "image/png": (b"\x89PNG\r\n\x1a\n",),
    "image/tiff": (b"II*\0", b"MM\0*"),
}
_PDF_HEADER_WITHIN = 1024  # bytes; readers of PDF have always allowed some before it
_PILLOW_LIVES_IN = Path(PIL.__file__).parent.parent
_log = logging.getLogger(__name__)


class Renderer:
    """Draws pages, a bounded number at once.

    `launchers` is a private folder for the commands that start poppler under its limits; it is made if need be, and
    must lie where programs may be run.
    """

    def __init__(self, limits: RenderLimits, launchers: Path) -> None:
        self._limits = limits
        self._launchers = launchers.absolute()
        self._places = BoundedSemaphore(limits.at_once)
        write_launchers(limits, self._launchers)

    def render(self, path: Path, media_type: str, page: int, longest_side: int) -> Image.Image:
        """Page `page` (from 1) of the file at `path`; mode L when it has no colour, else RGB.

        A PDF page is drawn with its longest side at `longest_side` pixels; a photo is shrunk to it, never enlarged.
        Raises UnreadableObject, whatever is wrong with the file, and RenderBusy.
        """
        self._check(path, media_type, page, longest_side)
        if not self._places.acquire(timeout=self._limits.wait_seconds):
            raise RenderBusy
        try:
            return _without_needless_colour(self._draw(path.absolute(), media_type, page, longest_side))
        except UnreadableObject:
            raise
        except MemoryError as error:
            raise UnreadableObject(Reason.TOO_LARGE) from error
        except Exception as error:  # damaged bytes make parsers raise anything, and so would a fault of ours: say which
            _log.warning("a page could not be drawn", exc_info=True)
            raise UnreadableObject(Reason.BROKEN) from error
        finally:
            self._places.release()

    def _check(self, path: Path, media_type: str, page: int, longest_side: int) -> None:
        if media_type not in _SIGNATURES:
            raise UnreadableObject(Reason.UNSUPPORTED)
        if page < 1:
            raise UnreadableObject(Reason.NO_SUCH_PAGE)
        if longest_side < 1 or 3 * longest_side**2 > self._limits.output_bytes:
            raise UnreadableObject(Reason.TOO_LARGE)
        _check_signature(path, media_type)

    def _draw(self, path: Path, media_type: str, page: int, longest_side: int) -> Image.Image:
        if media_type == "application/pdf":
            return pdf_page(path, page, longest_side, limits=self._limits, launchers=self._launchers)
        return _photo(path, media_type, page, longest_side, self._limits)


def _check_signature(path: Path, media_type: str) -> None:
    """The file must be what the catalogue says it is; no decoder is chosen by the file itself."""
    try:
        with path.open("rb") as file:
            start = file.read(_PDF_HEADER_WITHIN)
    except OSError as error:
        raise UnreadableObject(Reason.BROKEN) from error
    if not start:
        raise UnreadableObject(Reason.EMPTY)
    signatures = _SIGNATURES[media_type]
    fits = signatures[0] in start if media_type == "application/pdf" else start.startswith(signatures)
    if not fits:
        known = any(start.startswith(other) for others in _SIGNATURES.values() for other in others)
        raise UnreadableObject(Reason.UNSUPPORTED if known else Reason.BROKEN)


def _photo(path: Path, media_type: str, page: int, longest_side: int, limits: RenderLimits) -> Image.Image:
    """The pixels come back through a nameless file, so that the kernel's limit on file size bounds them too."""
    numbers = (str(page), str(longest_side), str(limits.pixels))
    interpreter = [sys.executable, "-s", "-S", "-P", "-B", photo.__file__]
    command = confined(
        limits, [*interpreter, str(path), media_type, *numbers], environment=[f"PYTHONPATH={_PILLOW_LIVES_IN}"]
    )
    with tempfile.TemporaryFile() as pixels:
        try:
            done = subprocess.run(  # noqa: S603 - a fixed command; the path is one whole argument
                command, stdin=subprocess.DEVNULL, stdout=pixels, stderr=subprocess.DEVNULL, timeout=limits.seconds
            )
        except subprocess.TimeoutExpired as error:
            raise UnreadableObject(Reason.TIMEOUT) from error
        if done.returncode:
            raise UnreadableObject(Reason(photo.FAULTS.get(done.returncode, Reason.BROKEN)))
        pixels.seek(0)
        mode, width, height = pixels.readline().decode().split()
        return Image.frombytes(mode, (int(width), int(height)), pixels.read())


def _without_needless_colour(image: Image.Image) -> Image.Image:
    """Mode L when the three channels are the same everywhere: a third of the cost of every later step."""
    if image.mode == "L":
        return image
    red, green, blue = image.split()
    if ImageChops.difference(red, green).getbbox() or ImageChops.difference(green, blue).getbbox():
        return image
    return green
