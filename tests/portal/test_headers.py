"""What every answer tells the browser."""

import re

import pytest
from flask.testing import FlaskClient

PATHS = (
    "/",
    "/tim-kiem?q=giao",
    "/tai-lieu/qn.td",
    "/tai-lieu/nothing",
    "/healthz",
    "/static/css/site.css",
    "/goi-y?q=g",
)


@pytest.mark.parametrize("path", PATHS)
def test_every_answer_is_closed_to_the_outside(client: FlaskClient, path: str) -> None:
    with client.get(path) as answer:
        headers = answer.headers
    policy = headers["Content-Security-Policy"]
    assert "default-src 'none'" in policy
    assert "unsafe" not in policy
    assert "frame-ancestors 'none'" in policy
    assert headers["X-Content-Type-Options"] == "nosniff"
    assert headers["Referrer-Policy"] == "same-origin"
    assert "Set-Cookie" not in headers
    assert "Strict-Transport-Security" not in headers


def test_behind_tls_browsers_are_told_to_stay_there(client: FlaskClient) -> None:
    assert "max-age=" in client.get("/", base_url="https://localhost").headers["Strict-Transport-Security"]


def test_only_named_files_of_the_site_are_kept(client: FlaskClient) -> None:
    page = client.get("/").text
    css = re.search(r'href="(/static/css/site\.css\?v=[0-9a-f]+)"', page)
    assert css is not None
    for path, kept in ((css[1], True), ("/static/css/site.css", False), ("/tim-kiem?v=1", False)):
        with client.get(path) as answer:
            assert ("immutable" in answer.headers["Cache-Control"]) is kept
            assert ("no-store" in answer.headers["Cache-Control"]) is not kept


@pytest.mark.parametrize("path", [path for path in PATHS if not path.startswith(("/static", "/goi-y", "/healthz"))])
def test_no_page_holds_inline_script_or_style_or_a_foreign_address(client: FlaskClient, path: str) -> None:
    page = client.get(path).text
    assert not re.search(r"<script(?![^>]*\bsrc=)", page)
    assert not re.search(r"<style|\bstyle=|\bon\w+=\"", page)
    assert not re.search(r"""(?:src|href|action)=["'](?:https?:)?//(?!localhost)""", page)
