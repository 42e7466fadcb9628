"""Every address of a case, asked by everybody whose case it is not."""

import io
import re
from dataclasses import dataclass

import pytest

from portal.accounts.staff.roles import Duty, Role, duties_of
from portal.requests.files import CaseFiles
from portal.requests.states import State
from tests.accounts.people.given import AN, BINH
from tests.accounts.views.browser import BASE, Browser, token_of
from tests.requests.test_journey import FORM
from tests.requests.world import ASKABLE, World

SECRETS = ("Nguyễn Văn An", "Chế độ người có công", "Làm hồ sơ", "Hồ sơ nhân sự")

PAGES = ("/yeu-cau/{}", "/yeu-cau/{}/giay-hen.pdf")
STEPS = ("/yeu-cau/{}/bo-sung", "/yeu-cau/{}/rut", "/yeu-cau/{}/danh-gia", "/yeu-cau/{}/xin-lai")
NONE = ("0" * 32, "x", "%00", "%0a", "A" * 32, "9" * 4000)


@dataclass
class Left:
    """What a reader has left at the archive: a case that was handed in with a file, and a draft."""

    world: World
    case_id: str
    draft_id: str
    file_id: str


def ask(reader: Browser, **fields: str) -> str:
    """Put the record in and fill in the form; where the answer leads."""
    reader.post("/yeu-cau/them", seen_on=f"/yeu-cau/them?record={ASKABLE}", record=ASKABLE, reading="yes")
    return reader.post("/yeu-cau/phieu", **(FORM | fields)).location


@pytest.fixture
def left(world: World) -> Left:
    reader = world.reader()
    ask(reader, act="save")
    token = token_of(reader.get("/yeu-cau/phieu").text)
    sent = {"csrf_token": token, **FORM, "act": "submit", "files": (io.BytesIO(b"%PDF-1.7"), "giay.pdf")}
    answer = reader.client.post("/yeu-cau/phieu", base_url=BASE, data=sent, headers={"Referer": f"{BASE}/"})
    case_id = re.search(r"/yeu-cau/([0-9a-f]{32})", answer.location)[1]  # type: ignore[index]
    ask(reader, act="save")
    mine = world.site.services.cases.own(case_id, _owner(world, case_id))
    draft = world.site.services.cases.draft(mine.account_id)
    assert draft is not None
    [kept] = world.site.services.case_files.of(case_id)
    return Left(world, case_id, draft.id, kept.id)


def _owner(world: World, case_id: str) -> str:
    return world.desk_services.handling.case(case_id).account_id


def stranger(world: World, *, whole: bool = True) -> Browser:
    browser = Browser(world.site)
    browser.sign_in(world.site.vneid, BINH)
    if whole:
        assert browser.complete("binh@vidu.vn").status_code == 303
    return browser


@pytest.mark.parametrize("prefix", ["", "/en"])
def test_the_case_of_another_is_answered_like_one_that_is_none(left: Left, prefix: str) -> None:
    other = stranger(left.world)
    token = token_of(other.get("/tra-cuu-ho-so").text)
    for path in (*PAGES, *STEPS):
        for case_id in (left.case_id, left.draft_id, *NONE):
            address = prefix + path.format(case_id)
            if path in PAGES:
                answer = other.get(address)
            else:
                answer = other.send(address, csrf_token=token, words="x", turn="1", stars="5", sure="yes")
            assert answer.status_code == 404, address
            assert not any(secret in answer.text for secret in SECRETS)
    assert left.world.desk_services.handling.case(left.case_id).state is State.SUBMITTED


def test_whoever_has_not_signed_in_or_is_half_made_is_led_away(left: Left) -> None:
    half, nobody = stranger(left.world, whole=False), Browser(left.world.site)
    for browser, goes_to in ((nobody, "/dang-nhap?"), (half, "/dang-nhap/hoan-tat?")):
        for path in ("/yeu-cau", "/yeu-cau/phieu", "/yeu-cau/tin-nhan", *PAGES):
            answer = browser.get(path.format(left.case_id))
            assert answer.status_code == 303, path
            assert answer.location.startswith(goes_to), answer.location
        token = token_of(browser.get("/tra-cuu-ho-so").text)
        for path in (*STEPS, "/yeu-cau/phieu", "/yeu-cau/phieu/bo", "/yeu-cau/them"):
            answer = browser.send(path.format(left.case_id), csrf_token=token, sure="yes", act="submit")
            assert answer.status_code == 303, path
            assert answer.location.startswith("/dang-nhap"), answer.location
    assert left.world.desk_services.handling.case(left.case_id).state is State.SUBMITTED


def test_a_stranger_removes_no_file_and_submits_no_draft_of_another(left: Left) -> None:
    other = stranger(left.world)
    other.post("/yeu-cau/them", seen_on=f"/yeu-cau/them?record={ASKABLE}", record=ASKABLE, reading="yes")
    other.post("/yeu-cau/phieu", **FORM, act=f"remove-file:{left.file_id}")
    other.post("/yeu-cau/phieu/bo", seen_on="/yeu-cau/phieu")
    assert [each.id for each in left.world.site.services.case_files.of(left.case_id)] == [left.file_id]
    owner = _owner(left.world, left.case_id)
    assert left.world.site.services.cases.draft(owner) is not None


@pytest.mark.parametrize("role", list(Role))
def test_at_the_desk_only_who_handles_cases_gets_near_one(left: Left, role: Role) -> None:
    member = left.world.member("nguoi", role)
    case = f"/ho-so/{left.case_id}"
    handles = Duty.HANDLE_CASES in duties_of([role])
    token = token_of(member.get("/tai-khoan").text)
    for path in ("/ho-so", case, f"{case}/tep/{left.file_id}"):
        assert member.get(path).status_code == (200 if handles else 404), path
    for step in ("receive", "assign", "decide", "revoke", "ghi-chu", "reopen"):
        answer = member.send(f"{case}/{step}", csrf_token=token, turn="0", words="x", note="x")
        assert answer.status_code in ((303, 409, 422) if handles else (404,)), step
    for path in ("/ho-so/nhieu", "/ho-so/cach-xem"):
        assert member.send(path, csrf_token=token, case=left.case_id, act="x").status_code == (303 if handles else 404)
    if not handles:
        assert left.world.desk_services.handling.case(left.case_id).state is State.SUBMITTED


def test_the_desk_never_sees_a_draft(left: Left) -> None:
    head = left.world.member("hoa", Role.ARCHIVIST, Role.HEAD)
    token = token_of(head.get("/ho-so").text)
    assert head.get(f"/ho-so/{left.draft_id}").status_code == 404
    for case_id in NONE:
        assert head.get(f"/ho-so/{case_id}").status_code == 404, case_id
    for step in ("receive", "decide", "reply", "ghi-chu"):
        answer = head.send(f"/ho-so/{left.draft_id}/{step}", csrf_token=token, turn="0", words="x", note="x")
        assert answer.status_code == 404
    for pile in ("new", "in-progress", "proposed", "waiting", "overdue", "to-hand-over", "finished"):
        assert left.draft_id not in head.get(f"/ho-so?pile={pile}").text
    assert left.draft_id not in head.get(f"/ho-so/{left.case_id}").text, "not among the earlier cases either"
    head.send("/ho-so/nhieu", csrf_token=token, case=left.draft_id, act="receive")
    owner = _owner(left.world, left.case_id)
    assert left.world.site.services.cases.own(left.draft_id, owner).state is State.DRAFT


def test_papers_are_for_the_staff_of_the_case_and_for_the_head(left: Left) -> None:
    world, case = left.world, f"/ho-so/{left.case_id}"
    lan, minh, hoa = (
        world.member("lan", Role.ARCHIVIST),
        world.member("minh", Role.ARCHIVIST),
        world.member("hoa", Role.HEAD),
    )
    ids = {member.login: member.id for member in world.desk_services.staff.all()}
    for name, fields in (("receive", {}), ("assign", {"to": ids["lan"]})):
        turn = str(world.desk_services.handling.case(left.case_id).turn)
        lan.post(f"{case}/{name}", case, turn=turn, **fields)
    paper = f"{case}/tep/{left.file_id}"
    assert [who.get(paper).status_code for who in (lan, minh, hoa)] == [200, 404, 200]
    answer = lan.get(paper)
    assert answer.data == b"%PDF-1.7"
    assert answer.headers["Content-Disposition"].startswith("attachment;")
    assert "sandbox" in answer.headers["Content-Security-Policy"]
    assert answer.headers["X-Content-Type-Options"] == "nosniff"
    for file_id in NONE:
        assert lan.get(f"{case}/tep/{file_id}").status_code == 404, file_id


def test_there_is_no_address_of_a_paper_on_the_public_site(left: Left) -> None:
    reader = Browser(left.world.site)
    reader.sign_in(left.world.site.vneid, AN)
    assert isinstance(left.world.site.services.case_files, CaseFiles)
    for path in ("/yeu-cau/{0}/tep/{1}", "/yeu-cau/{0}/{1}", "/static/{0}/{1}", "/.var/attachments/{0}/{1}"):
        assert reader.get(path.format(left.case_id, left.file_id)).status_code == 404
