"""A member of staff at a browser without JavaScript."""

from __future__ import annotations

import re
from html import unescape

import pyotp
from flask import Flask
from flask.testing import FlaskClient
from werkzeug.test import TestResponse

from tests.desk.clock import Clock

GOOD = "Mưa rào 7 ngày"
"""A password that nothing is wrong with."""

SITE = "https://localhost"


class Browser:
    """One browser with its cookies."""

    def __init__(self, app: Flask, clock: Clock) -> None:
        self.client: FlaskClient = app.test_client()
        self.clock = clock
        self.secret = ""

    def get(self, path: str, **options: object) -> TestResponse:
        return self.client.get(path, base_url=SITE, **options)  # type: ignore[arg-type]

    def post(self, path: str, form: str | None = None, **fields: str) -> TestResponse:
        """Send a form with the token of the page `form`, of `path` itself if none is named."""
        token = token_of(self.get(form or path).text)
        return self.send(path, csrf_token=token, **fields)

    def send(self, path: str, **fields: str) -> TestResponse:
        """Send exactly these fields."""
        return self.client.post(path, base_url=SITE, data=fields, headers={"Referer": f"{SITE}/"})

    def cookie(self) -> str:
        """The id of the session, "" without one."""
        found = self.client.get_cookie("__Host-desk", domain="localhost")
        return found.value if found else ""

    def give_password(self, login: str, password: str, *, next_address: str = "") -> TestResponse:
        return self.post("/dang-nhap", login=login, password=password, next=next_address)

    def code(self) -> str:
        """What the app shows; it has shown nothing in this half minute before."""
        return pyotp.TOTP(self.secret).at(self.clock.on(seconds=30))

    def enrol(self) -> TestResponse:
        page = self.get("/dang-nhap/cai-ma").text
        self.secret = re.search(r'desk-key">([A-Z2-7 ]+)<', page)[1].replace(" ", "")  # type: ignore[index]
        return self.post("/dang-nhap/cai-ma", code=self.code())

    def first_sign_in(self, login: str, password: str, *, new: str = GOOD) -> list[str]:
        """All of it: one-time password, new password, app; the recovery codes."""
        assert self.give_password(login, password).location == "/dang-nhap/mat-khau-moi"
        assert self.post("/dang-nhap/mat-khau-moi", new=new, again=new).location == "/dang-nhap/cai-ma"
        return codes_of(self.enrol().text)

    def sign_in(self, login: str, password: str = GOOD) -> TestResponse:
        """The second time and later."""
        self.give_password(login, password)
        return self.post("/dang-nhap/ma", code=self.code())


def token_of(page: str) -> str:
    found = re.search(r'name="csrf_token"\s+value="([^"]+)"', page)
    assert found, "a page without a form"
    return unescape(found[1])


def codes_of(page: str) -> list[str]:
    return re.findall(r'class="code">([0-9a-z-]{19})<', page)
