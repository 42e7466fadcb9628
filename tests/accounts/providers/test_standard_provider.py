"""The same sign-in with a provider that somebody else has written."""

from __future__ import annotations

import logging
import warnings
from collections.abc import Iterator
from datetime import UTC, datetime
from typing import Any

import pytest
import requests

from portal.accounts.providers.callback import state_of
from portal.accounts.providers.faults import Fault
from tests.accounts.providers.signing_in import SignIn, faulty, opened, profile

with warnings.catch_warnings():
    # It uses a module of Authlib that warns of its own end.
    warnings.simplefilter("ignore", DeprecationWarning)
    import oidc_provider_mock  # type: ignore[import-untyped]

PERSON = {"name": "Nguyễn Thị Mẫu", "email": "mau@example.vn", "birthdate": "1978-03-14"}
pytestmark = pytest.mark.filterwarnings("ignore:get_jwt_config:DeprecationWarning")  # in its own thread

SECRETS = ("mau@example.vn", "Nguyễn", "1978", "999178000101")


@pytest.fixture
def mock() -> Iterator[str]:
    """Its address; it has one user, called `mau`."""
    with oidc_provider_mock.run_server_in_thread(require_nonce=True) as server:
        url = f"http://localhost:{server.server_port}"
        requests.put(f"{url}/users/mau", json=PERSON | {"SoDinhDanh": "999178000101"}, timeout=5)
        yield url


@pytest.fixture
def standard(mock: str) -> SignIn:
    more: dict[str, Any] = {"identity_from": "both", "scope": "openid profile email"}
    claims = {"claims": {"citizen_number": "SoDinhDanh"}, "read_seconds": 5, "total_seconds": 10}
    return SignIn(opened(profile(mock, **more, **claims)), datetime.now(UTC))


def chosen(address: str, *, action: str = "") -> bytes:
    """The person is chosen on the provider's page, or the request is denied."""
    form = {"action": action} if action else {"sub": "mau"}
    answer = requests.post(address, data=form, allow_redirects=False, timeout=5)
    assert answer.status_code == 302, answer.text
    return answer.headers["Location"].partition("?")[2].encode()


def test_a_standard_provider_signs_somebody_in(standard: SignIn) -> None:
    address, attempt = standard.begin()
    query = chosen(address)
    assert state_of(query) == attempt.state
    identity = standard.provider.finish(query, attempt, now=standard.now)
    assert (identity.subject, identity.name, identity.email) == ("mau", PERSON["name"], PERSON["email"])
    assert identity.citizen_number == "999178000101"
    assert str(identity.birth_date) == "1978-03-14"


def test_a_code_is_used_once(standard: SignIn) -> None:
    address, attempt = standard.begin()
    query = chosen(address)
    standard.provider.finish(query, attempt, now=standard.now)
    with faulty(Fault.PROVIDER_REFUSED, "status 400"):
        standard.provider.finish(query, attempt, now=standard.now)


def test_who_denies_has_cancelled(standard: SignIn) -> None:
    address, attempt = standard.begin()
    query = chosen(address, action="deny") + f"&state={attempt.state}".encode()  # this provider forgets the state
    with faulty(Fault.CANCELLED):
        standard.provider.finish(query, attempt, now=standard.now)


def test_signing_out_comes_back_with_the_state(standard: SignIn) -> None:
    address, attempt = standard.begin()
    identity = standard.provider.finish(chosen(address), attempt, now=standard.now)
    leaving = standard.provider.logout_address(
        id_token=identity.id_token, logout_uri="", return_to="/dang-xuat/xong", state="s-1"
    )
    page = requests.get(leaving, allow_redirects=False, timeout=5)
    assert page.status_code == 200
    assert "https://archive.example/dang-xuat/xong?state=s-1" in page.text


def test_no_log_of_a_sign_in_holds_a_secret_or_a_person(standard: SignIn, caplog: pytest.LogCaptureFixture) -> None:
    ours = ("portal", "urllib3", "requests", "joserfc")  # Authlib's are those of the provider, in the same process
    caplog.set_level(logging.DEBUG)
    address, attempt = standard.begin()
    query = chosen(address)
    caplog.clear()
    identity = standard.provider.finish(query, attempt, now=standard.now)
    with faulty(Fault.PROVIDER_REFUSED):
        standard.provider.finish(query, attempt, now=standard.now)
    said = "\n".join(one.getMessage() for one in caplog.records if one.name.startswith(ours))
    assert "POST /oauth2/token" in said  # something was logged, at the most talkative level
    code = query.decode().partition("code=")[2].partition("&")[0]
    for secret in (
        code,
        attempt.state,
        attempt.nonce,
        attempt.verifier,
        identity.id_token,
        "secret-of-the-portal",
        *SECRETS,
    ):
        assert secret
        assert secret not in said
