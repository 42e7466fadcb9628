"""Before a request is handed in its reader sees it whole once more, and what was seen is what is sent."""

from __future__ import annotations

import io
import re
from html import unescape

import pytest

from tests.accounts.views.browser import BASE, Browser, token_of
from tests.requests.test_journey import FORM
from tests.requests.world import ASKABLE, World

FORM_PAGE = "/yeu-cau/phieu"


@pytest.fixture
def reader(world: World) -> Browser:
    """With one record in the draft."""
    browser = world.reader()
    browser.post("/yeu-cau/them", seen_on=f"/yeu-cau/them?record={ASKABLE}", record=ASKABLE, reading="yes")
    return browser


def carried(page: str) -> dict[str, str]:
    found = re.findall(r'<input type="hidden" name="([^"]+)" value="([^"]*)">', page)
    return {name: unescape(value) for name, value in found}


def drafts(reader: Browser) -> bool:
    return 'id="phieu"' in reader.get(FORM_PAGE).text


def test_it_shows_what_was_said_and_hands_nothing_in(reader: Browser) -> None:
    said = FORM | {"first-1": "3", "last-1": "4", "purpose_text": "Viết <b>sử</b> xã"}
    token = token_of(reader.get(FORM_PAGE).text)
    sent = {**said, "csrf_token": token, "act": "review", "files": (io.BytesIO(b"%PDF-1.7"), "giay.pdf")}
    shown = reader.client.post(FORM_PAGE, base_url=BASE, data=sent, headers={"Referer": f"{BASE}/"})
    assert shown.status_code == 200
    for words in ("Đọc, trang 3–4", "Viết &lt;b&gt;sử&lt;/b&gt; xã", FORM["topic"], "giay.pdf"):
        assert words in shown.text
    assert drafts(reader)


def test_what_was_seen_is_what_is_sent(reader: Browser, world: World) -> None:
    shown = reader.post(FORM_PAGE, **FORM, act="review").text
    fields = carried(shown) | {"act": "submit"}
    sent = reader.send(FORM_PAGE, **fields)
    assert sent.status_code == 303
    [case_id] = re.findall(r"[0-9a-f]{32}", sent.location)
    assert world.desk_services.handling.case(case_id).application.topic == FORM["topic"]
    assert not drafts(reader)


def test_back_to_the_form_nothing_is_lost(reader: Browser) -> None:
    shown = reader.post(FORM_PAGE, **FORM, act="review").text
    assert reader.send(FORM_PAGE, **carried(shown) | {"act": "save"}).location.startswith(FORM_PAGE)
    assert FORM["topic"] in reader.get(FORM_PAGE).text


def test_a_form_with_faults_is_not_shown_as_whole(reader: Browser) -> None:
    answer = reader.post(FORM_PAGE, **FORM | {"topic": ""}, act="review")
    assert answer.status_code == 422
    assert "Xem lại phiếu trước khi gửi" not in answer.text


def test_what_another_tab_has_changed_since_is_not_sent_unseen(reader: Browser) -> None:
    shown = reader.post(FORM_PAGE, **FORM, act="review").text
    reader.post("/yeu-cau/them", seen_on=f"/yeu-cau/them?record={ASKABLE}", record=ASKABLE, copy="yes")
    assert reader.send(FORM_PAGE, **carried(shown) | {"act": "submit"}).location.startswith(FORM_PAGE)
    assert drafts(reader)
