"""Forms that no page of the desk would send: refused in words, and nothing that was typed is lost."""

import re
from datetime import UTC, datetime, timedelta
from urllib.parse import urlencode

import pytest

from portal.accounts.staff.roles import Role
from portal.requests.states import State
from tests.requests.handled import GRANT, Handled

NONSENSE = [
    "\x00",
    "²",
    "٣",
    "-1",
    "9" * 5000,
    "1e5",
    "a\r\nX: y",
    "0001-01-01",
    "9999-12-31",
    "2026-02-30",
    "x" * 9000,
]


@pytest.mark.usefixtures("no_fault")
def test_nonsense_in_any_field_is_refused_in_words(handled: Handled) -> None:
    fields = {
        "assign": ("to", "turn"),
        "ask-payment": ("amount",),
        "propose": ("outcome-1", "pages-1", "days-1", "pages_per_day-1", "place-1", "reason-1"),
        "x": ("turn",),
    }
    right = {"outcome-1": "refused", "reason-1": "not-held", "amount": "3.000", "to": handled.ids["lan"]}
    for step, names in fields.items():
        for name in names:
            for value in NONSENSE:
                if (name, value) == ("pages-1", "٣"):
                    continue
                answer = handled.step(
                    handled.lan, step, **(right | {name: value, "words": ""} if name != "turn" else right)
                )
                expected = (404,) if step == "x" else (303,) if name == "turn" else (422, 409, 303)
                assert answer.status_code in expected, (step, name, value)
    assert handled.case.state is State.IN_PROGRESS


@pytest.mark.usefixtures("no_fault")
def test_addresses_with_nonsense_are_not_there(handled: Handled) -> None:
    for number in (2**31, 9**30, 0):
        assert handled.lan.post(f"/tin-chua-gui-duoc/{number}", "/ho-so").status_code == 404, number


@pytest.mark.usefixtures("no_fault")
def test_the_way_back_to_the_queue_is_a_question_to_the_queue(handled: Handled) -> None:
    good = urlencode({"pile": "in-progress", "kind": "reading"})
    assert handled.lan.post("/ho-so/nhieu", "/ho-so", query=good).location == f"/ho-so?{good}"
    assert (
        handled.lan.post("/ho-so/nhieu", "/ho-so", query="pile=in-progress&x=1#y").location == "/ho-so?pile=in-progress"
    )
    evil = handled.lan.post("/ho-so/nhieu", "/ho-so", query="pile=new\r\nSet-Cookie: x=1")
    assert "Set-Cookie" not in str(evil.headers.get("Location"))
    assert evil.status_code in (303, 404)


def test_the_name_of_a_saved_view_has_no_control_characters(handled: Handled) -> None:
    handled.lan.post("/ho-so/cach-xem", "/ho-so", name="Của\x00 tôi\x1b", pile="waiting")
    [view] = handled.world.desk_services.saved_views.of(handled.ids["lan"])
    assert (view.name, view.query) == ("Của tôi", "pile=waiting")


def test_what_a_page_says_of_a_decision_has_no_control_characters(handled: Handled) -> None:
    handled.step(handled.lan, "propose", **(GRANT | {"words-1": "Đọc\x00 \x1b[31mthôi"}))
    [line] = handled.case.lines
    assert line.proposal is not None
    assert line.proposal.words == "Đọc [31mthôi"


@pytest.mark.parametrize(
    ("typed", "asked"), [("1.5", None), ("12.50", None), ("1.500.00", None), ("150.000", 150_000), ("3 000", 3000)]
)
def test_an_amount_is_read_as_it_was_meant_or_not_at_all(handled: Handled, typed: str, asked: int | None) -> None:
    answer = handled.step(handled.lan, "ask-payment", amount=typed)
    assert (answer.status_code, handled.case.fee) == ((422, None) if asked is None else (303, asked))


def test_a_letter_to_the_authority_has_a_day_that_can_be_and_a_number_that_fits(handled: Handled) -> None:
    handled.step(handled.lan, "propose", **GRANT)
    today = datetime(2026, 11, 21, tzinfo=UTC).date()
    for on in (
        "0001-01-01",
        (today - timedelta(days=1)).isoformat(),
        (today + timedelta(days=1)).isoformat(),
        "hôm nay",
    ):
        answer = handled.step(handled.hoa, "send-to-authority", words="12/CV", on=on)
        assert answer.status_code == 422, on
        assert 'href="#on"' in answer.text
        assert "12/CV" in answer.text, "what was typed stays"
    answer = handled.step(handled.hoa, "send-to-authority", words="9" * 201, on=today.isoformat())
    assert answer.status_code == 422
    assert 'href="#words-send-to-authority"' in answer.text
    assert 'id="words-send-to-authority"' in answer.text
    assert handled.step(handled.hoa, "send-to-authority", words="12/CV", on=today.isoformat()).status_code == 303
    assert (handled.case.authority_reference, handled.case.authority_on) == ("12/CV", today)


def test_pages_that_the_record_has_not_are_said_beside_their_field(handled: Handled) -> None:
    answer = handled.step(handled.lan, "propose", **(GRANT | {"pages-1": "3-5"}))
    assert answer.status_code == 422
    assert "Tài liệu này có 4 trang" in answer.text
    assert 'href="#pages-1"' in answer.text
    assert GRANT["words-1"] in answer.text


def test_a_reason_that_is_none_is_said_beside_its_record(handled: Handled) -> None:
    answer = handled.step(
        handled.lan, "propose", **{"outcome-1": "refused", "reason-1": "no-such", "words-1": "Rất tiếc"}
    )
    assert answer.status_code == 422
    assert 'href="#reason-1"' in answer.text
    assert "Rất tiếc" in answer.text


def test_whoever_was_overtaken_finds_what_was_typed(handled: Handled) -> None:
    seen = str(handled.case.turn)
    handled.step(handled.hoa, "reply", words="Xin chờ")
    for step, fields in (("reply", {"words": "Lời đã viết"}), ("propose", GRANT)):
        answer = handled.step(handled.lan, step, turn=seen, **fields)
        assert answer.status_code == 409
        assert "vừa được người khác thay đổi" in answer.text
        assert fields.get("words", GRANT["words-1"]) in answer.text
        assert f'name="turn" value="{handled.case.turn}"' in answer.text
    assert handled.step(handled.lan, "assign", turn=seen, to=handled.ids["lan"]).status_code == 303, "nothing was typed"


def test_words_for_a_step_that_cannot_be_taken_any_more_are_still_there(handled: Handled) -> None:
    seen = str(handled.case.turn)
    handled.reader.post(f"/yeu-cau/{handled.case_id}/rut", seen_on=f"/yeu-cau/{handled.case_id}", sure="yes", turn=seen)
    answer = handled.step(handled.lan, "ask-supplement", turn=seen, words="Xin gửi giấy")
    assert (answer.status_code, handled.case.state) == (409, State.WITHDRAWN)
    assert "Xin gửi giấy" in answer.text


def test_a_case_is_given_to_nobody_who_cannot_handle_it(handled: Handled) -> None:
    world = handled.world
    for login, role in (("kiem", Role.AUDITOR), ("quan", Role.ADMINISTRATOR), ("sach", Role.POLICY_OFFICER)):
        world.member(login, role)
    world.member("khoa", Role.ARCHIVIST)
    world.desk_services.staff.lock("khoa", author="test", now=world.desk_clock())
    page = handled.lan.get(handled.address).text
    for login in ("kiem", "quan", "sach", "khoa"):
        assert handled.step(handled.lan, "assign", to=handled.ids[login]).status_code == 422, login
        turn = {f"turn-{handled.case_id}": str(handled.case.turn)}
        handled.lan.post("/ho-so/nhieu", "/ho-so", case=handled.case_id, act="assign", to=handled.ids[login], **turn)
        assert handled.case.assigned_to == handled.ids["lan"], login
        assert f'<option value="{handled.ids[login]}"' not in page
    assert handled.step(handled.lan, "assign", to=handled.ids["hoa"]).status_code == 303


def test_who_gives_many_away_is_told_of_those_that_somebody_changed_meanwhile(handled: Handled) -> None:
    queue = handled.lan.get("/ho-so?pile=in-progress").text
    seen = dict(re.findall(r'name="(turn-[0-9a-f]{32})"\s+value="(\d+)"', queue))
    assert seen == {f"turn-{handled.case_id}": str(handled.case.turn)}
    handled.step(handled.hoa, "assign", to=handled.ids["hoa"])
    fields = {"case": handled.case_id, "act": "assign", "to": handled.ids["lan"]}
    handled.lan.post("/ho-so/nhieu", "/ho-so", **fields, **seen)
    assert handled.case.assigned_to == handled.ids["hoa"]
    assert "vừa được người khác thay đổi" in handled.lan.get("/ho-so").text
