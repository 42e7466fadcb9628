"""Whatever the door decides about a page stands in the access log before anything is given."""

import logging
from collections.abc import Callable
from dataclasses import replace
from datetime import UTC, datetime
from pathlib import Path

import pytest
from flask import Flask
from flask.testing import FlaskClient

from access_policy.overlay import NO_OVERLAY
from access_policy.permit import Permit
from access_policy.reader import ANONYMOUS
from access_policy.terms import Action
from access_policy.visibility import visible_to
from portal.app import create_app
from portal.audit.chain import Link
from portal.audit.entry import Event
from portal.audit.keys import reader_id
from portal.audit.log import AccessLog, LogUnavailable
from portal.audit.showing import newest_entries
from portal.audit.verify import verify
from portal.gate import Door
from portal.settings import PortalSettings
from portal.wiring import Services
from tests.index.corpus import TODAY
from tests.portal.archive import OPEN_ITEM

KEY = b"a key of the tests, of no use elsewhere"
NOW = datetime(2026, 11, 21, 2, 41, 7, 5, tzinfo=UTC)
PAGE = f"/tai-lieu/{OPEN_ITEM.id}/trang"
Entries = Callable[[], list[Link]]


@pytest.fixture
def own(services: Services, tmp_path: Path) -> Services:
    """The services with an access log of this test, and a clock that stands still."""
    return replace(services, access_log=AccessLog(tmp_path / "log", KEY), now=lambda: NOW)


@pytest.fixture
def browser(own: Services, settings: PortalSettings) -> FlaskClient:
    """A reader of a portal with that log."""
    app: Flask = create_app(settings, own)
    return app.test_client()


@pytest.fixture
def entries(tmp_path: Path) -> Entries:
    """All entries of that log, which is sound."""

    def read() -> list[Link]:
        assert verify(tmp_path / "log", KEY, heads=None).sound
        return newest_entries(tmp_path / "log", KEY, last=1000, record_id=None)

    return read


def test_a_page_and_its_image_are_two_entries(browser: FlaskClient, entries: Entries) -> None:
    assert browser.get(f"{PAGE}/2?q=giao+dat").status_code == 200
    assert browser.get(f"{PAGE}/2/thumb.jpg").status_code == 200
    text, image = entries()
    assert text.at == NOW
    assert text.facts | {"event": "page-image", "size": "thumb"} == image.facts
    assert {name: text.facts[name] for name in ("event", "reader", "record", "page", "size", "decision", "rule")} == {
        "event": "page-text",
        "reader": "anonymous",
        "record": OPEN_ITEM.id,
        "page": 2,
        "size": "",
        "decision": "allowed",
        "rule": "public-mode",
    }


@pytest.mark.parametrize(
    ("address", "rule", "status"),
    [
        ("/tai-lieu/qn.co-dieu-kien/trang/1", "restricted-list", 403),
        ("/tai-lieu/qn.mode-02/trang/1/screen.jpg", "conditional-mode", 403),
        ("/tai-lieu/qn.danh-muc/trang/1/thumb.jpg", "no-ground", 404),
        ("/tai-lieu/qn.bi-mat/trang/1", "no-ground", 404),
        ("/tai-lieu/qn.mot-trang-kin/trang/2", "no-ground", 404),
        ("/tai-lieu/khong-co/trang/1", "no-ground", 404),
    ],
)
def test_a_refusal_is_an_entry(browser: FlaskClient, entries: Entries, address: str, rule: str, status: int) -> None:
    assert browser.get(address).status_code == status
    (entry,) = entries()
    assert (entry.facts["decision"], entry.facts["rule"], entry.facts["permit"]) == ("refused", rule, None)
    assert entry.facts["record"] == address.split("/")[2]


def test_no_word_of_a_search_and_no_address_of_a_reader_is_kept(browser: FlaskClient, tmp_path: Path) -> None:
    browser.get(f"{PAGE}/1?q=zumkyra", environ_base={"REMOTE_ADDR": "192.0.2.77"}, headers={"User-Agent": "zumkyra"})
    kept = b"".join(path.read_bytes() for path in (tmp_path / "log").iterdir())
    assert OPEN_ITEM.id.encode() in kept
    assert b"zumkyra" not in kept
    assert b"192.0.2" not in kept


@pytest.mark.parametrize("size", ["x" * 3000, "full"])
def test_a_size_that_is_not_offered_is_no_decision(browser: FlaskClient, entries: Entries, size: str) -> None:
    assert browser.get(f"{PAGE}/1/{size}.jpg").status_code == 404
    assert entries() == []


def test_an_open_page_is_served_with_an_alarm_when_the_log_is_gone(
    browser: FlaskClient, tmp_path: Path, caplog: pytest.LogCaptureFixture
) -> None:
    (tmp_path / "log").rmdir()
    with caplog.at_level(logging.CRITICAL, "portal.audit.log"):
        assert browser.get(f"{PAGE}/1/thumb.jpg").status_code == 200
    assert "served without an entry" in caplog.text


def door_with_permit(own: Services) -> Door:
    """The door of a reader whom a permit lets read a record that is closed to others."""
    permit = Permit("GP-7", "qn.mode-02", frozenset({Action.READ}), TODAY, TODAY)
    return Door(
        index=own.index(),
        register=own.register,
        access_log=own.access_log,
        quota=own.quota,
        now=own.now,
        list_revision=7,
        reader=replace(ANONYMOUS, permits=(permit,)),
        reader_id=reader_id(KEY, "079"),
        visibility=visible_to(reader=ANONYMOUS, today=TODAY, overlay=NO_OVERLAY),
    )


def test_what_a_permit_opens_names_the_permit_and_a_pseudonym(own: Services, entries: Entries) -> None:
    door_with_permit(own).page("qn.mode-02", 1, event=Event.PAGE_IMAGE, size="screen")
    (entry,) = entries()
    assert (entry.facts["decision"], entry.facts["permit"], entry.facts["lists"]) == ("allowed", "GP-7", 7)
    assert entry.facts["reader"] == reader_id(KEY, "079")


def test_what_a_permit_opens_is_not_given_without_an_entry(own: Services, tmp_path: Path) -> None:
    (tmp_path / "log").rmdir()
    with pytest.raises(LogUnavailable):
        door_with_permit(own).page("qn.mode-02", 1, event=Event.PAGE_IMAGE, size="screen")


def test_without_its_log_a_portal_answers_503_where_a_permit_is_needed(
    own: Services, settings: PortalSettings, tmp_path: Path
) -> None:
    app = create_app(settings, own)

    @app.get("/thu")
    def by_permit() -> str:
        door_with_permit(own).page("qn.mode-02", 1, event=Event.PAGE_TEXT, size="")
        return "đã đưa"

    app.view_functions["by_permit"].declared_action = Action.READ  # type: ignore[attr-defined]
    assert app.test_client().get("/thu").status_code == 200
    for path in (tmp_path / "log").iterdir():
        path.unlink()
    (tmp_path / "log").rmdir()
    answer = app.test_client().get("/thu")
    assert answer.status_code == 503
    assert "đã đưa" not in answer.text
