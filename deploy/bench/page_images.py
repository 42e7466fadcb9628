"""What a page image costs beside the least it could cost: a warm view against a bare JPEG encoding, a first view
against bare poppler. Both on a scanned A4 page at the size of the screen."""

import subprocess
import tempfile
import time
from collections.abc import Callable
from hashlib import sha256
from io import BytesIO
from pathlib import Path
from statistics import median

from PIL import Image, ImageFilter

from access_policy.record import DigitalObject
from portal.viewer.cache import RenderCache
from portal.viewer.pages import SIZES, MarkedPages
from portal.viewer.render import Renderer, RenderLimits
from portal.viewer.store import PageStore
from portal.viewer.watermark import Watermark

_REAL = Path(__file__).parents[2].parent / "shared" / "data" / "real"
_SIDE = SIZES["screen"]
_PAGE = 2
_QUALITY = 80


def marked_page(repeats: int) -> tuple[float, float]:
    """Median seconds of (a warm, marked view; one bare JPEG encoding of the same clean page, same quality)."""
    with tempfile.TemporaryDirectory() as folder:
        bench = _Bench(Path(folder))
        view = bench.reader(0)
        bench.pages.image(bench.object, _PAGE, _SIDE, view, redactions=())
        bench.pages.settle()
        clean = bench.cache.get(bench.pages.key(bench.object), _PAGE, _SIDE)
        if clean is None:
            raise RuntimeError("the page was not kept in the cache")
        return _medians(
            repeats,
            lambda _: bench.pages.image(bench.object, _PAGE, _SIDE, view, redactions=()),
            lambda _: clean.save(BytesIO(), "JPEG", quality=_QUALITY),
        )


def first_view(repeats: int) -> tuple[float, float]:
    """Median seconds of (a page nobody has seen, for a reader nobody has marked for; bare pdftoppm at that size)."""
    with tempfile.TemporaryDirectory() as folder:
        bench = _Bench(Path(folder))
        command = ["pdftoppm", "-f", str(_PAGE), "-l", str(_PAGE), "-scale-to", str(_SIDE), str(bench.path)]

        def ours(turn: int) -> None:
            bench.pages.forget(bench.object)
            bench.pages.image(bench.object, _PAGE, _SIDE, bench.reader(turn), redactions=())

        return _medians(repeats, ours, lambda _: subprocess.run(command, stdout=subprocess.PIPE, check=True))  # noqa: S603


class _Bench:
    """A store with one scanned document, an empty cache, and as many readers as wanted."""

    def __init__(self, folder: Path) -> None:
        store = folder / "store"
        store.mkdir()
        self.path = store / "scan.pdf"
        content = _scan()
        self.path.write_bytes(content)
        self.object = DigitalObject("scan.pdf", "application/pdf", sha256(content).hexdigest())
        self.cache = RenderCache(folder / "cache", b"a secret of this bench only", 1_000_000_000)
        self.pages = MarkedPages(PageStore(store), Renderer(RenderLimits(), folder / "launchers"), self.cache)

    def reader(self, turn: int) -> Watermark:
        return Watermark(("LƯU TRỮ LỊCH SỬ TỈNH", f"BẠN ĐỌC {turn}", "H38.12-261121-0007", "21/11/2026 09:41"))


def _medians(repeats: int, ours: Callable[[int], object], limit: Callable[[int], object]) -> tuple[float, float]:
    """The two in turns, so that whatever else the machine does falls on both."""
    taken: tuple[list[float], list[float]] = ([], [])
    for turn in range(repeats):
        for what, seconds in zip((ours, limit), taken, strict=True):
            start = time.perf_counter()
            what(turn)
            seconds.append(time.perf_counter() - start)
    return median(taken[0]), median(taken[1])


def _scan() -> bytes:
    """A real scan when one is at hand, else two A4 pages of paper noise and blurred strokes at 200 dpi."""
    real = sorted(_REAL.glob("*.pdf"))
    if real:
        return real[0].read_bytes()
    page = Image.effect_noise((1654, 2339), 12).point(lambda value: min(255, value + 105))
    for top in range(200, 2100, 46):
        for left in range(180, 1450, 23):
            page.paste(40, (left, top, left + 11, top + 22))
    page = page.filter(ImageFilter.GaussianBlur(0.8))
    pdf = BytesIO()
    page.save(pdf, "PDF", resolution=200, save_all=True, append_images=[page])
    return pdf.getvalue()


if __name__ == "__main__":
    for measure in (marked_page, first_view):
        seconds, least = measure(31)
        print(f"{measure.__name__}: {1000 * seconds:.1f} ms, limit {1000 * least:.1f} ms, ratio {seconds / least:.2f}")  # noqa: T201
