"""Absent, closed and secret are the same answer on every channel; conditional says why, and shows nothing."""

import pytest
from flask.testing import FlaskClient

from tests.portal.archive import CANARY, CLOSED, OPEN_ITEM

CLOSED_IDS = [record.id for record, _ in CLOSED]
PATHS = (
    "/tai-lieu/{}",
    "/en/tai-lieu/{}",
    "/tai-lieu/{}/trang/1",
    "/tai-lieu/{}/trang/1/thumb.jpg",
    "/tai-lieu/{}/trang/1/large.jpg",
)
ASKED = (
    "",
    "q=zumkyra",
    "q=zum",
    "q=%22zumkyra%22",
    "q=-giao",
    "has_pages=images",
    "access=closed",
    "creator=zumkyra",
    "kind=item&tu=1900",
)


def answer(client: FlaskClient, path: str, record_id: str) -> tuple[int, str, list[tuple[str, str]]]:
    got = client.get(path.format(record_id))
    return (
        got.status_code,
        got.text.replace(record_id, "ID"),
        [
            (k, v)
            for k, v in got.headers
            if k not in {"Content-Length", "Retry-After"} and not k.startswith("X-RateLimit")
        ],
    )


@pytest.mark.parametrize("path", PATHS)
@pytest.mark.parametrize("closed", CLOSED_IDS)
def test_closed_and_absent_are_the_same_answer(client: FlaskClient, path: str, closed: str) -> None:
    absent = answer(client, path, "qn.khong-co")
    assert absent[0] == 404
    assert answer(client, path, closed) == absent


@pytest.mark.parametrize("query", ASKED)
@pytest.mark.parametrize("prefix", ["", "/en"])
def test_no_word_of_a_closed_record_stands_in_any_result(client: FlaskClient, query: str, prefix: str) -> None:
    page = client.get(f"{prefix}/tim-kiem?{query}").text
    assert not any(f"/tai-lieu/{closed}" in page for closed in CLOSED_IDS)
    if CANARY not in query:
        assert CANARY not in page


def test_no_open_page_names_a_closed_record(client: FlaskClient) -> None:
    for path in ("/", "/phong", "/tai-lieu/qn.td", "/tai-lieu/qn.td?phan=2", "/goi-y?q=zu"):
        assert CANARY not in client.get(path).text


@pytest.mark.parametrize("record_id", ["qn.co-dieu-kien", "qn.mode-02", "qn.phong-doc"])
def test_a_conditional_record_says_why_and_shows_no_page(client: FlaskClient, record_id: str) -> None:
    page = client.get(f"/tai-lieu/{record_id}")
    assert page.status_code == 200
    assert CANARY not in page.text
    assert "thumb.jpg" not in page.text
    assert "Luật Lưu trữ số 33/2024/QH15" in page.text or "Thông tư 05/2025/TT-BNV" in page.text
    for path in ("/tai-lieu/{}/trang/1", "/tai-lieu/{}/trang/1/thumb.jpg"):
        refused = client.get(path.format(record_id))
        assert refused.status_code == 403
        assert refused.mimetype == "text/html"
        assert CANARY not in refused.text


def test_a_restricted_page_of_an_open_record_is_skipped_and_refused(client: FlaskClient) -> None:
    record_id = "qn.mot-trang-kin"
    for path in ("/tai-lieu/{}/trang/2", "/tai-lieu/{}/trang/2/thumb.jpg"):
        refused = client.get(path.format(record_id))
        assert refused.status_code == 404, "nothing may be known of the page, not even that it is closed"
        assert "DM-01" not in refused.text
    first = client.get(f"/tai-lieu/{record_id}/trang/1").text
    assert f"/tai-lieu/{record_id}/trang/3" in first
    assert f"/tai-lieu/{record_id}/trang/2" not in first
    record_page = client.get(f"/tai-lieu/{record_id}").text
    assert "/trang/2" not in record_page
    assert CANARY not in record_page


@pytest.mark.parametrize("number", [0, 4, 99999999999999999999])
def test_a_page_that_is_not_there_is_not_found(client: FlaskClient, number: int) -> None:
    assert client.get(f"/tai-lieu/{OPEN_ITEM.id}/trang/{number}").status_code == 404
    assert client.get(f"/tai-lieu/{OPEN_ITEM.id}/trang/{number}/screen.jpg").status_code == 404


def test_only_the_pages_that_may_be_read_are_counted(client: FlaskClient) -> None:
    page = client.get("/tai-lieu/qn.mot-trang-kin").text
    assert "2 trang, đọc được ngay" in page


def test_the_other_language_is_a_page_of_this_site_whatever_path_was_sent(client: FlaskClient) -> None:
    for path in ("/en//evil.example/x", "/en/%5Cevil.example/x", "/en/%2F%2Fevil.example", "/en/%09/evil.example"):
        page = client.get(path).text
        assert "evil.example" not in page
    assert 'href="/tim-kiem?q=giao"' in client.get("/en/tim-kiem?q=giao").text


@pytest.mark.parametrize(("path", "words"), [("/tai-lieu/{}", "Vì sao?"), ("/en/tai-lieu/{}", "Why?")])
def test_a_record_that_may_be_known_to_be_there_says_why_it_is_closed_and_nothing_else(
    client: FlaskClient, path: str, words: str
) -> None:
    got = client.get(path.format("qn.biet-co"))
    assert got.status_code == 403
    for said in (words, "TĐĐ · qn.biet-co", "DM-02/2026", "1/7/2026", "1/7/2036", "33/2024/QH15", "02/2011/QH13"):
        assert said in got.text
    assert CANARY not in got.text
    assert got.headers["Cache-Control"] == "private, no-store"


@pytest.mark.parametrize("page", ["trang/1", "trang/1/thumb.jpg", "trang/2/large.jpg", "trang/99"])
def test_no_page_of_a_record_that_is_only_known_to_be_there_is_served(client: FlaskClient, page: str) -> None:
    got = client.get(f"/tai-lieu/qn.biet-co/{page}")
    assert got.status_code == 403
    assert got.mimetype == "text/html"
    assert CANARY not in got.text


@pytest.mark.parametrize("query", ["q=zumkyra", "q=qn.biet-co", "", "kind=item", "access=closed", "q=DM-02"])
def test_no_search_finds_or_counts_a_record_that_is_only_known_to_be_there(client: FlaskClient, query: str) -> None:
    assert "/tai-lieu/qn.biet-co" not in client.get(f"/tim-kiem?{query}").text
    assert "qn.biet-co" not in client.get("/tai-lieu/qn.td").text
