"""Lines 18 and 20: what a permit has opened is open to its holder alone, to the page, and as long as it stands."""

from dataclasses import replace

import pytest

from access_policy.conditions import AccessConditions
from access_policy.decide import decide
from access_policy.reader import ANONYMOUS, Reader
from access_policy.register.reading_copies import CopiedPage, ReadingCopy
from access_policy.terms import Action
from portal.asking import NOBODY_KNOWN
from portal.viewer.pages import SIZES
from tests.leaks.archive import (
    AN,
    CLOSED_PAGES,
    FIRST_PAGE_LISTED,
    HIDDEN_IDS,
    NOON,
    TODAY,
)
from tests.leaks.world import PERMIT, World, answer

OPEN = "/tai-lieu/h47.td.16.1/trang"


def ask_as(monkeypatch: pytest.MonkeyPatch, reader: Reader) -> None:
    """From now on everybody who has not signed in is this reader."""
    monkeypatch.setattr("portal.asking.NOBODY_KNOWN", replace(NOBODY_KNOWN, reader=reader))


def copied(world: World) -> World:
    """With the reading copy that the indexer makes of what the permit opens."""
    world.register.put_copy(ReadingCopy(PERMIT.record_id, (), (CopiedPage(2, "chữ"),)), now=NOON)
    return world


@pytest.fixture
def as_reader_of_a_permit(own: World, monkeypatch: pytest.MonkeyPatch) -> World:
    """The site seen by whoever holds what the register has granted to `lan`."""
    own.register.grant(PERMIT, reader_id="lan", author=AN, now=NOON)
    ask_as(monkeypatch, replace(ANONYMOUS, permits=own.register.permits_of("lan")))
    return copied(own)


def test_18_a_picture_that_a_permit_has_warmed_is_refused_to_everybody_else(
    as_reader_of_a_permit: World, monkeypatch: pytest.MonkeyPatch
) -> None:
    world, address = as_reader_of_a_permit, f"/tai-lieu/{PERMIT.record_id}/trang/2/screen.jpg"
    assert world.site.get(address).mimetype == "image/jpeg"
    world.services.pages.settle()
    assert [file for file in (world.settings.cache_dir / "renders").rglob("*-*") if file.is_file()]
    world.register.revoke(PERMIT.code, author=AN, now=NOON)
    for permits in (world.register.permits_of("lan"), world.register.permits_of("another"), ()):
        ask_as(monkeypatch, replace(ANONYMOUS, permits=permits))
        got = world.site.get(address)
        assert (got.status_code, got.mimetype) == (404, "text/html")


def test_18_a_picture_that_everybody_has_warmed_is_refused_with_the_withdrawal(own: World) -> None:
    for size in SIZES:
        assert own.site.get(f"{OPEN}/1/{size}.jpg").mimetype == "image/jpeg"
    own.services.pages.settle()
    own.register.withdraw("h47.td.16", reason="thử", author=AN, now=NOON)
    for size in SIZES:
        assert own.site.get(f"{OPEN}/1/{size}.jpg").status_code == 404


def test_20_a_permit_for_one_page_opens_no_other_and_no_other_record(as_reader_of_a_permit: World) -> None:
    site = as_reader_of_a_permit.site
    assert site.get(f"/tai-lieu/{PERMIT.record_id}/trang/2/thumb.jpg").mimetype == "image/jpeg"
    for record_id, number in CLOSED_PAGES:
        if (record_id, number) != (PERMIT.record_id, 2):
            for address in (f"{number}", f"{number}/thumb.jpg", f"{number}/large.jpg"):
                assert site.get(f"/tai-lieu/{record_id}/trang/{address}").status_code in {403, 404}


@pytest.mark.parametrize(
    "changes",
    [
        {"record_id": "h47.td"},
        {"record_id": "h47"},
        {"record_id": f"h47.td.{FIRST_PAGE_LISTED}"},
        {"pages": (1, 1)},
        {"pages": (3, 9)},
        {"actions": frozenset({Action.PRINT, Action.DOWNLOAD, Action.FIND})},
        {"starts_on": TODAY.replace(day=22), "ends_on": TODAY.replace(day=23)},
        {"starts_on": TODAY.replace(day=1), "ends_on": TODAY.replace(day=20)},
    ],
    ids=lambda changes: " ".join(changes),
)
def test_20_a_permit_is_for_its_record_its_pages_its_actions_and_its_days(
    world: World, monkeypatch: pytest.MonkeyPatch, changes: dict[str, object]
) -> None:
    address = f"/tai-lieu/{PERMIT.record_id}/trang/2/thumb.jpg"
    ask_as(monkeypatch, replace(ANONYMOUS, permits=(PERMIT,)))
    copied(world)
    assert world.site.get(address).status_code == 200
    ask_as(monkeypatch, replace(ANONYMOUS, permits=(replace(PERMIT, **changes),)))  # type: ignore[arg-type]
    assert world.site.get(address).status_code == 404


def test_20_no_permit_opens_a_page_that_has_been_withdrawn(as_reader_of_a_permit: World) -> None:
    world, record_page = as_reader_of_a_permit, f"/tai-lieu/{PERMIT.record_id}"
    assert world.site.get(f"{record_page}/trang/2").status_code == 200
    world.register.withdraw(PERMIT.record_id, reason="thử", author=AN, now=NOON, pages=(2, 2))
    for address in (record_page, f"{record_page}/trang/2", f"{record_page}/trang/2/thumb.jpg"):
        assert world.site.get(address).status_code == 404
    world.update()
    assert world.site.get(f"{record_page}/trang/1").status_code == 200
    for address in (f"{record_page}/trang/2", f"{record_page}/trang/2/thumb.jpg"):
        assert world.site.get(address).status_code == 404


@pytest.mark.parametrize("hidden", HIDDEN_IDS)
def test_20_a_permit_does_not_make_a_hidden_record_known(
    world: World, monkeypatch: pytest.MonkeyPatch, hidden: str
) -> None:
    permit = replace(PERMIT, record_id=hidden, pages=None, actions=frozenset(Action))
    ask_as(monkeypatch, replace(ANONYMOUS, permits=(permit,)))
    for address in ("", "/trang/1", "/trang/1/thumb.jpg"):
        assert world.site.get(f"/tai-lieu/{hidden}{address}").status_code == 404


def test_20_a_permit_does_not_find(world: World, monkeypatch: pytest.MonkeyPatch) -> None:
    """Whatever actions somebody has written on it, a permit makes no search find more and no description say more."""
    before = {address: answer(world.site, address) for address in ("/tim-kiem", "/tai-lieu/h47.td", "/phong")}
    permits = tuple(replace(PERMIT, record_id=one, pages=None, actions=frozenset(Action)) for one in HIDDEN_IDS)
    reader = replace(ANONYMOUS, permits=permits)
    ask_as(monkeypatch, reader)
    assert {address: answer(world.site, address) for address in before} == before
    for action in (Action.FIND, Action.KNOW, Action.REQUEST):
        decision = decide(action, AccessConditions(), record_id=HIDDEN_IDS[0], reader=reader, today=TODAY)
        assert not decision.allowed
