"""A whole journey with a standard provider that somebody else has written: out, first sign-in, back in, out."""

import warnings
from collections.abc import Iterator
from dataclasses import replace

import pytest
import requests

from portal.accounts.providers.open import open_providers
from portal.accounts.providers.profile import Profile
from portal.app import create_app
from portal.clock import utc_now
from portal.sessions.database import DatabaseSessions
from tests.accounts.views.browser import Browser
from tests.accounts.views.site import Site

with warnings.catch_warnings():
    # It uses a module of Authlib that warns of its own end.
    warnings.simplefilter("ignore", DeprecationWarning)
    import oidc_provider_mock  # type: ignore[import-untyped]

pytestmark = pytest.mark.filterwarnings("ignore:get_jwt_config:DeprecationWarning")  # in its own thread


@pytest.fixture
def provider(site: Site) -> Iterator[str]:
    """The address of a provider with one citizen, named `mau`."""
    with oidc_provider_mock.run_server_in_thread(require_nonce=True) as server:
        url = f"http://localhost:{server.server_port}"
        person = {"name": "Nguyễn Thị Mẫu", "birthdate": "1978-03-14", "SoDinhDanh": "000000000058"}
        requests.put(f"{url}/users/mau", json=person, timeout=5)
        yield url


@pytest.fixture
def traveller(site: Site, provider: str) -> Iterator[Browser]:
    """A browser on a site that knows this provider, and whose clock is the real one."""
    profile = Profile(
        id="chuan",
        name="Nơi xác thực chuẩn",
        issuer=provider,
        client_id="portal",
        client_secret="s" * 16,  # type: ignore[arg-type]
        scope="openid profile",
        identity_from="both",
        logout="rp-initiated",
        claims={"citizen_number": "SoDinhDanh"},  # type: ignore[arg-type]
    )
    services = replace(
        site.services,
        now=utc_now,
        sessions=DatabaseSessions(
            site.database,
            application="reader",
            idle=site.services.sessions._idle,
            now=utc_now,  # type: ignore[attr-defined]
        ),
        providers=open_providers([profile], base_url="https://localhost"),
    )
    built, site.app = site.app, create_app(site.settings, services)
    yield Browser(site)
    site.app = built


def away_and_back(browser: Browser, next_path: str) -> str:
    """Choose the provider, choose oneself there, come back; where the portal leads then."""
    away = browser.post("/dang-nhap/chuan", seen_on="/dang-nhap", next=next_path)
    assert away.status_code == 303, away.text
    chosen = requests.post(away.location, data={"sub": "mau"}, allow_redirects=False, timeout=5)
    path = chosen.headers["Location"].removeprefix("https://localhost")
    return browser.get(path).location


def test_a_journey(traveller: Browser, provider: str) -> None:
    assert away_and_back(traveller, "/phong") == "/dang-nhap/hoan-tat?next=/phong"
    assert "Nguyễn Thị Mẫu" in traveller.get("/dang-nhap/hoan-tat").text
    assert traveller.complete("mau@vidu.vn", next="/phong").location == "/phong"
    profile = traveller.get("/tai-khoan").text
    for shown in ("Nguyễn Thị Mẫu", "•••••••••058", "14/3/1978", "Nơi xác thực chuẩn", "ma…@vidu.vn"):
        assert shown in profile
    left = traveller.post("/dang-xuat", seen_on="/tai-khoan")
    assert left.location.startswith(f"{provider}/")
    assert "post_logout_redirect_uri=https%3A%2F%2Flocalhost%2Fdang-xuat%2Fxong" in left.location
    assert requests.get(left.location, timeout=5, allow_redirects=False).status_code in (200, 302)
    assert not traveller.signed_in()
    assert away_and_back(traveller, "/tro-giup") == "/tro-giup"
    assert traveller.signed_in()


def test_who_denies_there_is_told_so_here(traveller: Browser) -> None:
    away = traveller.post("/dang-nhap/chuan", seen_on="/dang-nhap", next="/phong")
    denied = requests.post(away.location, data={"action": "deny"}, allow_redirects=False, timeout=5)
    state = away.location.partition("state=")[2].partition("&")[0]
    path = denied.headers["Location"].removeprefix("https://localhost")
    back = traveller.get(f"{path}&state={state}")  # this provider forgets the state
    assert "why=cancelled" in back.location
    assert "Ông/bà đã dừng đăng nhập" in traveller.get(back.location).text
