"""A record that was closed after it was put into a draft or case: its title is nowhere, and it cannot be handed in."""

import pytest

from access_policy.register.store import Register, open_register
from tests.accounts.views.browser import Browser
from tests.requests.test_journey import FORM
from tests.requests.world import ASKABLE, World

TITLE, GONE = "Hồ sơ nhân sự", "Tài liệu hiện không được công bố"


@pytest.fixture
def register(world: World) -> Register:
    return open_register(world.site.settings.register_url)


def put_in(reader: Browser) -> None:
    reader.post("/yeu-cau/them", seen_on=f"/yeu-cau/them?record={ASKABLE}", record=ASKABLE, reading="yes")


def withdraw(world: World, register: Register) -> None:
    register.withdraw(ASKABLE, reason="thử", author="An", now=world.site.clock())


def test_a_draft_forgets_the_title_and_is_refused_until_the_record_is_taken_out(
    world: World, register: Register
) -> None:
    reader = world.reader()
    put_in(reader)
    assert TITLE in reader.get("/yeu-cau/phieu").text
    withdraw(world, register)
    assert TITLE not in reader.get("/yeu-cau/phieu").text
    refused = reader.post("/yeu-cau/phieu", **FORM, act="submit")
    assert refused.status_code == 422
    assert "xin bỏ khỏi phiếu" in refused.text
    assert GONE in refused.text
    assert TITLE not in refused.text
    reader.post("/yeu-cau/phieu", **FORM, act="take-out:1")
    reader.post("/yeu-cau/them", seen_on="/yeu-cau/them?record=qn.td.04.16.1", record="qn.td.04.16.1", copy="yes")
    assert reader.post("/yeu-cau/phieu", **FORM, act="submit").status_code == 303


def test_no_page_of_a_case_says_the_title_afterwards(world: World, register: Register) -> None:
    reader = world.reader()
    put_in(reader)
    case = reader.post("/yeu-cau/phieu", **FORM, act="submit").location.partition("?")[0]
    assert TITLE in reader.get(case).text
    before = reader.get(f"{case}/giay-hen.pdf").data
    withdraw(world, register)
    for prefix in ("", "/en"):
        for path in (case, "/yeu-cau", "/yeu-cau/tin-nhan", "/yeu-cau/phieu", f"/yeu-cau/them?record={ASKABLE}"):
            assert TITLE not in reader.get(prefix + path).text, path
    assert GONE in reader.get(case).text
    assert f'href="/tai-lieu/{ASKABLE}"' not in reader.get(case).text
    assert reader.get(f"{case}/giay-hen.pdf").data != before
    reader.post(f"{case}/rut", seen_on=case, sure="yes", turn="3")
    assert TITLE not in reader.get(case).text


def test_asking_again_does_not_bring_the_title_back(world: World, register: Register) -> None:
    reader = world.reader()
    put_in(reader)
    case = reader.post("/yeu-cau/phieu", **FORM, act="submit").location.partition("?")[0]
    withdraw(world, register)
    reader.post(f"{case}/xin-lai", seen_on=case)
    assert TITLE not in reader.get("/yeu-cau/phieu").text
    assert reader.post("/yeu-cau/phieu", **FORM, act="submit").status_code == 422
