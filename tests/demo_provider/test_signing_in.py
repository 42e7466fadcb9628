"""The whole way with the portal's own half: a choice on a page, and the identity that the portal makes of it."""

from __future__ import annotations

from datetime import UTC, datetime, timedelta
from urllib.parse import parse_qs, urlencode, urlsplit

import pytest
import requests

from portal.accounts.providers.attempts import Attempt
from portal.accounts.providers.faults import Fault, SignInFault
from portal.accounts.providers.identity import AccountKind, Identity
from portal.accounts.providers.provider import Provider
from portal.demo_provider.people import PEOPLE, DemoKind
from tests.demo_provider.conftest import Scene, Visitor

KINDS = {
    DemoKind.CITIZEN: AccountKind.CITIZEN,
    DemoKind.ENTERPRISE: AccountKind.ORGANISATION,
    DemoKind.FOREIGNER: AccountKind.FOREIGNER,
}


def begin(side: Provider, level: int = 1, purpose: str = "sign-in") -> tuple[str, Attempt]:
    return side.begin(next="/", level=level, purpose=purpose, now=datetime.now(UTC))


def came_back(answer: requests.Response, scene: Scene) -> bytes:
    """The query with which the browser is sent back to the portal, and nowhere else."""
    assert answer.status_code == 302
    address = urlsplit(answer.headers["Location"])
    assert f"{address.scheme}://{address.netloc}{address.path}" == scene.client.callback
    return address.query.encode()


def sign_in(scene: Scene, visitor: Visitor, person: str, *, level: int = 1, given: int = 1) -> Identity:
    side = scene.portal_side()
    address, attempt = begin(side, level)
    query = came_back(visitor.answer(address, person=person, level=str(given)), scene)
    return side.finish(query, attempt, now=datetime.now(UTC))


@pytest.mark.parametrize("given", [1, 2])
@pytest.mark.parametrize("key", PEOPLE)
def test_everybody_arrives_as_who_they_are(scene: Scene, visitor: Visitor, key: str, given: int) -> None:
    person, identity = PEOPLE[key], sign_in(scene, visitor, key, given=given)
    assert identity.kind is KINDS[person.kind]
    assert identity.level == min(given, person.highest_level)
    assert (identity.subject, identity.name) == (person.subject, person.name)
    assert (identity.citizen_number, identity.birth_date) == (person.number, person.birth_date)
    assert (identity.organisation_name, identity.organisation_number) == (person.organisation, person.tax_code)
    assert (identity.email, identity.phone) == ("", "")
    assert identity.issuer == scene.issuer
    assert identity.sid
    assert identity.id_token


def test_a_level_that_somebody_has_not_is_not_given(scene: Scene, visitor: Visitor) -> None:
    assert sign_in(scene, visitor, "mau", level=2, given=2).level == 2
    for person, given in (("vi-du", 2), ("mau", 1)):
        with pytest.raises(SignInFault) as fault:
            sign_in(scene, visitor, person, level=2, given=given)
        assert fault.value.fault is Fault.LEVEL_TOO_LOW


def test_the_page_offers_the_level_that_is_asked_for(scene: Scene, visitor: Visitor) -> None:
    side = scene.portal_side()
    for level, expected in ((0, "1"), (1, "1"), (2, "2")):
        page = visitor.get(begin(side, level)[0]).text
        checked = page.split("checked")[0].rsplit('value="', 1)[1][0]
        assert page.count("checked") == 1
        assert checked == expected


def test_who_refuses_goes_back_with_nothing(scene: Scene, visitor: Visitor) -> None:
    side = scene.portal_side()
    address, attempt = begin(side)
    query = came_back(visitor.answer(address, refuse="1", person="mau", level="1"), scene)
    assert b"code" not in query
    with pytest.raises(SignInFault) as fault:
        side.finish(query, attempt, now=datetime.now(UTC))
    assert fault.value.fault is Fault.CANCELLED


def changed(address: str, **members: str | None) -> str:
    """The address with members of its query replaced, or, by None, left out."""
    parts = urlsplit(address)
    query = {name: values[0] for name, values in parse_qs(parts.query).items()} | members
    return parts._replace(query=urlencode({name: value for name, value in query.items() if value is not None})).geturl()


@pytest.mark.parametrize(
    ("members", "error"),
    [
        ({"code_challenge": None, "code_challenge_method": None}, "invalid_request"),
        ({"code_challenge_method": "plain"}, "invalid_request"),
        ({"code_challenge_method": None}, "invalid_request"),
        ({"code_challenge": "short"}, "invalid_request"),
        ({"nonce": None}, "invalid_request"),
        ({"scope": None}, "invalid_scope"),
        ({"scope": "openid email"}, "invalid_scope"),
        ({"response_type": "token"}, "unsupported_response_type"),
        ({"prompt": "none"}, "login_required"),
    ],
)
def test_a_weak_or_strange_request_goes_back_with_its_error(
    scene: Scene, visitor: Visitor, members: dict[str, str | None], error: str
) -> None:
    address, attempt = begin(scene.portal_side())
    query = parse_qs(came_back(visitor.get(changed(address, **members)), scene).decode())
    assert query["error"] == [error]
    assert query["state"] == [attempt.state]
    assert query["iss"] == [scene.issuer]


@pytest.mark.parametrize(
    "members",
    [
        {"redirect_uri": "https://elsewhere.example/tro-ve"},
        {"redirect_uri": None},
        {"client_id": "somebody-else"},
        {"client_id": None},
    ],
)
def test_who_is_not_the_portal_is_sent_nowhere(scene: Scene, visitor: Visitor, members: dict[str, str | None]) -> None:
    answer = visitor.get(changed(begin(scene.portal_side())[0], **members))
    assert answer.status_code == 400
    assert "Location" not in answer.headers
    assert "Không làm được" in answer.text


def exchange(scene: Scene, query: bytes, attempt: Attempt, **otherwise: str) -> requests.Response:
    asked = {
        "grant_type": "authorization_code",
        "code": parse_qs(query.decode())["code"][0],
        "redirect_uri": scene.client.callback,
        "client_id": scene.client.client_id,
        "client_secret": scene.client.client_secret,
        "code_verifier": attempt.verifier,
    }
    return requests.post(f"{scene.issuer}/oauth2/token", asked | otherwise, timeout=10)


@pytest.fixture
def code(scene: Scene, visitor: Visitor) -> tuple[bytes, Attempt]:
    """A code on its way to the portal."""
    address, attempt = begin(scene.portal_side())
    return came_back(visitor.answer(address, person="mau", level="1"), scene), attempt


@pytest.mark.parametrize(
    ("otherwise", "error"),
    [
        ({"code_verifier": "x" * 43}, "invalid_grant"),
        ({"code_verifier": ""}, "invalid_request"),
        ({"client_secret": "guessed"}, "invalid_client"),
        ({"redirect_uri": "https://elsewhere.example/"}, "invalid_grant"),
        ({"code": "guessed"}, "invalid_grant"),
    ],
)
def test_a_code_is_for_who_asked_for_it(
    scene: Scene, code: tuple[bytes, Attempt], otherwise: dict[str, str], error: str
) -> None:
    answer = exchange(scene, *code, **otherwise)
    assert answer.status_code == 400
    assert answer.json()["error"] == error


def test_a_code_works_once(scene: Scene, code: tuple[bytes, Attempt]) -> None:
    assert exchange(scene, *code).status_code == 200
    assert exchange(scene, *code).json()["error"] == "invalid_grant"


def test_a_wrong_guess_uses_the_code_up(scene: Scene, code: tuple[bytes, Attempt]) -> None:
    exchange(scene, *code, code_verifier="x" * 43)
    assert exchange(scene, *code).json()["error"] == "invalid_grant"


def test_a_code_is_over_after_a_minute(scene: Scene, code: tuple[bytes, Attempt]) -> None:
    scene.clock.ahead = timedelta(seconds=61)
    assert exchange(scene, *code).json()["error"] == "invalid_grant"


def test_an_access_token_is_over_after_five_minutes(scene: Scene, code: tuple[bytes, Attempt]) -> None:
    token = exchange(scene, *code).json()["access_token"]
    bearer = {"Authorization": f"Bearer {token}"}
    for method, status, ahead in (("GET", 200, 0), ("POST", 200, 299), ("GET", 401, 301)):
        scene.clock.ahead = timedelta(seconds=ahead)
        answer = requests.request(method, f"{scene.issuer}/oauth2/userinfo", headers=bearer, timeout=10)
        assert answer.status_code == status


def test_a_nonce_is_taken_once(scene: Scene, visitor: Visitor) -> None:
    address, _ = begin(scene.portal_side())
    came_back(visitor.answer(address, person="mau", level="1"), scene)
    assert b"error=invalid_request" in came_back(visitor.get(address), scene)


def test_a_choice_that_nobody_can_have_made_is_refused(scene: Scene, visitor: Visitor) -> None:
    address, _ = begin(scene.portal_side())
    for fields in ({"person": "nobody", "level": "1"}, {"person": "mau", "level": "3"}, {"person": "mau"}):
        answer = visitor.answer(address, **fields)
        assert answer.status_code == 400
        assert "Location" not in answer.headers


def test_a_form_from_elsewhere_is_refused(scene: Scene, visitor: Visitor) -> None:
    address, _ = begin(scene.portal_side())
    assert visitor.post(address, person="mau", level="1").status_code == 400
