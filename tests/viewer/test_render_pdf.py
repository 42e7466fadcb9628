import threading
import time
import tracemalloc
from collections.abc import Callable, Iterator
from contextlib import contextmanager, suppress
from pathlib import Path

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from portal.viewer.render import Reason, RenderBusy, Renderer, RenderLimits, UnreadableObject
from tests.viewer import documents

PDF = "application/pdf"
Write = Callable[[bytes], Path]


def _reason(renderer: Renderer, path: Path, page: int = 1, side: int = 300) -> Reason:
    with pytest.raises(UnreadableObject) as refusal:
        renderer.render(path, PDF, page, side)
    return refusal.value.reason


@contextmanager
def _little_memory() -> Iterator[None]:
    """At no moment did Python hold more than two megabytes more than before."""
    tracemalloc.start()
    try:
        yield
        _, peak = tracemalloc.get_traced_memory()
    finally:
        tracemalloc.stop()
    assert peak < 2_000_000


@pytest.mark.parametrize("side", [220, 1500])
def test_a_grey_scan_is_grey_and_exactly_as_long_as_asked(renderer: Renderer, written: Write, side: int) -> None:
    image = renderer.render(written(documents.scan()), PDF, 2, side)
    assert (image.mode, max(image.size)) == ("L", side)
    assert image.width / image.height == pytest.approx(210 / 297, rel=0.01)
    darkest, lightest = image.getextrema()
    assert darkest < 150
    assert lightest > 200


def test_the_page_asked_for_is_the_page_drawn(renderer: Renderer, written: Write) -> None:
    path = written(documents.scan())
    assert renderer.render(path, PDF, 1, 300).tobytes() != renderer.render(path, PDF, 2, 300).tobytes()


def test_colour_stays_colour(renderer: Renderer, written: Write) -> None:
    image = renderer.render(written(documents.one_page(b"0.8 0 0 rg 100 100 300 300 re f")), PDF, 1, 300)
    assert image.mode == "RGB"
    assert (204, 0, 0) in {colour for _, colour in image.getcolors(9999)}


def test_what_was_cropped_away_stays_away(renderer: Renderer, written: Write) -> None:
    content = documents.one_page(b"0 0 297 842 re f", entries=b"/CropBox[300 0 595 842]")
    assert renderer.render(written(content), PDF, 1, 300).getextrema() == (255, 255)


@pytest.mark.parametrize(
    ("content", "page", "reason"),
    [
        (b"", 1, Reason.EMPTY),
        (b"this is no PDF", 1, Reason.BROKEN),
        (b"%PDF-1.7\n", 1, Reason.BROKEN),
        (b"\xff\xd8\xff\xe0 a photo in truth", 1, Reason.UNSUPPORTED),
        (documents.locked(), 1, Reason.ENCRYPTED),
        (documents.without_pages(), 1, Reason.EMPTY),
        (documents.page_tree_of_itself(), 1, Reason.BROKEN),
        (documents.one_page(), 2, Reason.NO_SUCH_PAGE),
        (documents.one_page(), 0, Reason.NO_SUCH_PAGE),
        (documents.one_page(), -1, Reason.NO_SUCH_PAGE),
        (documents.one_page(), 2**31 + 1, Reason.NO_SUCH_PAGE),
        (documents.one_page()[:60], 1, Reason.BROKEN),
    ],
)
def test_each_fault_has_its_reason(
    renderer: Renderer, written: Write, content: bytes, page: int, reason: Reason
) -> None:
    assert _reason(renderer, written(content), page) is reason


def test_a_file_that_is_gone_is_broken(renderer: Renderer, tmp_path: Path) -> None:
    assert _reason(renderer, tmp_path / "gone.pdf") is Reason.BROKEN


@pytest.mark.parametrize("side", [0, -5, 10**9])
def test_a_size_beyond_all_limits_is_refused_before_anything_is_drawn(
    renderer: Renderer, written: Write, side: int
) -> None:
    assert _reason(renderer, written(documents.one_page()), side=side) is Reason.TOO_LARGE


@pytest.mark.parametrize(
    "box",
    [
        b"[0 0 1000000000 1000000000]",
        b"[0 0 1 1000000]",
        b"[0 0 1000000 1]",
        b"[0 0 0.0001 0.0001]",
        b"[0 0 0 0]",
        b"[0 0 1e400 -5]",
        b"[5 5 -9 -9]",
    ],
)
@pytest.mark.parametrize("turned", [b"", b"/Rotate 90", b"/UserUnit 100000"])
def test_no_page_box_makes_a_larger_picture(renderer: Renderer, written: Write, box: bytes, turned: bytes) -> None:
    try:
        image = renderer.render(written(documents.one_page(box=box, entries=turned)), PDF, 1, 300)
    except UnreadableObject:
        return
    assert max(image.size) <= 301


@pytest.mark.parametrize(
    "bomb", [documents.flat_bomb, documents.bitmap_bomb, documents.endless_pattern, documents.nested_forms]
)
def test_a_page_that_never_ends_is_given_up_in_time(hasty: Renderer, written: Write, bomb: Callable[[], bytes]) -> None:
    path = written(bomb())
    start = time.monotonic()
    with _little_memory():
        assert _reason(hasty, path) is Reason.TIMEOUT
    assert time.monotonic() - start < 4


def test_without_memory_there_is_no_picture(tmp_path: Path, written: Write) -> None:
    starved = Renderer(RenderLimits(memory_bytes=20_000_000), tmp_path / "launchers")
    assert _reason(starved, written(documents.scan()), page=1, side=1500) is Reason.BROKEN


def test_a_title_of_any_length_is_not_read_into_memory(renderer: Renderer, written: Write) -> None:
    path = written(documents.one_page(b"", b"<</Title(%s)>>" % (b"T" * 8_000_000), trailer=b"/Info 5 0 R"))
    with _little_memory():
        assert _reason(renderer, path, page=9) is Reason.NO_SUCH_PAGE


def test_endless_syntax_errors_are_not_read_into_memory(renderer: Renderer, written: Write) -> None:
    path = written(documents.one_page(b"xyzzy " * 200_000))
    with _little_memory():
        renderer.render(path, PDF, 1, 300)


def test_neither_scripts_nor_outside_files_have_any_effect(renderer: Renderer, written: Write, tmp_path: Path) -> None:
    scripted = b"/OpenAction<</S/JavaScript/JS(this.exportDataObject\\(1\\))>>"
    plain = renderer.render(written(documents.one_page()), PDF, 1, 300)
    assert renderer.render(written(documents.one_page(catalogue=scripted)), PDF, 1, 300) == plain
    outside = tmp_path / "outside"
    outside.write_bytes(bytes(100))  # would be ten by ten black pixels
    entries = b"/Width 10/Height 10/BitsPerComponent 8/ColorSpace/DeviceGray/F(%s)" % str(outside).encode()
    assert renderer.render(written(documents.with_image(entries, b"")), PDF, 1, 300).getextrema() == (255, 255)


def test_when_all_places_are_taken_the_reader_is_told_and_places_come_back(hasty: Renderer, tmp_path: Path) -> None:
    slow, quick = tmp_path / "slow.pdf", tmp_path / "quick.pdf"
    slow.write_bytes(documents.endless_pattern())
    quick.write_bytes(documents.one_page())
    reasons: list[Reason] = []
    drawing = threading.Thread(target=lambda: reasons.append(_reason(hasty, slow)))
    drawing.start()
    time.sleep(0.3)
    with pytest.raises(RenderBusy):
        hasty.render(quick, PDF, 1, 300)
    drawing.join()
    assert reasons == [Reason.TIMEOUT]
    assert max(hasty.render(quick, PDF, 1, 300).size) == 300


@settings(max_examples=15, suppress_health_check=[HealthCheck.function_scoped_fixture, HealthCheck.too_slow])
@given(data=st.data())
def test_damaged_scans_give_a_picture_or_a_reason(renderer: Renderer, written: Write, data: st.DataObject) -> None:
    whole = documents.scan()
    content = bytearray(whole[: data.draw(st.one_of(st.just(len(whole)), st.integers(0, len(whole))))])
    for _ in range(data.draw(st.integers(0, 6))):
        at = data.draw(st.integers(0, len(whole) - 1))
        content[at : at + 40] = data.draw(st.binary(max_size=60))
    with suppress(UnreadableObject):
        assert max(renderer.render(written(bytes(content)), PDF, 1, 220).size) <= 221
