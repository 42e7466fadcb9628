"""What staff withdraw is gone from the public site at once, and back when they lift it."""

import re

import pytest

from access_policy.register.store import Register
from tests.desk.administration.given import JUNK
from tests.desk.browser import Browser
from tests.portal.archive import OPEN_ITEM
from tests.requests.world import World

PAGE = "/rut-tai-lieu"
RECORD = f"/tai-lieu/{OPEN_ITEM.id}"


def withdraw(browser: Browser, record: str = OPEN_ITEM.id, **fields: str):  # type: ignore[no-untyped-def]
    return browser.post(PAGE, record=record, reason="Rà soát", **fields)


def test_it_is_asked_once_more_then_done_then_lifted(archivist: Browser, world: World, register: Register) -> None:
    public = world.site.app.test_client()
    asked = withdraw(archivist)
    assert asked.status_code == 200
    assert OPEN_ITEM.title in asked.text
    assert "Rút ngay" in asked.text
    assert register.withdrawals() == []
    assert public.get(RECORD).status_code == 200

    done = withdraw(archivist, sure="yes")
    assert done.location == PAGE
    assert public.get(RECORD).status_code == 404
    assert OPEN_ITEM.id not in public.get("/tim-kiem").text
    kept = register.withdrawals()[0]
    assert (kept.author, kept.reason, kept.pages) == ("lan", "Rà soát", None)
    page = archivist.get(PAGE).text
    assert "Đang rút: 1" in page
    assert "Lan" in page

    one = re.search(rf'href="({PAGE}/\d+)"', page)[1]  # type: ignore[index]
    assert archivist.post(one, reason=" ").status_code == 422
    assert public.get(RECORD).status_code == 404
    assert archivist.post(one, reason="Đã rà soát xong").location == PAGE
    assert public.get(RECORD).status_code == 200
    assert archivist.get(one).status_code == 404
    assert "Đã rà soát xong" in archivist.get(PAGE).text
    assert archivist.post(one, form=PAGE, reason="lần nữa").status_code == 404


def test_the_second_look_counts_what_would_close(archivist: Browser) -> None:
    fonds = withdraw(archivist, record=" QN.TD ").text
    below = int(re.search(r"sẽ đóng</dt>\s*<dd>\s*(\d+)", fonds)[1])  # type: ignore[index]
    assert below > 3
    assert re.search(r"sẽ đóng</dt>\s*<dd>\s*1\s", withdraw(archivist).text)
    assert "mã gõ chưa đúng" in withdraw(archivist, record="qn.go-nham").text


def test_going_back_keeps_what_was_typed(archivist: Browser, register: Register) -> None:
    page = withdraw(archivist, pages="2-3", sure="yes", act="back")
    assert page.status_code == 200
    assert f'value="{OPEN_ITEM.id}"' in page.text
    assert 'value="2-3"' in page.text
    assert register.withdrawals() == []


def test_pages_are_withdrawn(archivist: Browser, register: Register) -> None:
    assert withdraw(archivist, pages="2 – 3", sure="yes").status_code == 303
    assert register.withdrawals()[0].pages == (2, 3)


@pytest.mark.parametrize(
    ("field", "value"),
    [
        ("record", ""),
        ("record", "hai mã"),
        ("record", "x" * 121),
        ("record", "a\x00b"),
        ("pages", "0"),
        ("pages", "5-3"),
        ("pages", "3,5"),
        ("reason", ""),
        ("reason", "x" * 1001),
        ("reason", "a\x07b"),
    ],
)
def test_what_makes_no_sense_is_said_beside_its_field(
    field: str, value: str, archivist: Browser, register: Register
) -> None:
    given = {"record": OPEN_ITEM.id, "pages": "", "reason": "Rà soát", "sure": "yes"} | {field: value}
    answer = archivist.post(PAGE, **given)
    assert answer.status_code == 422
    assert f'id="{field}-fault"' in answer.text
    assert register.withdrawals() == []


@pytest.mark.parametrize("junk", JUNK)
def test_junk_is_no_fault_of_ours(junk: str, archivist: Browser) -> None:
    for sure in ("", "yes"):
        for field in ("record", "pages", "reason"):
            given = {"record": "qn.x", "pages": "", "reason": "r", "sure": sure} | {field: junk}
            assert archivist.post(PAGE, **given).status_code < 500
