"""Page images leave marked, at offered sizes only, kept by nobody; what cannot be drawn is said in a picture."""

import io

import pytest
from flask import Flask
from flask.testing import FlaskClient
from PIL import Image, ImageChops

from portal.settings import PortalSettings
from portal.viewer.pages import SIZES
from portal.wiring import Services
from tests.portal.archive import OPEN_ITEM, SCAN

PAGE = f"/tai-lieu/{OPEN_ITEM.id}/trang"


def picture(client: FlaskClient, path: str) -> Image.Image:
    answer = client.get(path)
    assert answer.mimetype == "image/jpeg"
    return Image.open(io.BytesIO(answer.data))


@pytest.mark.parametrize("size", SIZES)
def test_every_size_is_marked(client: FlaskClient, settings: PortalSettings, services: Services, size: str) -> None:
    marked = picture(client, f"{PAGE}/2/{size}.jpg")
    assert max(marked.size) == SIZES[size]
    clean = services.pages._renderer.render(settings.pages_dir / SCAN.path, SCAN.media_type, 2, SIZES[size])
    changed = ImageChops.difference(marked.convert("L"), clean.convert("L")).point(
        lambda level: 255 if level > 40 else 0
    )
    assert changed.getbbox() is not None
    left, top, right, bottom = changed.getbbox() or (0, 0, 0, 0)
    assert right - left > marked.width * 0.6
    assert bottom - top > marked.height * 0.6


def test_the_corner_of_the_first_page_stays_free(
    client: FlaskClient, settings: PortalSettings, services: Services
) -> None:
    marked = picture(client, f"{PAGE}/1/screen.jpg").convert("L")
    clean = services.pages._renderer.render(
        settings.pages_dir / SCAN.path, SCAN.media_type, 1, SIZES["screen"]
    ).convert("L")
    corner = (int(marked.width * 0.56), 0, marked.width, int(marked.height * 0.17))
    difference = ImageChops.difference(marked.crop(corner), clean.crop(corner))
    assert (difference.getextrema()[1] or 0) < 40, "nothing but the noise of JPEG"


def test_images_are_kept_by_nobody(client: FlaskClient) -> None:
    answer = client.get(f"{PAGE}/1/thumb.jpg")
    assert answer.headers["Cache-Control"] == "private, no-store"
    assert "Set-Cookie" not in answer.headers


@pytest.mark.parametrize("size", ["full", "max", "0", "screen.png", "..", "1500"])
def test_only_the_sizes_offered_exist(client: FlaskClient, size: str) -> None:
    assert client.get(f"{PAGE}/1/{size}.jpg").status_code == 404


@pytest.mark.parametrize("record_id", ["qn.hong", "qn.mat-tep"])
def test_a_broken_or_lost_scan_shows_a_notice_and_the_site_lives(client: FlaskClient, record_id: str) -> None:
    answer = client.get(f"/tai-lieu/{record_id}/trang/1/screen.jpg")
    assert answer.status_code == 422
    assert Image.open(io.BytesIO(answer.data)).size[1] == SIZES["screen"]
    assert client.get(f"/tai-lieu/{record_id}/trang/1").status_code == 200
    assert client.get(f"{PAGE}/1/thumb.jpg").status_code == 200


def test_a_page_without_an_image_has_its_text_and_says_so(client: FlaskClient) -> None:
    page = client.get("/tai-lieu/qn.chua-quet/trang/1").text
    assert "chưa có ảnh &lt;b&gt;đậm&lt;/b&gt;" in page
    assert "screen.jpg" not in page
    assert client.get("/tai-lieu/qn.chua-quet/trang/1/screen.jpg").status_code == 404


def test_a_photo_is_shown_marked_too(client: FlaskClient) -> None:
    assert max(picture(client, "/tai-lieu/qn.anh/trang/1/screen.jpg").size) == 1200
    assert "&lt;script&gt;" in client.get("/tai-lieu/qn.anh").text


def test_the_viewer_turns_pages_and_marks_words(client: FlaskClient) -> None:
    page = client.get(f"{PAGE}/2?q=ho+gia+dinh").text
    assert "<mark>hộ gia đình</mark>" in page
    assert f"{PAGE}/1?q=ho+gia+dinh" in page
    assert f"{PAGE}/3?q=ho+gia+dinh" in page
    assert client.get(f"{PAGE}/2?co=huge").status_code == 400


def test_no_path_of_a_file_stands_in_any_answer(app: Flask, client: FlaskClient) -> None:
    for path in (
        f"{PAGE}/1",
        f"/tai-lieu/{OPEN_ITEM.id}",
        "/tim-kiem?q=giao",
        "/tai-lieu/qn.mat-tep/trang/1/screen.jpg",
    ):
        answer = client.get(path).data
        assert b"scans/" not in answer
        assert b".pdf" not in answer
