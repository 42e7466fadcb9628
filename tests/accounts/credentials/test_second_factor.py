"""Codes of an app and recovery codes."""

from __future__ import annotations

import hashlib
import re
from datetime import datetime, timedelta
from xml.etree import ElementTree

import pyotp
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from sqlalchemy import select

from portal.accounts.credentials import recovery, totp
from portal.accounts.credentials.credentials import Credentials
from portal.accounts.credentials.events import Owner
from portal.store.database import Database
from portal.store.sealing import Sealing
from portal.store.tables import credentials as table
from portal.store.tables import recovery_codes
from tests.accounts.credentials.conftest import GOOD, NOW

STEP = timedelta(seconds=30)


class App:
    """A telephone with the secret that was set up."""

    def __init__(self, secret: str, recovery_codes: tuple[str, ...]) -> None:
        self.secret, self.recovery_codes = secret, recovery_codes

    def code(self, at: datetime) -> str:
        return pyotp.TOTP(self.secret).at(at)


@pytest.fixture
def app(credentials: Credentials, hanh: str, sealing: Sealing) -> App:
    """Set up an hour before NOW."""
    sealed, at = credentials.second_factors.propose(), NOW - timedelta(hours=1)
    secret = sealing.open(sealed)
    codes = credentials.second_factors.confirm("hanh", sealed, pyotp.TOTP(secret).at(at), owner=Owner.STAFF, now=at)
    return App(secret, codes)


def opens(credentials: Credentials, typed: str, *, now: datetime = NOW) -> bool:
    return credentials.second_factors.check("hanh", typed, owner=Owner.STAFF, now=now)


def test_codes_are_those_of_the_standard() -> None:
    """RFC 6238, appendix B, SHA-1: the last six of its eight digits."""
    secret = "GEZDGNBVGY3TQOJQGEZDGNBVGY3TQOJQ"
    for seconds, code in ((59, "287082"), (1111111109, "081804"), (2000000000, "279037")):
        now = datetime.fromtimestamp(seconds, NOW.tzinfo)
        assert totp.accepted_step(secret, code, now=now, after=0) == seconds // 30


@pytest.mark.parametrize(("off", "right"), [(-2, False), (-1, True), (0, True), (1, True), (2, False)])
def test_clocks_may_differ_by_one_step(off: int, right: bool, credentials: Credentials, app: App) -> None:
    assert opens(credentials, app.code(NOW + off * STEP)) is right


def test_a_step_opens_once_and_no_earlier_one_after_it(credentials: Credentials, app: App) -> None:
    assert opens(credentials, app.code(NOW))
    assert not opens(credentials, app.code(NOW))
    assert not opens(credentials, app.code(NOW - STEP))
    assert opens(credentials, app.code(NOW + STEP))


def test_the_code_that_set_it_up_is_used(credentials: Credentials, app: App) -> None:
    at = NOW - timedelta(hours=1)
    assert not opens(credentials, app.code(at), now=at)


@given(st.text(max_size=20))
@settings(max_examples=100)
def test_what_is_no_code_is_accepted_for_no_step(typed: str) -> None:
    secret = "GEZDGNBVGY3TQOJQGEZDGNBVGY3TQOJQ"
    right = {pyotp.TOTP(secret).at(NOW + off * STEP) for off in (-1, 0, 1)}
    assert (totp.accepted_step(secret, typed, now=NOW, after=0) is not None) == (typed in right)


def test_a_recovery_code_opens_once_however_it_is_typed(credentials: Credentials, app: App) -> None:
    assert len(set(app.recovery_codes)) == recovery.COUNT == 10
    first, second = app.recovery_codes[:2]
    assert opens(credentials, first)
    assert not opens(credentials, first)
    assert opens(credentials, f" {second.upper().replace('-', ' ').replace('0', 'O').replace('1', 'l')} ")
    assert credentials.second_factors.recovery_codes_left("hanh") == 8


def test_recovery_codes_stand_in_the_store_as_digests(app: App, database: Database) -> None:
    with database.reading() as connection:
        kept = set(connection.execute(select(recovery_codes.c.digest)).scalars())
    plain = [code.replace("-", "") for code in app.recovery_codes]
    assert kept == {hashlib.sha256(f"hanh|{code}".encode()).hexdigest() for code in plain}


def test_the_secret_stands_in_the_store_sealed(app: App, database: Database, sealing: Sealing) -> None:
    with database.reading() as connection:
        kept = connection.execute(select(table.c.sealed_totp)).scalar_one()
    assert app.secret not in kept
    assert sealing.open(kept) == app.secret


def test_wrong_codes_and_wrong_passwords_count_together(credentials: Credentials, app: App) -> None:
    for _ in range(2):
        credentials.check("hanh", "x", owner=Owner.STAFF, now=NOW)
    for typed in ("000000", "0000-0000-0000-0000", "rác"):
        assert not opens(credentials, typed)
    assert not opens(credentials, app.code(NOW)), "locked: even the right one"
    assert not credentials.check("hanh", GOOD, owner=Owner.STAFF, now=NOW).passed
    later = NOW + timedelta(hours=12)
    assert opens(credentials, app.code(later), now=later)


def test_an_app_counts_only_when_it_has_shown_a_code(credentials: Credentials, hanh: str, sealing: Sealing) -> None:
    factors, sealed = credentials.second_factors, credentials.second_factors.propose()
    assert factors.confirm("hanh", sealed, "000000", owner=Owner.STAFF, now=NOW) == ()
    assert not credentials.of_login("hanh", owner=Owner.STAFF).second_factor  # type: ignore[union-attr]
    assert not opens(credentials, pyotp.TOTP(sealing.open(sealed)).at(NOW))


def test_a_reset_forgets_app_and_recovery_codes(credentials: Credentials, app: App) -> None:
    credentials.second_factors.reset("hanh", owner=Owner.STAFF, author="quan.tri", now=NOW)
    assert not opens(credentials, app.code(NOW))
    assert not opens(credentials, app.recovery_codes[0])
    assert not credentials.of_login("hanh", owner=Owner.STAFF).second_factor  # type: ignore[union-attr]


def test_the_picture_is_svg_and_the_key_is_readable(credentials: Credentials, sealing: Sealing) -> None:
    sealed = credentials.second_factors.propose()
    drawn = credentials.second_factors.picture(sealed, login="hanh", issuer="Lưu trữ lịch sử tỉnh")
    root = ElementTree.fromstring(drawn)
    assert root.tag == "{http://www.w3.org/2000/svg}svg"
    assert "style" not in drawn
    key = credentials.second_factors.key(sealed)
    assert re.fullmatch(r"([A-Z2-7]{4} ){7}[A-Z2-7]{4}", key)
    assert key.replace(" ", "") == sealing.open(sealed)
    assert totp.address(sealing.open(sealed), login="hanh", issuer="Tỉnh").startswith("otpauth://totp/")
