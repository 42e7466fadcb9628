"""Lines 15 to 17 and 19: pixels leave through the gate, in offered sizes, marked, covered where they must be."""

import io
import re
from itertools import product
from urllib.parse import quote

import pytest
from flask.testing import FlaskClient
from PIL import Image, ImageChops

from portal.viewer.pages import SIZES
from portal.viewer.redaction import pixels
from tests.leaks.archive import (
    BLACK,
    BLACKED_OUT,
    CLOSED_PAGES,
    FIRST_PAGE_LISTED,
    NO_PICTURE_IDS,
    NUMBER_BOX,
    NUMBERED,
    PHOTO,
    ZUMKYRA,
)
from tests.leaks.questions import OPEN_IDS, every_address
from tests.leaks.world import World, answer

OPEN = "/tai-lieu/h47.td.16.1/trang"
LISTS = (
    "/",
    "/phong",
    "/tim-kiem",
    "/tim-kiem?q=giao",
    "/tim-kiem?q=bien+ban",
    "/tai-lieu/h47.td",
    "/tai-lieu/h47.td.16",
)


def pictures(page: str) -> set[tuple[str, int]]:
    """The pages whose images an HTML page shows or links to."""
    return {(found[0], int(found[1])) for found in re.findall(r"/tai-lieu/([^/\"?]+)/trang/(\d+)/\w+\.jpg", page)}


def drawn(site: FlaskClient, address: str) -> Image.Image:
    """The image at an address, in grey."""
    got = site.get(address)
    assert (got.status_code, got.mimetype) == (200, "image/jpeg"), address
    return Image.open(io.BytesIO(got.data)).convert("L")


@pytest.mark.parametrize("prefix", ["", "/en"])
@pytest.mark.parametrize("size", SIZES)
def test_15_no_picture_of_a_closed_page_in_any_size(site: FlaskClient, prefix: str, size: str) -> None:
    for record_id, number in CLOSED_PAGES:
        got = site.get(f"{prefix}/tai-lieu/{record_id}/trang/{number}/{size}.jpg")
        assert got.status_code in {403, 404}
        assert got.mimetype == "text/html"


def test_15_no_answer_holds_the_address_of_a_picture_that_may_not_be_seen(site: FlaskClient) -> None:
    shown: set[tuple[str, int]] = set()
    for address in every_address(ZUMKYRA):
        if not address.endswith(".jpg") and "/goi-y" not in address:
            shown |= pictures(site.get(address).text)
    assert ("h47.td.16.1", 1) in shown
    assert shown.isdisjoint(CLOSED_PAGES)
    for record_id, number in shown:
        assert site.get(f"/tai-lieu/{record_id}/trang/{number}/thumb.jpg").status_code == 200


def test_16_no_list_shows_a_picture_for_a_record_whose_first_page_is_closed(site: FlaskClient) -> None:
    shown = {address: pictures(site.get(address).text) for address in LISTS}
    assert ("h47.td.16.1", 1) in shown["/tim-kiem?q=giao"]
    for address, found in shown.items():
        assert not found & {(record_id, number) for record_id in NO_PICTURE_IDS for number in range(9)}, address
        assert not {number for record_id, number in found if record_id == f"h47.td.{FIRST_PAGE_LISTED}"}
    listed = site.get("/tim-kiem?q=bien+ban").text
    assert f"/tai-lieu/h47.td.{FIRST_PAGE_LISTED}" in listed
    assert pictures(site.get(f"/tai-lieu/h47.td.{FIRST_PAGE_LISTED}").text) == {(f"h47.td.{FIRST_PAGE_LISTED}", 2)}


FORMATS = ("{}.pdf", "{}/pdf", "{}/download", "{}/master", "{}/original", "{}/manifest.json", "{}/info.json")
SIZES_ASKED = (
    "full",
    "max",
    "master",
    "original",
    "default",
    "pct:100",
    "2201",
    "thumb.png",
    "screen.tif",
)


def test_17_no_other_format_and_no_other_size_of_a_page_can_be_asked_for(site: FlaskClient) -> None:
    for record_id in (*OPEN_IDS, *NO_PICTURE_IDS[:3]):
        for form in FORMATS:
            assert site.get(f"/tai-lieu/{form.format(record_id)}").status_code == 404
        for size in SIZES_ASKED:
            for address in (f"{size}.jpg", size, f"{size}.pdf"):
                got = site.get(f"/tai-lieu/{record_id}/trang/1/{quote(address)}")
                assert got.mimetype == "text/html"
                assert got.status_code == 404 or (got.status_code == 403 and record_id not in OPEN_IDS)


def test_17_what_leaves_is_a_picture_of_an_offered_size_and_no_file_of_the_store(world: World) -> None:
    for record_id, size in product(("h47.td.16.1", "h47.td.anh"), SIZES):
        got = world.site.get(f"/tai-lieu/{record_id}/trang/1/{size}.jpg")
        assert max(Image.open(io.BytesIO(got.data)).size) <= SIZES[size]
        assert b"%PDF" not in got.data
        assert (world.settings.pages_dir / PHOTO.path).read_bytes() not in got.data


@pytest.mark.parametrize("size", SIZES)
@pytest.mark.parametrize(
    ("record_id", "number", "file"),
    [("h47.td.16.1", 1, "scans/mo.pdf"), ("h47.td.16.1", 2, "scans/mo.pdf"), ("h47.td.anh", 1, PHOTO.path)],
)
def test_19_the_mark_lies_on_every_size_of_every_kind(
    world: World, record_id: str, number: int, file: str, size: str
) -> None:
    marked = drawn(world.site, f"/tai-lieu/{record_id}/trang/{number}/{size}.jpg")
    kind = "application/pdf" if file.endswith(".pdf") else PHOTO.media_type
    clean = world.services.pages._renderer.render(world.settings.pages_dir / file, kind, number, SIZES[size])
    assert clean.size == marked.size
    changed = ImageChops.difference(marked, clean.convert("L")).point(lambda level: 255 if level > 30 else 0).getbbox()
    assert changed is not None
    assert changed[2] - changed[0] > marked.width * 0.5
    assert changed[3] - changed[1] > marked.height * 0.5


@pytest.mark.parametrize("size", SIZES)
@pytest.mark.parametrize(("name", "box"), [(BLACKED_OUT, BLACK), (NUMBERED, NUMBER_BOX)])
def test_19_what_is_blacked_out_is_the_same_picture_whatever_lies_under_it(
    worlds: dict[str, World], name: str, box: tuple[int, int, int, int], size: str
) -> None:
    """Drawn by staff, or found with a personal number at ingest: in the picture as in the text, and marked like any."""
    address = f"/tai-lieu/h47.td.{name}/trang/1"
    assert len({answer(world.site, f"{address}/{size}.jpg") for world in worlds.values()}) == 1
    assert len({answer(world.site, address) for world in worlds.values()}) == 1
    picture = drawn(worlds["zumkyra"].site, f"{address}/{size}.jpg")
    left, top, right, bottom = pixels(box, picture.size)
    inside = picture.crop((left + 4, top + 4, right - 4, bottom - 4))
    lightest = max(level for level, count in enumerate(inside.histogram()) if count)
    assert lightest < 110, "black, but for the edges of the letters of the mark"
