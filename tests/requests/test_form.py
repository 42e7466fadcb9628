"""The form: what is wrong stands beside its field, and nothing that was typed is lost."""

import io
import re
from concurrent.futures import ThreadPoolExecutor
from dataclasses import replace
from html import unescape

import pytest
from sqlalchemy import select
from werkzeug.test import TestResponse

from portal.requests.case import Case
from portal.requests.rows import CaseRows
from portal.requests.states import State
from portal.requests.terms import ItemClass
from portal.sessions.database import DatabaseSessions
from portal.store.tables import cases
from tests.accounts.people.given import AN
from tests.accounts.views.browser import BASE, Browser, token_of
from tests.requests.test_journey import FORM
from tests.requests.world import ASKABLE, World

KEPT = {"purpose_text": "Làm hồ sơ hưởng chế độ", "topic": "Chế độ người có công"}


def put_in(reader: Browser, record: str = ASKABLE, **kinds: str) -> None:
    kinds = kinds or {"reading": "yes"}
    sent = reader.post("/yeu-cau/them", seen_on=f"/yeu-cau/them?record={record}", record=record, **kinds)
    assert sent.location == "/yeu-cau/phieu"


@pytest.fixture
def reader(world: World) -> Browser:
    """With one record of four pages in the draft."""
    browser = world.reader()
    put_in(browser)
    return browser


def submit(reader: Browser, **fields: str) -> TestResponse:
    return reader.post("/yeu-cau/phieu", **(FORM | {"act": "submit"} | fields))


def send_files(reader: Browser, *files: tuple[bytes, str], **fields: str) -> TestResponse:
    sent = {**FORM, "act": "submit", **fields, "csrf_token": token_of(reader.get("/yeu-cau/phieu").text)}
    given = [(io.BytesIO(content), name) for content, name in files]
    return reader.client.post(
        "/yeu-cau/phieu", base_url=BASE, data={**sent, "files": given}, headers={"Referer": f"{BASE}/"}
    )


def own(world: World) -> list[Case]:
    """Every case there is, without its records."""
    with world.site.database.reading() as connection:
        return CaseRows(connection, world.site.seal).found(select(cases))


@pytest.mark.parametrize(
    ("field", "value", "words"),
    [
        ("purpose", "", "Chọn mục đích"),
        ("purpose", "99", "Chọn mục đích"),
        ("purpose_text", "", "Ghi mục đích cụ thể"),
        ("purpose_text", "   ", "Ghi mục đích cụ thể"),
        ("purpose_text", "x" * 501, "nhiều nhất 500"),
        ("topic", "", "Ghi đề tài"),
        ("topic", "đ" * 251, "nhiều nhất 250"),
        ("fee_class", "", "Chọn đối tượng"),
        ("fee_class", "11", "Chọn đối tượng"),
        ("behalf", "nobody", "xin cho ai"),
        ("behalf", "other-person", "Ghi tên người đã ủy quyền"),
        ("remark", "x" * 1001, "dài nhất 1.000"),
    ],
)
def test_each_field_wrong_alone_says_so_beside_itself_and_keeps_the_rest(
    world: World, reader: Browser, field: str, value: str, words: str
) -> None:
    answer = submit(reader, **{field: value})
    assert answer.status_code == 422
    page = unescape(answer.text)
    at = "behalf_name" if value == "other-person" else field
    assert f'href="#{at}"' in page, "the summary leads to the field"
    assert words in page
    for name, typed in KEPT.items():
        assert name == field or typed in page
    assert [case.state for case in own(world)] == [State.DRAFT]
    assert submit(reader).status_code == 303, "once it is mended it can be handed in"


@pytest.mark.parametrize(
    ("first", "last"),
    [
        *[("0", "2"), ("3", "2"), ("1", "5"), ("1", ""), ("", "2"), ("-1", "2"), ("1.5", "2"), ("²", "3"), ("٣", "4")],
        *[("1e3", "2"), ("1" * 6, "2"), ("9" * 4000, "1"), ("<b>", "2"), ("1\x00", "2")],
    ],
)
def test_pages_that_make_no_sense_are_said_and_kept_as_typed(reader: Browser, first: str, last: str) -> None:
    answer = submit(reader, **{"first-1": first, "last-1": last})
    assert answer.status_code == 422
    assert 'id="first-1-wrong"' in answer.text
    assert "trong khoảng 1 đến 4" in answer.text
    assert submit(reader, **{"first-1": "2", "last-1": "4"}).status_code == 303


@pytest.mark.parametrize(
    ("fields", "words"),
    [
        ({"fee_class": "01"}, "giấy tờ chứng minh"),
        ({"behalf": "other-person", "behalf_name": "Trần Văn B"}, "giấy ủy quyền"),
    ],
)
def test_what_needs_evidence_is_not_taken_without(reader: Browser, fields: dict[str, str], words: str) -> None:
    answer = submit(reader, **fields)
    assert answer.status_code == 422
    assert words in answer.text.partition('name="files"')[0].rpartition('class="wrong"')[2]
    assert send_files(reader, (b"%PDF-1.7", "the.pdf"), **fields).status_code == 303


def test_a_wrong_file_says_which_are_right_and_the_form_is_kept(world: World, reader: Browser) -> None:
    answer = send_files(reader, (b"PK\x03\x04", "don.docx"))
    assert answer.status_code == 422
    assert "don.docx: Chỉ nhận tệp PDF, JPEG hoặc PNG." in unescape(answer.text)
    [draft] = own(world)
    assert draft.application.topic == KEPT["topic"]


def test_more_than_the_site_takes_at_once_is_refused_in_plain_words(world: World, reader: Browser) -> None:
    head = b'--x\r\nContent-Disposition: form-data; name="files"; filename="lon.pdf"\r\n\r\n%PDF-'
    answer = reader.client.post(
        "/yeu-cau/phieu",
        base_url=BASE,
        data=head + b"x" * 23_000_000 + b"\r\n--x--\r\n",
        content_type="multipart/form-data; boundary=x",
        headers={"Referer": f"{BASE}/"},
    )
    assert answer.status_code == 413
    assert '<html lang="vi"' in answer.text
    assert "quá lớn" in answer.text
    assert [case.state for case in own(world)] == [State.DRAFT]
    small = reader.send("/tra-cuu-ho-so", code="x" * 70_000)
    assert small.status_code == 413, "pages that take no files are sent little"


def test_all_that_is_wrong_is_said_at_once_in_the_order_of_the_page(reader: Browser) -> None:
    wrong = {"purpose": "", "topic": "", "behalf": "other-person", "behalf_name": "", "fee_class": "02"}
    answer = submit(reader, **wrong, **{"first-1": "4", "last-1": "2"})
    assert answer.status_code == 422
    links = re.findall(r'<a href="#([\w-]+)">', answer.text[answer.text.index("wrong-summary") :])
    assert links[:5] == ["first-1", "purpose", "topic", "behalf_name", "files"]
    assert "giấy ủy quyền và giấy tờ chứng minh" in answer.text


def test_nothing_chosen_is_said_with_what_was_chosen_kept(world: World) -> None:
    page = world.reader()
    answer = page.post("/yeu-cau/them", seen_on=f"/yeu-cau/them?record={ASKABLE}", record=ASKABLE)
    assert answer.status_code == 422
    assert 'href="#kinds"' in answer.text
    assert "checked" not in answer.text


def test_whoever_was_signed_out_is_led_back_to_the_form(reader: Browser) -> None:
    stranger = reader.client.application.test_client()
    answer = stranger.post("/yeu-cau/phieu", base_url=BASE, data=FORM, headers={"Referer": f"{BASE}/"})
    assert answer.status_code == 400
    assert "/dang-nhap?next=/yeu-cau/phieu" in unescape(answer.text)


def test_control_characters_and_far_too_much_stay_a_draft(world: World, reader: Browser) -> None:
    said = "Đề\x00 tài\x1b[31m\x7f \u202eđảo"
    assert reader.post("/yeu-cau/phieu", **(FORM | {"act": "save", "topic": said})).status_code == 303
    [draft] = own(world)
    assert draft.application.topic == "Đề tài[31m \u202eđảo"
    assert reader.post("/yeu-cau/phieu", **(FORM | {"topic": "x" * 30_000})).status_code == 303
    [draft] = own(world)
    assert len(draft.application.topic) == 500, "twice what may be submitted, so that it can be shortened"
    page = reader.post("/yeu-cau/phieu", **(FORM | {"topic": "<script>alert(1)</script>"}), act="save")
    assert page.status_code == 303
    assert "<script>alert" not in reader.get("/yeu-cau/phieu").text


def test_a_session_that_ends_leaves_the_draft(world: World, reader: Browser) -> None:
    reader.post("/yeu-cau/phieu", **(FORM | {"act": "save"}))
    assert isinstance(world.site.services.sessions, DatabaseSessions)
    world.pass_by(hours=13)
    token = token_of(reader.get("/tra-cuu-ho-so").text)
    lost = reader.send("/yeu-cau/phieu", csrf_token=token, **FORM, act="submit")
    assert lost.location.startswith("/dang-nhap")
    reader.sign_in(world.site.vneid, AN)
    shown = reader.get("/yeu-cau/phieu").text
    assert KEPT["topic"] in shown
    assert [case.state for case in own(world)] == [State.DRAFT]


def test_two_presses_hand_in_once(world: World, reader: Browser) -> None:
    token = token_of(reader.get("/yeu-cau/phieu").text)
    fields = {**FORM, "csrf_token": token, "act": "submit"}
    with ThreadPoolExecutor(2) as pool:
        answers = list(pool.map(lambda _n: _same_browser(world, reader).send("/yeu-cau/phieu", **fields), range(2)))
    assert [answer.status_code for answer in answers] == [303, 303], [answer.text[:200] for answer in answers]
    assert [case.state for case in own(world)] == [State.SUBMITTED]
    third = reader.send("/yeu-cau/phieu", **fields)
    assert (third.status_code, third.location) == (303, "/yeu-cau")


def _same_browser(world: World, reader: Browser) -> Browser:
    other = Browser(world.site)
    other.client.set_cookie("__Host-session", reader.cookie, domain="localhost", secure=True)
    return other


def test_a_form_of_an_older_tab_does_not_change_another_record(world: World, reader: Browser) -> None:
    put_in(reader, "qn.td.04.16.1", copy="yes")
    old = re.findall(r'name="(record-\d)" value="([^"]+)"', reader.get("/yeu-cau/phieu").text)
    assert old == [("record-1", ASKABLE), ("record-2", "qn.td.04.16.1")]
    reader.post("/yeu-cau/phieu", **FORM, act="take-out:1")
    reader.post("/yeu-cau/phieu", **FORM, act="save", **dict(old), **{"first-1": "2", "last-1": "3"})
    [draft] = own(world)
    lines = world.site.services.cases.draft(draft.account_id).lines  # type: ignore[union-attr]
    assert [(line.record_id, line.pages) for line in lines] == [("qn.td.04.16.1", None)]


def test_a_record_is_approved_as_it_stands_on_the_day_it_is_handed_in(world: World, reader: Browser) -> None:
    """A draft may lie for long; who may decide follows from what the record is when it is submitted."""
    [draft] = own(world)
    kept = world.site.services.cases.draft(draft.account_id)
    assert kept is not None
    old = [replace(kept.lines[0], item=ItemClass.OPEN)]
    world.site.services.cases.save(draft.account_id, kept.application, old, now=draft.created_at)
    assert submit(reader).status_code == 303
    [line] = world.desk_services.handling.case(draft.id).lines
    assert line.item is ItemClass.CONDITIONAL


@pytest.mark.parametrize("record", ["", "qn.bi-mat", "qn.khong-co", "qn.biet-co", "\x00", "x" * 5000])
def test_what_may_not_be_asked_for_is_not_there(world: World, reader: Browser, record: str) -> None:
    assert reader.client.get("/yeu-cau/them", base_url=BASE, query_string={"record": record}).status_code in (403, 404)
    token = token_of(reader.get("/yeu-cau/phieu").text)
    assert reader.send("/yeu-cau/them", csrf_token=token, record=record, reading="yes").status_code in (403, 404)
    [draft] = own(world)
    assert len(world.site.services.cases.draft(draft.account_id).lines) == 1  # type: ignore[union-attr]
