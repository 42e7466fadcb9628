import hashlib
import io
import math
import os
import subprocess
from collections.abc import Callable
from dataclasses import dataclass, replace
from pathlib import Path

import pytest
from PIL import Image, ImageChops

from access_policy.record import DigitalObject
from portal.viewer.cache import RenderCache
from portal.viewer.pages import SIZES, MarkedPages
from portal.viewer.redaction import pixels, redact
from portal.viewer.render import Reason, Renderer, UnreadableObject
from portal.viewer.store import ObjectMissing, PageStore
from portal.viewer.watermark import Watermark
from tests.viewer import documents

READER = Watermark(("LƯU TRỮ LỊCH SỬ TỈNH", "N.V.AN", "21/11/2026"))


@dataclass(frozen=True)
class _House:
    pages: MarkedPages
    cache: RenderCache
    store: Path
    scan: DigitalObject


@pytest.fixture
def house(tmp_path: Path, renderer: Renderer) -> _House:
    store = tmp_path / "store"
    store.mkdir()
    (store / "scan.pdf").write_bytes(documents.scan())
    scan = DigitalObject("scan.pdf", "application/pdf", hashlib.sha256(documents.scan()).hexdigest())
    cache = RenderCache(tmp_path / "cache", b"a secret for the tests only", 100_000_000)
    return _House(MarkedPages(PageStore(store), renderer, cache), cache, store, scan)


def _opened(answer: bytes) -> Image.Image:
    image = Image.open(io.BytesIO(answer))
    image.load()
    return image


def _differs(one: Image.Image, other: Image.Image, box: tuple[int, int, int, int]) -> bool:
    """More than JPEG does by itself."""
    difference = ImageChops.difference(one.crop(box), other.crop(box))
    return sum(difference.histogram()[24:]) > 0.002 * difference.width * difference.height


@pytest.mark.parametrize("size", SIZES)
def test_each_size_is_a_marked_jpeg(house: _House, size: str) -> None:
    image = _opened(house.pages.image(house.scan, 2, SIZES[size], READER, redactions=()))
    assert (image.format, image.mode, max(image.size)) == ("JPEG", "L", SIZES[size])
    house.pages.settle()
    clean = house.cache.get(house.pages.key(house.scan), 2, SIZES[size])
    assert clean is not None
    assert _differs(clean, image, (0, 0, *image.size))


@pytest.mark.parametrize("size", SIZES)
def test_what_is_redacted_is_black_in_the_answer_and_whole_in_the_cache(house: _House, size: str) -> None:
    box = (200, 300, 700, 420)
    image = _opened(house.pages.image(house.scan, 2, SIZES[size], READER, redactions=[box]))
    house.pages.settle()
    clean = house.cache.get(house.pages.key(house.scan), 2, SIZES[size])
    assert clean is not None
    left, top, right, bottom = pixels(box, clean.size)
    inner = image.crop((left + 8, top + 8, right - 8, bottom - 8))
    assert sum(inner.histogram()[96:]) == 0, "nothing but the mark and the noise of JPEG"
    assert max(clean.crop((left, top, right, bottom)).getextrema()) > 150
    assert _differs(redact(clean, [box]), image, (0, 0, *image.size)), "and it is marked"


def test_a_box_that_is_drawn_or_removed_takes_effect_with_the_next_view(house: _House) -> None:
    first = house.pages.image(house.scan, 2, 220, READER, redactions=())
    covered = house.pages.image(house.scan, 2, 220, READER, redactions=[(100, 100, 900, 900)])
    assert covered != first
    assert house.pages.image(house.scan, 2, 220, READER, redactions=()) == first


def test_the_corner_that_is_spared_for_signing_is_redacted_all_the_same(house: _House) -> None:
    image = _opened(house.pages.image(house.scan, 1, 1500, READER, redactions=[(600, 0, 1000, 150)]))
    assert max(image.crop((image.width * 7 // 10, 0, image.width, 150)).getextrema()) < 16


def test_the_second_view_draws_nothing_and_shows_the_same(house: _House, monkeypatch: pytest.MonkeyPatch) -> None:
    first = house.pages.image(house.scan, 1, 220, READER, redactions=())

    def no_process(*_: object, **__: object) -> None:
        raise AssertionError

    monkeypatch.setattr(subprocess, "Popen", no_process)
    assert house.pages.image(house.scan, 1, 220, READER, redactions=()) == first
    other = house.pages.image(house.scan, 1, 220, Watermark(("LƯU TRỮ KHÁC",)), redactions=())
    assert other != first


def test_only_the_first_page_of_the_record_spares_the_corner(house: _House) -> None:
    later = replace(house.scan, first_page=11)
    for held, page, marked in ((house.scan, 1, False), (house.scan, 2, True), (later, 11, True)):
        image = _opened(house.pages.image(held, page, 1500, READER, redactions=()))
        house.pages.settle()
        clean = house.cache.get(house.pages.key(held), page - held.first_page + 1, 1500)
        assert clean is not None
        corner = (math.floor(image.width * 0.55), 0, image.width, math.ceil(image.height * 0.18))
        assert _differs(clean, image, corner) is marked


def test_pages_are_counted_within_the_record(house: _House) -> None:
    later = replace(house.scan, first_page=11, page_count=2)
    house.pages.image(later, 12, 220, READER, redactions=())
    house.pages.settle()
    assert house.cache.get(house.pages.key(house.scan), 2, 220) is not None
    for outside in (0, 1, 10, 13, -1):
        with pytest.raises(UnreadableObject) as refusal:
            house.pages.image(later, outside, 220, READER, redactions=())
        assert refusal.value.reason is Reason.NO_SUCH_PAGE


def test_without_a_count_the_file_itself_decides(house: _House) -> None:
    with pytest.raises(UnreadableObject) as refusal:
        house.pages.image(house.scan, 500, 220, READER, redactions=())
    assert refusal.value.reason is Reason.NO_SUCH_PAGE


def test_what_the_archive_took_away_is_gone_although_the_cache_has_it(house: _House) -> None:
    house.pages.image(house.scan, 1, 220, READER, redactions=())
    (house.store / "scan.pdf").unlink()
    with pytest.raises(ObjectMissing):
        house.pages.image(house.scan, 1, 220, READER, redactions=())


def test_forgetting_leaves_no_clean_render(house: _House, tmp_path: Path) -> None:
    for page in (1, 2):
        house.pages.image(house.scan, page, 220, READER, redactions=())
    house.pages.forget(house.scan)
    assert [path for path in (tmp_path / "cache").glob("*/*") if path.is_file()] == []


def test_objects_without_a_digest_are_never_mistaken_for_one_another(house: _House) -> None:
    (house.store / "other.pdf").write_bytes(documents.one_page())
    first = house.pages.image(replace(house.scan, sha256=""), 1, 220, READER, redactions=())
    other = DigitalObject("other.pdf", "application/pdf", "")
    assert house.pages.image(other, 1, 220, READER, redactions=()) != first


def test_an_unreadable_object_leaves_nothing_in_the_cache(house: _House, tmp_path: Path) -> None:
    (house.store / "bad.pdf").write_bytes(documents.locked())
    bad = DigitalObject("bad.pdf", "application/pdf", hashlib.sha256(documents.locked()).hexdigest())
    with pytest.raises(UnreadableObject):
        house.pages.image(bad, 1, 220, READER, redactions=())
    assert list((tmp_path / "cache").glob("*/*")) == []


def test_a_colour_photo_is_marked_in_colour(house: _House) -> None:
    Image.new("RGB", (900, 600), (90, 60, 40)).save(house.store / "photo.jpg")
    photo = DigitalObject("photo.jpg", "image/jpeg", "a" * 64)
    image = _opened(house.pages.image(photo, 1, 1500, READER, redactions=()))
    assert (image.mode, image.size) == ("RGB", (900, 600))
    assert len(set(image.convert("L").tobytes())) > 10


def test_no_unmarked_pixels_lie_outside_the_cache(
    house: _House, tmp_path: Path, written: Callable[[bytes], Path]
) -> None:
    before = {path for path in tmp_path.rglob("*") if "cache" not in path.parts}
    house.pages.image(house.scan, 1, 220, READER, redactions=())
    assert {path for path in tmp_path.rglob("*") if "cache" not in path.parts} == before
    assert not [name for name in os.listdir(tmp_path) if name.endswith((".ppm", ".pgm"))]


def test_a_replaced_file_is_drawn_anew_whatever_its_row_claims(house: _House) -> None:
    before = house.pages.image(house.scan, 2, 220, READER, redactions=())
    path = house.store / house.scan.path
    path.with_suffix(".new").write_bytes(path.read_bytes())
    key = house.pages.key(house.scan)
    path.with_suffix(".new").replace(path)
    assert house.pages.key(house.scan) != key
    assert house.pages.image(house.scan, 2, 220, READER, redactions=()) == before
