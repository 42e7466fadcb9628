"""The result page: what is found, narrowed, counted, marked, and what is said when nothing is."""

import re
from urllib.parse import quote_plus

import pytest
from flask.testing import FlaskClient
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from indexer.index.schema import FACETS
from tests.portal.archive import CANARY, OPEN_ITEM

TITLE = "Quyết định giao đất xã Tam Thăng"


def text_of(html: str) -> str:
    return " ".join(re.sub(r"<[^>]+>", " ", html).split())


def test_words_without_accents_find_the_record_and_mark_its_words(client: FlaskClient) -> None:
    page = client.get("/tim-kiem?q=quyet+dinh+giao+dat").text
    assert "<mark>Quyết định giao đất</mark> xã Tam Thăng" in page
    assert f"/tai-lieu/{OPEN_ITEM.id}" in page
    assert f"/tai-lieu/{OPEN_ITEM.id}/trang/1" in page, "the page the words stand on is linked"


def test_facets_count_and_narrow_and_chips_take_back(client: FlaskClient) -> None:
    page = client.get("/tim-kiem?q=giao+dat").text
    for facet in ("Phông", "Cấp mô tả", "Địa danh hiện nay", "Tình trạng tiếp cận", "Cơ quan hình thành"):
        assert facet in page
    narrowed = client.get("/tim-kiem?q=giao+dat&kind=item&kind=file&place_today=%C4%90%C3%A0+N%E1%BA%B5ng").text
    assert TITLE in text_of(narrowed)
    assert "Đơn khiếu nại" not in text_of(narrowed)
    assert "Bỏ hết" in narrowed
    assert re.search(
        r'href="/tim-kiem\?q=giao\+(?:dat|đất)&amp;kind=file&amp;kind=item"[^>]*rel="[^"]*nofollow', narrowed
    ) or re.search(r'rel="[^"]*nofollow[^"]*"[^>]*href="/tim-kiem\?q=giao\+dat&amp;kind=file&amp;kind=item"', narrowed)


def test_years_narrow_and_the_histogram_says_so_in_words(client: FlaskClient) -> None:
    page = client.get("/tim-kiem?q=giao+dat&tu=1970&den=1980").text
    assert TITLE in text_of(page)
    assert "<svg" in page
    assert "1976" in page
    assert TITLE not in text_of(client.get("/tim-kiem?q=giao+dat&tu=1980").text)


def test_a_conditional_record_shows_that_it_can_be_asked_for(client: FlaskClient) -> None:
    page = text_of(client.get("/tim-kiem?q=khieu+nai").text)
    assert "Xin đọc" in page
    assert CANARY not in page


def test_nothing_found_says_so_and_offers_another_try(client: FlaskClient) -> None:
    page = client.get("/tim-kiem?q=%22dat+giao%22&kind=file")
    assert page.status_code == 200
    assert "/tim-kiem?q=dat+giao" in page.text


@pytest.mark.parametrize(
    "query",
    ["tu=abc", "den=99999", "tu=1980&den=1970", "trang=0", "trang=501", "trang=-1", "trang=1e3", "sap-xep=random",
     "&".join(f"{facet}={n}" for facet in ("kind", "place") for n in range(16)),
     f"q={'a' * 401}", "&".join(f"kind=k{n}" for n in range(21)), f"place={'x' * 301}"],
)  # fmt: skip
def test_what_cannot_be_understood_is_said_in_plain_words(client: FlaskClient, query: str) -> None:
    answer = client.get(f"/tim-kiem?{query}")
    assert answer.status_code == 400
    assert "<main" in answer.text


def test_a_page_past_the_end_is_empty_and_leads_back(client: FlaskClient) -> None:
    answer = client.get("/tim-kiem?q=giao&trang=400")
    assert answer.status_code == 200
    assert "/tim-kiem?q=giao" in answer.text


def test_suggestions_come_as_titles_with_addresses(client: FlaskClient) -> None:
    answer = client.get("/goi-y?q=quyet+di").json
    assert answer == {"suggestions": [{"text": TITLE, "url": f"/tai-lieu/{OPEN_ITEM.id}"}]}
    assert client.get(f"/goi-y?q={CANARY[:4]}").json == {"suggestions": []}
    assert client.get("/goi-y").json == {"suggestions": []}
    assert client.get(f"/goi-y?q={'a' * 401}").status_code == 400


def test_english_keeps_its_address(client: FlaskClient) -> None:
    page = client.get("/en/tim-kiem?q=giao+dat").text
    assert '<html lang="en"' in page
    assert "/en/tai-lieu/" in page
    assert client.get("/en/goi-y?q=quyet+di").json["suggestions"][0]["url"].startswith("/en/")  # type: ignore[index]


NAMES = st.sampled_from([*FACETS, "q", "tu", "den", "trang", "sap-xep", "co", "x", "q[]", "__class__"])
VALUES = st.text(max_size=60) | st.sampled_from(
    ['"', '"giao', "-", "1976", "item", "\x00", "%", "{{7*7}}", "' OR 1=1--", "ệ" * 50]
)


@settings(max_examples=150, suppress_health_check=[HealthCheck.function_scoped_fixture])
@given(st.lists(st.tuples(NAMES, VALUES), max_size=6))
def test_any_address_of_the_search_answers_and_never_fails(client: FlaskClient, pairs: list[tuple[str, str]]) -> None:
    query = "&".join(
        f"{quote_plus(name)}={quote_plus(value.encode('utf-8', 'surrogatepass'))}" for name, value in pairs
    )
    answer = client.get(f"/tim-kiem?{query}")
    assert answer.status_code in {200, 400}
    assert "{{" not in text_of(answer.text) or "{{7*7}}" in query.replace("%7B", "{").replace("%2A", "*").replace(
        "%7D", "}"
    )


@settings(max_examples=60, suppress_health_check=[HealthCheck.function_scoped_fixture])
@given(st.binary(max_size=40))
def test_raw_bytes_in_an_address_never_fail(client: FlaskClient, raw: bytes) -> None:
    query = "".join(f"%{byte:02x}" for byte in raw)
    assert client.get(f"/tim-kiem?q={query}").status_code in {200, 400}
