"""Signing in through the province's provider: a real one on loopback, and only whom an administrator has added."""

from collections.abc import Iterator
from dataclasses import replace
from urllib.parse import urlsplit

import pytest
import requests
from flask import Flask
from werkzeug.test import TestResponse

from portal.accounts.providers.open import open_providers
from portal.accounts.staff.roles import Role
from portal.desk.app import create_desk
from portal.desk.services import DeskServices
from portal.settings import PortalSettings
from tests.accounts.providers.signing_in import BASE_URL, profile
from tests.desk.browser import Browser, codes_of
from tests.desk.clock import Clock
from tests.servers.hostile_provider import HostileProvider


@pytest.fixture
def provider(clock: Clock) -> Iterator[HostileProvider]:
    with HostileProvider(now=clock()) as server:
        yield server


@pytest.fixture
def services_with(services: DeskServices, provider: HostileProvider) -> DeskServices:
    of_staff = profile(provider.url, audience="staff", level_map={"high": 2}, read_seconds=5, total_seconds=8)
    return replace(services, providers=open_providers([of_staff], base_url=BASE_URL))


@pytest.fixture
def desk(settings: PortalSettings, services_with: DeskServices) -> Flask:
    return create_desk(settings, services_with)


def add(services: DeskServices, clock: Clock, *, subject: str = "subject-1") -> None:
    services.staff.add_known(
        login="hanh",
        name="Nguyễn Thị Hạnh",
        roles=[Role.ARCHIVIST],
        provider="hostile",
        subject=subject,
        author="test",
        now=clock(),
    )


def come_back(browser: Browser, *, start: str = "/dang-nhap/hostile") -> TestResponse:
    away = browser.get(start)
    answer = requests.get(away.location, allow_redirects=False, timeout=5)
    split = urlsplit(answer.headers["Location"])
    return browser.get(f"{split.path}?{split.query}")


def test_whoever_was_not_added_is_refused_and_not_created(desk: Flask, services: DeskServices, clock: Clock) -> None:
    browser = Browser(desk, clock)
    answer = come_back(browser)
    assert answer.status_code == 403
    assert "chưa được cấp quyền" in answer.text
    assert services.staff.all() == []
    assert browser.get("/").status_code == 303


def test_another_subject_of_the_provider_is_refused(desk: Flask, services: DeskServices, clock: Clock) -> None:
    add(services, clock, subject="subject-2")
    assert come_back(Browser(desk, clock)).status_code == 403


def test_whoever_was_added_sets_up_a_code_and_is_asked_for_it_next_time(
    desk: Flask, services: DeskServices, clock: Clock
) -> None:
    add(services, clock)
    browser = Browser(desk, clock)
    assert come_back(browser, start="/dang-nhap/hostile?next=/tai-khoan").location == "/dang-nhap/cai-ma"
    assert browser.get("/").status_code == 303, "the provider alone opens nothing"
    assert len(codes_of(browser.enrol().text)) == 10
    browser.post("/dang-xuat", form="/")
    assert come_back(browser, start="/dang-nhap/hostile?next=/tai-khoan").location == "/dang-nhap/ma"
    assert browser.post("/dang-nhap/ma", code=browser.code()).location == "/tai-khoan"


def test_no_password_opens_such_an_account(desk: Flask, services: DeskServices, clock: Clock) -> None:
    add(services, clock)
    for password in ("", "x", "hanh"):
        assert Browser(desk, clock).give_password("hanh", password).status_code == 422


@pytest.mark.parametrize(
    ("said", "location"), [("high", "/"), ("low", "/dang-nhap/cai-ma"), (None, "/dang-nhap/cai-ma")]
)
def test_a_level_makes_a_code_needless_only_where_it_is_set_to(
    said: str | None,
    location: str,
    settings: PortalSettings,
    services_with: DeskServices,
    provider: HostileProvider,
    clock: Clock,
) -> None:
    add(services_with, clock)
    provider.claims["acr"] = said
    trusting = create_desk(settings, replace(services_with, code_waived_from=2))
    assert come_back(Browser(trusting, clock)).location == location
    careful = create_desk(settings, services_with)
    assert come_back(Browser(careful, clock)).location == "/dang-nhap/cai-ma"


def test_a_lock_holds_here_too(desk: Flask, services: DeskServices, clock: Clock) -> None:
    add(services, clock)
    services.staff.lock("hanh", author="test", now=clock())
    assert come_back(Browser(desk, clock)).status_code == 403


def test_an_idle_account_is_closed_here_too(
    desk: Flask, services: DeskServices, clock: Clock, provider: HostileProvider
) -> None:
    add(services, clock)
    provider.now = clock.on(days=46)
    assert come_back(Browser(desk, clock)).status_code == 403


def test_what_another_browser_began_is_refused(desk: Flask, services: DeskServices, clock: Clock) -> None:
    add(services, clock)
    away = Browser(desk, clock).get("/dang-nhap/hostile")
    split = urlsplit(requests.get(away.location, allow_redirects=False, timeout=5).headers["Location"])
    answer = Browser(desk, clock).get(f"{split.path}?{split.query}")
    assert answer.status_code == 400
    assert "không bắt đầu từ trình duyệt này" in answer.text


def test_a_provider_that_is_away_is_told_with_a_reference_that_stands_in_the_log(
    desk: Flask, provider: HostileProvider, clock: Clock, caplog: pytest.LogCaptureFixture
) -> None:
    provider.stop()
    answer = Browser(desk, clock).get("/dang-nhap/hostile")
    assert answer.status_code == 502
    references = [record.args[0] for record in caplog.records if record.name == "portal.desk.sign_in"]  # type: ignore[index]
    assert len(references) == 1
    assert f'<b class="code">{references[0]}</b>' in answer.text
    assert Browser(desk, clock).get("/dang-nhap/khong-co").status_code == 404
