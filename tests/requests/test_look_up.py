"""Looking up without signing in: one answer for whatever is wrong, nothing personal, and no digits in any log."""

import logging
import re
from pathlib import Path

import pytest

from portal.app import create_app
from portal.requests.codes import lookup_digits
from portal.requests.slips import lookup_address
from portal.requests.terms import ItemClass
from tests.accounts.views.browser import BASE, Browser, token_of
from tests.requests.bureau import AN, HOA, LAN, MONDAY, REFUSED, Bureau, line
from tests.requests.test_journey import FORM
from tests.requests.world import ASKABLE, World

PATH = "/tra-cuu-ho-so"


def handed_in(world: World) -> tuple[str, str]:
    """The code of a case and the digits of its receipt."""
    reader = world.reader()
    reader.post("/yeu-cau/them", seen_on=f"/yeu-cau/them?record={ASKABLE}", record=ASKABLE, reading="yes")
    shown = reader.get(reader.post("/yeu-cau/phieu", **FORM, act="submit").location).text
    code, lookup = re.search(r"H00\.1-\d{6}-\d{4}", shown), re.search(r"Mã tra cứu</dt>\s*<dd>\s*(\d{6})", shown)
    assert code is not None
    assert lookup is not None
    return code[0], lookup[1]


def wrong_one(lookup: str) -> str:
    return f"{(int(lookup) + 1) % 1_000_000:06}"


def test_an_unknown_code_and_wrong_digits_are_the_same_answer(world: World) -> None:
    code, lookup = handed_in(world)
    nobody, unknown = Browser(world.site), f"{code[:-4]}9999"
    token = token_of(nobody.get(PATH).text)

    def told(code: str, lookup: str) -> tuple[int, str]:
        answer = nobody.send(PATH, csrf_token=token, code=code, lookup=lookup)
        return answer.status_code, re.sub(r'value="[^"]*"', "", answer.text)

    first = told(code, wrong_one(lookup))
    assert first[0] == 422
    assert "Không có hồ sơ nào" in first[1]
    for asked in (
        (unknown, lookup),
        (unknown, wrong_one(lookup)),
        ("x", ""),
        (code, ""),
        (code, "٣" * 6),
        ("\x00", lookup),
    ):
        assert told(*asked) == first, asked
    assert told(code, lookup)[0] == 200
    assert told(f" {code.lower()} ", f" {lookup} ")[0] == 200, "as somebody types it from paper"


def test_what_is_shown_is_where_it_stands_and_nothing_of_anybody(world: World) -> None:
    code, lookup = handed_in(world)
    page = Browser(world.site).post(PATH, code=code, lookup=lookup).text
    assert code in page
    assert "Mới đăng ký" in page
    for personal in ("Nguyễn Văn An", "Chế độ người có công", "Làm hồ sơ", "Hồ sơ nhân sự", "an@vidu.vn", lookup):
        assert personal not in page, personal


def test_the_digits_are_the_cases_own(bureau: Bureau) -> None:
    mine, other = bureau.submit(bureau.draft()), bureau.submit(bureau.draft("b" * 32))
    assert bureau.cases.looked_up(mine.code, mine.lookup) is not None
    assert bureau.cases.looked_up(other.code, mine.lookup) is None or mine.lookup == other.lookup
    with bureau.database.reading() as connection:
        kept = str(connection.exec_driver_sql("SELECT lookup_digest, sealed FROM cases").all())
    assert mine.lookup not in re.findall(r"\b\d{6}\b", kept)


def test_digits_are_six_and_seldom_the_same() -> None:
    drawn = [lookup_digits() for _ in range(300)]
    assert all(re.fullmatch(r"[0-9]{6}", each) for each in drawn)
    assert len(set(drawn)) > 290


def test_it_may_be_tried_as_often_as_a_sign_in(world: World) -> None:
    narrow = world.site.settings.model_copy(update={"limit_sign_in": "3/minute"})
    client = create_app(narrow, world.site.services).test_client()
    token = token_of(client.get(PATH, base_url=BASE).text)
    sent = {"csrf_token": token, "code": "H00.1-261121-0001", "lookup": "000000"}
    headers = {"Referer": f"{BASE}/"}
    answers = [client.post(PATH, base_url=BASE, data=sent, headers=headers).status_code for _ in range(5)]
    assert answers == [422, 422, 422, 429, 429]


def test_one_case_is_not_guessed_from_many_addresses(world: World) -> None:
    narrow = world.site.settings.model_copy(update={"limit_look_up": "3/hour"})
    client = create_app(narrow, world.site.services).test_client()
    token = token_of(client.get(PATH, base_url=BASE).text)

    def tried(code: str, last: int) -> int:
        sent = {"csrf_token": token, "code": code, "lookup": f"{last:06}"}
        headers, place = {"Referer": f"{BASE}/"}, {"REMOTE_ADDR": f"192.0.2.{last}"}
        return client.post(PATH, base_url=BASE, data=sent, headers=headers, environ_overrides=place).status_code

    assert [tried(" h00.1-261121-0001", last) for last in range(5)] == [422, 422, 422, 429, 429]
    assert tried("H00.1-261121-0001", 9) == 429
    assert tried("H00.1-261121-0002", 9) == 422


def test_the_digits_stand_in_no_log_and_in_no_address(world: World, caplog: pytest.LogCaptureFixture) -> None:
    with caplog.at_level(logging.DEBUG):
        code, lookup = handed_in(world)
        nobody = Browser(world.site)
        nobody.post(PATH, code=code, lookup=lookup)
        nobody.post(PATH, code=code, lookup=wrong_one(lookup))
    written = [path.read_bytes() for path in Path(world.site.settings.access_log_dir).rglob("*") if path.is_file()]
    assert not any(lookup.encode() in content for content in written)
    assert not re.search(rf"\b{lookup}\b", caplog.text)
    assert f"code={code}" in _address_on_slip(code)


def _address_on_slip(code: str) -> str:
    address = lookup_address("https://localhost/tra-cuu-ho-so", code)
    assert set(re.findall(r"[?&](\w+)=", address)) == {"code"}
    return address


def test_a_refusal_says_why_and_by_which_article(bureau: Bureau) -> None:
    case = bureau.in_progress(AN, [line(item=ItemClass.CONDITIONAL)])
    bureau.handling.propose(case.id, {1: REFUSED}, by=LAN, turn=case.turn, now=MONDAY)
    bureau.deciding.decide(case.id, {1: REFUSED}, by=HOA, turn=case.turn + 1, now=MONDAY)
    [decided] = bureau.handling.case(case.id).lines
    assert decided.decision == REFUSED
    assert bureau.handling.permits(case.id) == []
