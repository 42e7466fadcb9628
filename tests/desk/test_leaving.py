"""Out of the desk and of the province's provider, by one's own word or by the provider's: a real one on loopback."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import replace
from urllib.parse import parse_qs, urlsplit

import pytest
import requests
from flask import Flask
from sqlalchemy import select
from werkzeug.test import TestResponse

from portal.accounts.providers.open import open_providers
from portal.accounts.staff.roles import Role
from portal.desk.app import create_desk
from portal.desk.services import DeskServices
from portal.sessions.store import Stored
from portal.settings import PortalSettings
from portal.store.database import Database
from portal.store.sealing import Sealing
from portal.store.tables import sessions
from tests.accounts.providers.signing_in import BASE_URL, profile
from tests.desk.browser import SITE, Browser
from tests.desk.clock import Clock
from tests.desk.conftest import Employ
from tests.servers.hostile_provider import CLIENT_ID, HostileProvider


@pytest.fixture
def provider(clock: Clock) -> Iterator[HostileProvider]:
    with HostileProvider(now=clock()) as server:
        yield server


@pytest.fixture
def services_with(services: DeskServices, provider: HostileProvider) -> DeskServices:
    of_staff = profile(
        provider.url,
        audience="staff",
        level_map={"high": 2},
        logout="rp-initiated",
        back_channel=True,
        read_seconds=5,
        total_seconds=8,
    )
    return replace(services, providers=open_providers([of_staff], base_url=BASE_URL), code_waived_from=2)


@pytest.fixture
def desk(settings: PortalSettings, services_with: DeskServices, clock: Clock) -> Flask:
    services_with.staff.add_known(
        login="hanh",
        name="Nguyễn Thị Hạnh",
        roles=[Role.ARCHIVIST],
        provider="hostile",
        subject="subject-1",
        author="test",
        now=clock(),
    )
    return create_desk(settings, services_with)


def come_back(browser: Browser) -> TestResponse:
    away = browser.get("/dang-nhap/hostile")
    split = urlsplit(requests.get(away.location, allow_redirects=False, timeout=5).headers["Location"])
    return browser.get(f"{split.path}?{split.query}")


@pytest.fixture
def inside(desk: Flask, provider: HostileProvider, clock: Clock) -> Browser:
    """Somebody whom the provider knows so surely that no code is asked."""
    provider.claims["acr"] = "high"
    browser = Browser(desk, clock)
    assert come_back(browser).location == "/"
    return browser


def is_inside(browser: Browser) -> bool:
    return browser.get("/").status_code == 200


def told(desk: Flask, token: str, provider_id: str = "hostile") -> TestResponse:
    """Without cookie and form token, as a server posts it."""
    return desk.test_client().post(f"/dang-nhap/{provider_id}/ket-thuc", base_url=SITE, data={"logout_token": token})


class TestSigningOut:
    """Here first, and there where it can be asked."""

    def test_the_provider_is_asked_with_the_token_and_the_way_back(
        self, inside: Browser, provider: HostileProvider
    ) -> None:
        left = inside.post("/dang-xuat", form="/tai-khoan")
        assert left.status_code == 303
        assert left.location.startswith(f"{provider.url}/leave?")
        asked = parse_qs(urlsplit(left.location).query)
        assert asked["post_logout_redirect_uri"] == [f"{BASE_URL}/dang-xuat/xong"]
        assert asked["client_id"] == [CLIENT_ID]
        assert asked["id_token_hint"][0].count(".") == 2
        assert not is_inside(inside)
        page = inside.get("/dang-xuat/xong?state=x")
        assert page.status_code == 200
        assert "đã kết thúc" in page.text

    def test_in_english_one_comes_back_to_english(self, inside: Browser) -> None:
        left = inside.post("/en/dang-xuat", form="/en/tai-khoan")
        assert parse_qs(urlsplit(left.location).query)["post_logout_redirect_uri"] == [f"{BASE_URL}/en/dang-xuat/xong"]

    def test_the_policy_for_forms_lets_the_browser_go_there(self, inside: Browser, app: Flask, clock: Clock) -> None:
        allowed = inside.get("/").headers["Content-Security-Policy"].split("form-action ")[1]
        assert allowed == "'self' http://127.0.0.1:*"
        without = Browser(app, clock).get("/dang-nhap").headers["Content-Security-Policy"]
        assert without.endswith("form-action 'self'")

    def test_the_token_is_kept_sealed(self, inside: Browser, database: Database, services: DeskServices) -> None:
        with database.reading() as connection:
            [content] = connection.execute(select(sessions.c.content).where(sessions.c.owner != "")).scalars()
        token = parse_qs(urlsplit(inside.post("/dang-xuat", form="/").location).query)["id_token_hint"][0]
        assert token not in content
        assert '"id_token"' in content

    def test_a_provider_that_is_away_keeps_nobody_in(
        self,
        inside: Browser,
        settings: PortalSettings,
        services_with: DeskServices,
        provider: HostileProvider,
        caplog: pytest.LogCaptureFixture,
    ) -> None:
        cookie = inside.cookie()
        new_process = replace(
            services_with, providers=open_providers([services_with.providers["hostile"].profile], base_url=BASE_URL)
        )
        browser = Browser(create_desk(settings, new_process), inside.clock)
        browser.client.set_cookie("__Host-desk", cookie, domain="localhost", secure=True)
        provider.stop()
        assert browser.post("/dang-xuat", form="/").location == "/dang-xuat/xong"
        assert not is_inside(browser)
        assert not is_inside(inside)
        assert "signing out at hostile: provider-away" in caplog.text

    def test_a_token_that_no_key_opens_keeps_nobody_in(
        self, inside: Browser, settings: PortalSettings, services_with: DeskServices
    ) -> None:
        other_key = replace(services_with, seal=Sealing([b"o" * 32], matching_key=b"m" * 32))
        browser = Browser(create_desk(settings, other_key), inside.clock)
        browser.client.set_cookie("__Host-desk", inside.cookie(), domain="localhost", secure=True)
        assert browser.post("/dang-xuat", form="/").location == "/dang-xuat/xong"
        assert not is_inside(inside)

    def test_whoever_gave_a_password_stays_on_this_site(
        self, desk: Flask, employ: Employ, clock: Clock, provider: HostileProvider
    ) -> None:
        browser = Browser(desk, clock)
        browser.first_sign_in("binh", employ("binh"))
        assert browser.post("/dang-xuat", form="/").location == "/dang-xuat/xong"
        assert provider.asked == []


class TestBackChannel:
    """The provider's server says that somebody is out."""

    def test_the_session_it_names_is_over(self, inside: Browser, desk: Flask, provider: HostileProvider) -> None:
        answer = told(desk, provider.logout_token(sid="session-1"))
        assert (answer.status_code, answer.json) == (200, {"status": "ok"})
        assert answer.headers["Cache-Control"] == "private, no-store"
        assert not is_inside(inside)

    def test_every_session_of_a_subject_is_over(
        self, inside: Browser, desk: Flask, provider: HostileProvider, clock: Clock
    ) -> None:
        provider.claims["sid"] = "session-2"
        other = Browser(desk, clock)
        come_back(other)
        assert is_inside(inside)
        assert is_inside(other)
        assert told(desk, provider.logout_token(sid=None, sub="subject-1")).status_code == 200
        assert not is_inside(inside)
        assert not is_inside(other)

    def test_another_session_goes_on(self, inside: Browser, desk: Flask, provider: HostileProvider) -> None:
        assert told(desk, provider.logout_token(sid="session-9")).status_code == 200
        assert is_inside(inside)

    def test_a_sign_in_that_waits_for_a_code_is_over_too(
        self, desk: Flask, provider: HostileProvider, clock: Clock
    ) -> None:
        browser = Browser(desk, clock)
        assert come_back(browser).location == "/dang-nhap/cai-ma"
        assert told(desk, provider.logout_token(sid="session-1")).status_code == 200
        assert browser.get("/dang-nhap/cai-ma").location == "/dang-nhap"

    def test_after_the_code_it_is_known_by_whom_one_came(
        self, desk: Flask, provider: HostileProvider, clock: Clock
    ) -> None:
        browser = Browser(desk, clock)
        come_back(browser)
        browser.enrol()
        assert is_inside(browser)
        assert told(desk, provider.logout_token(sid="session-1")).status_code == 200
        assert not is_inside(browser)

    def test_a_token_counts_once(self, inside: Browser, desk: Flask, provider: HostileProvider) -> None:
        token = provider.logout_token(sid="session-1")
        assert told(desk, token).status_code == 200
        come_back(inside)
        again = told(desk, token)
        assert (again.status_code, again.json) == (400, {"error": "invalid_request"})
        assert is_inside(inside)

    def test_a_token_that_somebody_else_made_ends_nothing(
        self, inside: Browser, desk: Flask, provider: HostileProvider
    ) -> None:
        for token in ("", "x", provider.logout_token(aud="another-site"), provider.logout_token(events={})):
            assert told(desk, token).status_code == 400
        assert told(desk, provider.logout_token(), "khong-co").status_code == 404
        assert is_inside(inside)

    def test_sessions_of_readers_go_on(
        self, inside: Browser, desk: Flask, provider: HostileProvider, services: DeskServices, clock: Clock
    ) -> None:
        label = f"sid {provider.url} session-1"
        services.reader_sessions.add("r" * 64, Stored("a" * 32, {}, clock(), (label,)))
        assert told(desk, provider.logout_token(sid="session-1")).status_code == 200
        assert len(services.reader_sessions.of_owner("a" * 32)) == 1

    def test_too_many_of_them_are_held_back(self, settings: PortalSettings, services_with: DeskServices) -> None:
        narrow = create_desk(settings.model_copy(update={"limit_back_channel": "3/minute"}), services_with)
        assert [told(narrow, "x").status_code for _ in range(4)] == [400, 400, 400, 429]
