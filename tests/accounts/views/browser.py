"""A reader's browser without JavaScript: follows links, fills in forms, comes back from a provider."""

import re
import secrets
from dataclasses import replace
from html import unescape
from urllib.parse import parse_qs, urlsplit

from flask import Flask
from flask.testing import FlaskClient
from werkzeug.test import TestResponse

from portal.accounts.providers.identity import Identity
from portal.notices.spool import newest
from tests.accounts.people.given import AN
from tests.accounts.views.fake_provider import FakeProvider
from tests.accounts.views.site import Site

BASE = "https://localhost"
COOKIE = "__Host-session"


class Browser:
    """One browser with its own cookies on a site."""

    def __init__(self, site: Site, prefix: str = "") -> None:
        self.site, self.prefix = site, prefix
        self.client: FlaskClient = site.app.test_client()

    @property
    def app(self) -> Flask:
        return self.site.app

    @property
    def cookie(self) -> str:
        kept = self.client.get_cookie(COOKIE, domain="localhost")
        return kept.value if kept else ""

    def get(self, path: str) -> TestResponse:
        return self.client.get(path, base_url=BASE)

    def post(self, path: str, *, seen_on: str = "", **fields: str) -> TestResponse:
        """Send a form with the token of the page it stands on; by default the page at the same address."""
        page = self.get(seen_on or path)
        return self.send(path, csrf_token=token_of(page.text), **fields)

    def send(self, path: str, **fields: str) -> TestResponse:
        """Send a form of this site, from a page of this site."""
        return self.client.post(path, base_url=BASE, data=fields, headers={"Referer": f"{BASE}/"})

    def start(self, provider: FakeProvider, next_path: str = "", **fields: str) -> str:
        """Choose a provider; the state that the browser carries there."""
        given = {"next": next_path} if next_path else {}
        sent = self.post(
            f"{self.prefix}/dang-nhap/{provider.profile.id}",
            seen_on=f"{self.prefix}/dang-nhap/tai-khoan",
            **given,
            **fields,
        )
        assert sent.status_code == 303, sent.text
        assert sent.location.startswith(f"{provider.profile.issuer}/auth?"), sent.location
        return parse_qs(urlsplit(sent.location).query)["state"][0]

    def come_back(self, provider: FakeProvider, state: str, identity: Identity) -> TestResponse:
        """The provider sends the browser back with a code for this identity."""
        code = secrets.token_hex(8)
        provider.people[code] = replace(identity, provider=provider.profile.id, issuer=provider.profile.issuer)
        return self.get(f"/dang-nhap/{provider.profile.id}/tro-ve?code={code}&state={state}")

    def sign_in(self, provider: FakeProvider, identity: Identity, next_path: str = "", **fields: str) -> TestResponse:
        return self.come_back(provider, self.start(provider, next_path, **fields), identity)

    def complete(self, email: str = "an@vidu.vn", language: str = "vi", **fields: str) -> TestResponse:
        """Agree, name a contact, and type the code that came there."""
        page = f"{self.prefix}/dang-nhap/hoan-tat"
        asked = self.post(page, email=email, language=language, terms="yes", **fields)
        assert asked.status_code == 303, asked.text
        return self.post(f"{page}/ma", code=self.code(), next=fields.get("next", ""))

    def code(self) -> str:
        """The digits of the newest message."""
        [kept] = newest(self.site.outbox, 1)
        found = re.search(r"\b\d{6}\b", kept["text"])
        assert found is not None
        return found[0]

    def signed_in(self) -> bool:
        return self.get("/tai-khoan").status_code == 200


def token_of(page: str) -> str:
    found = re.search(r'name="csrf_token" value="([^"]+)"', page)
    assert found is not None, page
    return unescape(found[1])


def whole(browser: Browser, email: str = "an@vidu.vn") -> Browser:
    """Signed in with an account that lacks nothing."""
    browser.sign_in(browser.site.vneid, AN)
    assert browser.complete(email).status_code == 303
    assert browser.signed_in()
    return browser


def stopped(answer: TestResponse, why: str) -> str:
    """The address of the page that says why; it holds nothing a provider sent."""
    assert answer.status_code == 303
    assert f"why={why}" in answer.location
    for secret in ("state=", "code=", "error="):
        assert secret not in answer.location
    return answer.location
