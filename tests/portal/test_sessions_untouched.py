"""Whoever searches and reads without an account costs the store of sessions nothing and gets no cookie."""

from collections.abc import Sequence
from dataclasses import replace
from typing import Any

import pytest
from flask.testing import FlaskClient

from portal.app import create_app
from portal.sessions.store import Listed, SessionsAway, Stored
from portal.settings import PortalSettings
from portal.wiring import Services
from tests.portal.archive import OPEN_ITEM


class UntouchableSessions:
    """A store of sessions that must not be asked."""

    def __init__(self) -> None:
        self.asked: list[str] = []

    def _refuse(self, what: str) -> Any:
        self.asked.append(what)
        raise SessionsAway(what)

    def load(self, key: str) -> Stored | None:
        return self._refuse("load")

    def add(self, key: str, stored: Stored) -> None:
        self._refuse("add")

    def replace(self, key: str, stored: Stored) -> bool:
        return self._refuse("replace")

    def delete(self, key: str) -> None:
        self._refuse("delete")

    def of_owner(self, owner: str) -> Sequence[Listed]:
        return self._refuse("of_owner")

    def end_owner(self, owner: str, except_key: str = "") -> int:
        return self._refuse("end_owner")

    def end_labelled(self, label: str) -> int:
        return self._refuse("end_labelled")

    def once(self, name: str, seconds: int) -> bool:
        return self._refuse("once")


PUBLIC = (
    "/",
    "/tim-kiem?q=giao",
    "/goi-y?q=g",
    "/phong",
    f"/tai-lieu/{OPEN_ITEM.id}",
    f"/tai-lieu/{OPEN_ITEM.id}/trang/1",
    f"/tai-lieu/{OPEN_ITEM.id}/trang/1/thumb.jpg",
    "/tro-giup",
    "/quyen-rieng-tu",
    "/en/tim-kiem?q=giao",
    "/khong-co",
    "/tai-lieu/khong-co",
    "/dang-nhap/chua-xong?why=cancelled",
    "/dang-xuat/xong",
    "/healthz",
)


@pytest.fixture
def store() -> UntouchableSessions:
    return UntouchableSessions()


@pytest.fixture
def stranger(settings: PortalSettings, services: Services, store: UntouchableSessions) -> FlaskClient:
    return create_app(settings, replace(services, sessions=store)).test_client()


def test_no_public_page_asks_the_store_or_sets_a_cookie(stranger: FlaskClient, store: UntouchableSessions) -> None:
    for path in PUBLIC:
        answer = stranger.get(path, base_url="https://localhost")
        assert answer.status_code in (200, 404), path
        assert "Set-Cookie" not in answer.headers, path
    assert store.asked == []


def test_the_store_is_asked_as_soon_as_there_is_a_cookie(stranger: FlaskClient, store: UntouchableSessions) -> None:
    stranger.set_cookie("__Host-session", "x" * 43, domain="localhost", secure=True)
    assert stranger.get("/tai-khoan", base_url="https://localhost").status_code == 503
    assert store.asked == ["load"] * len(store.asked) != []


def test_the_way_in_is_a_link_with_the_page_to_come_back_to(stranger: FlaskClient) -> None:
    page = stranger.get("/tim-kiem?q=giao+đất&tu=1900", base_url="https://localhost").text
    assert 'href="/dang-nhap?next=/tim-kiem?q%3Dgiao%2B%C4%91%E1%BA%A5t%26tu%3D1900"' in page
