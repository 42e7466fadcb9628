"""A change of the register is felt on every channel at once, with no word to the index."""

from collections.abc import Callable
from dataclasses import replace
from datetime import UTC, datetime, timedelta
from pathlib import Path

import pytest
from flask import Flask
from flask.testing import FlaskClient

from access_policy.register.entries import ListEntry, ListVersion
from access_policy.register.store import Register, open_register
from indexer.index.memory.generations import MemoryGenerations
from portal.app import create_app
from portal.register_watch import RegisterWatch
from portal.settings import PortalSettings
from portal.wiring import Services
from tests.index.conftest import filled
from tests.index.corpus import TODAY
from tests.portal.archive import OPEN_ITEM, small_archive

NOW = datetime(2026, 11, 21, 5, tzinfo=UTC)
RECORD = f"/tai-lieu/{OPEN_ITEM.id}"
CHANNELS = {
    "record": RECORD,
    "record in English": f"/en{RECORD}",
    "page": f"{RECORD}/trang/1",
    "thumbnail": f"{RECORD}/trang/1/thumb.jpg",
    "image": f"{RECORD}/trang/2/screen.jpg",
    "large image": f"{RECORD}/trang/3/large.jpg",
}


@pytest.fixture
def register(tmp_path: Path) -> Register:
    """An empty register of its own."""
    opened = open_register(f"sqlite:///{tmp_path / 'register.db'}")
    opened.migrate()
    return opened


@pytest.fixture
def reader(register: Register, settings: PortalSettings, services: Services) -> FlaskClient:
    """A reader of a portal that follows the register with every request."""
    generations = MemoryGenerations()
    filled(generations, small_archive())
    passing = iter(range(10_000_000))
    watch = RegisterWatch(register, clock=lambda: float(next(passing)))
    app: Flask = create_app(settings, replace(services, index=generations.reader, register=watch))
    return app.test_client()


def withdraw(register: Register, target: str) -> int:
    return register.withdraw(target, reason="rà soát", author="Lê Văn A", now=NOW)


def list_it(register: Register, target: str, *, days: int = 0, **shown: bool) -> None:
    version = ListVersion("DM-7", TODAY, "UBND tỉnh", "Luật Lưu trữ")
    register.import_version(version, [ListEntry(target, "đời tư", "thử", **shown)], author="A", now=NOW)
    register.activate("DM-7", effective_from=TODAY + timedelta(days=days), author="B", now=NOW)


CLOSINGS: dict[str, Callable[[Register], object]] = {
    "withdrawn": lambda register: withdraw(register, OPEN_ITEM.id),
    "withdrawn with its file": lambda register: withdraw(register, "qn.td.04.16"),
    "withdrawn with its fonds": lambda register: withdraw(register, "QN.TD "),
    "withdrawn with its archive": lambda register: withdraw(register, "qn"),
    "some of its pages withdrawn": lambda register: register.withdraw(
        OPEN_ITEM.id, reason="x", author="A", now=NOW, pages=(2, 2)
    ),
    "listed": lambda register: list_it(register, OPEN_ITEM.id),
    "listed with its description shown": lambda register: list_it(
        register, OPEN_ITEM.id, existence_shown=True, description_shown=True
    ),
    "blacked out in part": lambda register: register.redact(
        OPEN_ITEM.id, 2, (1, 1, 9, 9), reason="x", author="A", now=NOW
    ),
}


@pytest.mark.parametrize("close", CLOSINGS.values(), ids=CLOSINGS)
def test_everything_of_a_closed_record_is_gone_at_once(
    close: Callable[[Register], object], register: Register, reader: FlaskClient
) -> None:
    before = {name: reader.get(address).status_code for name, address in CHANNELS.items()}
    assert set(before.values()) == {200}
    found = reader.get("/tim-kiem?q=67/QĐ-UB").text
    assert OPEN_ITEM.id in reader.get("/goi-y?q=quyet+dinh+g").text
    assert RECORD in found
    counted = reader.get("/").text
    close(register)
    nothing = reader.get("/tai-lieu/qn.td.04.16.9999")
    for address in CHANNELS.values():
        gone = reader.get(address)
        assert gone.status_code == 404
        assert "image" not in gone.content_type
    assert reader.get(RECORD).data == nothing.data.replace(b"qn.td.04.16.9999", OPEN_ITEM.id.encode())
    after = reader.get("/tim-kiem?q=67/QĐ-UB").text
    assert RECORD not in after
    assert "67/QĐ-UB" in after
    assert OPEN_ITEM.id not in reader.get("/goi-y?q=quyet+dinh+g").text
    assert OPEN_ITEM.id not in reader.get("/tim-kiem").text
    assert OPEN_ITEM.id not in reader.get("/tai-lieu/qn.td.04.16").text
    assert reader.get("/").text != counted


def test_a_lifted_withdrawal_is_no_more(register: Register, reader: FlaskClient) -> None:
    number = withdraw(register, OPEN_ITEM.id)
    assert reader.get(RECORD).status_code == 404
    register.lift(number, reason="xong", author="B", now=NOW)
    assert reader.get(RECORD).status_code == 200


def test_a_list_binds_from_its_day_and_not_before(register: Register, reader: FlaskClient) -> None:
    list_it(register, OPEN_ITEM.id, days=1)
    assert reader.get(RECORD).status_code == 200


def test_a_draft_binds_nothing(register: Register, reader: FlaskClient) -> None:
    version = ListVersion("DM-8", TODAY, "UBND tỉnh", "Luật Lưu trữ")
    register.import_version(version, [ListEntry(OPEN_ITEM.id, "đời tư", "thử")], author="A", now=NOW)
    assert reader.get(RECORD).status_code == 200
