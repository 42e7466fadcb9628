"""Forms that no page of the public site would send: whatever they hold, the answer is a page, and nothing is lost."""

import io
import re

import pytest
from werkzeug.test import TestResponse

from portal.accounts.staff.roles import Role
from portal.requests.files import MOST_FILES
from portal.requests.pages.drafting import Drafting
from portal.requests.states import State
from tests.accounts.views.browser import BASE, Browser, token_of
from tests.desk.browser import Browser as DeskBrowser
from tests.requests.test_journey import FORM
from tests.requests.world import ASKABLE, World

COPY = "qn.td.04.16.1"

NONSENSE = ["", "\x00", "²", "٣", "-1", "9" * 5000, "1e5", "\u202e1", "a\r\nX: y", "1:1", "../1", "Tiê\u0301ng", "💥"]


@pytest.fixture
def reader(world: World) -> Browser:
    """With two records in the draft."""
    browser = world.reader()
    for record, kind in ((ASKABLE, "reading"), (COPY, "copy")):
        fields = {"record": record, kind: "yes"}
        browser.post("/yeu-cau/them", seen_on=f"/yeu-cau/them?record={record}", **fields)
    return browser


def in_draft(world: World, account_id: str) -> list[str]:
    draft = world.site.services.cases.draft(account_id)
    assert draft is not None
    return [line.record_id for line in draft.lines]


def owner(reader: Browser) -> str:
    found = re.search(r'"id": "([0-9a-f]{32})"', reader.get("/tai-khoan/du-lieu.json").text)
    assert found is not None
    return found[1]


@pytest.mark.usefixtures("no_fault")
def test_a_number_that_is_none_takes_no_record_out(world: World, reader: Browser) -> None:
    token = token_of(reader.get("/yeu-cau/phieu").text)
    for act in ("take-out:{}", "remove-file:{}", "take-out:1:{}", "{}"):
        for value in NONSENSE:
            if (act, value) == ("take-out:1:{}", ""):
                continue
            answer = reader.send("/yeu-cau/phieu", **FORM, csrf_token=token, act=act.format(value))
            assert answer.status_code == 303, (act, value)
    assert in_draft(world, owner(reader)) == [ASKABLE, COPY]


def test_pressed_twice_a_record_goes_and_no_other(world: World, reader: Browser) -> None:
    shown = reader.get("/yeu-cau/phieu").text
    records = dict(re.findall(r'name="(record-\d)" value="([^"]+)"', shown))
    button = re.search(r'value="(take-out:1[^"]*)"', shown)
    assert button is not None
    for _press in range(2):
        reader.send("/yeu-cau/phieu", **FORM, **records, csrf_token=token_of(shown), act=button[1])
    assert in_draft(world, owner(reader)) == [COPY]


def test_pressed_twice_the_copy_of_a_record_stays_when_its_reading_goes(world: World, reader: Browser) -> None:
    reader.post("/yeu-cau/phieu/bo", seen_on="/yeu-cau/phieu")
    both = {"record": ASKABLE, "reading": "yes", "copy": "yes"}
    reader.post("/yeu-cau/them", seen_on=f"/yeu-cau/them?record={ASKABLE}", **both)
    shown = reader.get("/yeu-cau/phieu").text
    records = dict(re.findall(r'name="(record-\d)" value="([^"]+)"', shown))
    button = re.search(r'value="(take-out:1[^"]*)"', shown)
    assert button is not None
    for _press in range(2):
        reader.send("/yeu-cau/phieu", **FORM, **records, csrf_token=token_of(shown), act=button[1])
    draft = world.site.services.cases.draft(owner(reader))
    assert draft is not None
    assert [line.kind.value for line in draft.lines] == ["copy"]


def test_what_another_tab_keeps_between_check_and_submission_is_not_handed_in(
    world: World, reader: Browser, monkeypatch: pytest.MonkeyPatch
) -> None:
    submit, account_id = Drafting._done, owner(reader)

    def overtaken(self: Drafting, *given: object) -> object:
        cases = self.office.cases
        draft = cases.draft(account_id)
        assert draft is not None
        cases.save(account_id, type(draft.application)(), draft.lines, now=self.office.now())
        return submit(self, *given)  # type: ignore[arg-type]

    monkeypatch.setattr(Drafting, "_done", overtaken)
    answer = reader.post("/yeu-cau/phieu", **FORM, act="submit")
    assert answer.location.startswith("/yeu-cau/phieu")
    assert in_draft(world, account_id) == [ASKABLE, COPY], "still a draft"


@pytest.mark.usefixtures("no_fault")
@pytest.mark.parametrize(
    ("kind", "body"),
    [
        ("multipart/form-data; boundary=x", b'--x\r\nContent-Disposition: form-data; name="a"\r\n\r\n'),
        ("multipart/form-data", b"zz"),
        ("multipart/form-data; boundary=x", b"--x\r\nA: " + b"y" * 100_000),
        ("application/json", b'{"act": "submit"}'),
        ("application/x-www-form-urlencoded", b"%ff%fe=%00&csrf_token=%zz"),
    ],
)
def test_a_body_that_is_no_form_is_told_so(reader: Browser, kind: str, body: bytes) -> None:
    headers = {"Referer": f"{BASE}/", "Content-Type": kind}
    answer = reader.client.post("/yeu-cau/phieu", base_url=BASE, data=body, headers=headers)
    assert answer.status_code in (400, 413)
    assert "<h1" in answer.text


def asked_to_supply(world: World, reader: Browser) -> tuple[str, DeskBrowser]:
    """A case that came with as many files as may be, of which the archive asks something; its page, and who asked."""
    files = [(io.BytesIO(b"%PDF-1.7 " + bytes([48 + n])), f"giay-{n}.pdf") for n in range(MOST_FILES)]
    token = token_of(reader.get("/yeu-cau/phieu").text)
    sent = {**FORM, "csrf_token": token, "act": "submit", "files": files}
    answer = reader.client.post("/yeu-cau/phieu", base_url=BASE, data=sent, headers={"Referer": f"{BASE}/"})
    page = answer.location.partition("?")[0]
    lan, case_id = world.member("lan", Role.ARCHIVIST), page.rpartition("/")[2]
    for step, fields in (("receive", {}), ("ask-supplement", {"words": "Xin gửi giấy giới thiệu"})):
        turn = str(world.desk_services.handling.case(case_id).turn)
        assert (
            lan.post(f"/ho-so/{case_id}/{step}", f"/ho-so/{case_id}", turn=turn, step=step, **fields).status_code == 303
        )
    return page, lan


def supply(reader: Browser, page: str, *names: str, **fields: str) -> TestResponse:
    shown = reader.get(page).text
    turn = re.search(r'name="turn" value="(\d+)"', shown)
    assert turn is not None
    sent = {"csrf_token": token_of(shown), "turn": turn[1], **fields}
    files = [(io.BytesIO(b"%PDF-1.7 them"), name) for name in names]
    return reader.client.post(
        f"{page}/bo-sung", base_url=BASE, data={**sent, "files": files}, headers={"Referer": f"{BASE}/"}
    )


def test_an_answer_without_anything_in_it_does_not_use_up_the_one_question(world: World, reader: Browser) -> None:
    page, _lan = asked_to_supply(world, reader)
    answer = supply(reader, page, words=" \x00 ")
    assert answer.status_code == 422
    assert "Xin viết câu trả lời" in answer.text
    assert world.desk_services.handling.case(page.rpartition("/")[2]).state is State.AWAITING_SUPPLEMENT


def test_what_was_asked_for_finds_room_beside_what_was_sent_before(world: World, reader: Browser) -> None:
    page, _lan = asked_to_supply(world, reader)
    case_id = page.rpartition("/")[2]
    assert supply(reader, page, "gioi-thieu.pdf").status_code == 303
    assert world.desk_services.handling.case(case_id).state is State.IN_PROGRESS
    assert len(world.site.services.case_files.of(case_id)) == MOST_FILES + 1


def test_an_answer_that_is_not_taken_leaves_no_file_and_keeps_its_words(world: World, reader: Browser) -> None:
    page, lan = asked_to_supply(world, reader)
    case_id = page.rpartition("/")[2]
    long = "dài " * 600
    refused = supply(reader, page, "gioi-thieu.pdf", words=long)
    assert (refused.status_code, long.strip() in refused.text) == (422, True)
    turn = str(world.desk_services.handling.case(case_id).turn)
    lan.post(f"/ho-so/{case_id}/reply", f"/ho-so/{case_id}", turn=turn, step="reply", words="Xin gửi sớm")
    late = supply(reader, page, "gioi-thieu.pdf", words="Tôi gửi đây", turn=turn)
    assert late.status_code == 409
    assert "Tôi gửi đây" in late.text
    assert "Hồ sơ vừa thay đổi" in late.text
    assert len(world.site.services.case_files.of(case_id)) == MOST_FILES


def test_what_was_asked_stays_above_its_answer_when_the_archive_writes_again(world: World, reader: Browser) -> None:
    page, lan = asked_to_supply(world, reader)
    case_id = page.rpartition("/")[2]
    turn = str(world.desk_services.handling.case(case_id).turn)
    lan.post(f"/ho-so/{case_id}/reply", f"/ho-so/{case_id}", turn=turn, step="reply", words="Nhắc ông/bà")
    card = reader.get(page).text.partition('id="bo-sung"')[2].partition("</section>")[0]
    assert "Xin gửi giấy giới thiệu" in card
    assert "Nhắc ông/bà" not in card
