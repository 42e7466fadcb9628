"""A sign-in that goes well, what it asks for, and what it does not."""

from __future__ import annotations

from datetime import timedelta
from urllib.parse import parse_qs, urlsplit

import pytest

from portal.accounts.providers.faults import Fault
from portal.accounts.providers.identity import AccountKind
from portal.accounts.providers.open import open_providers
from portal.accounts.providers.profile import Profile
from tests.accounts.providers.signing_in import BASE_URL, NOW, SignIn, faulty, opened, profile
from tests.servers.hostile_provider import KEYS, HostileProvider, Reply


def test_a_sign_in_gives_an_identity(sign_in: SignIn, hostile: HostileProvider) -> None:
    hostile.claims = {"name": "Nguyễn Thị Mẫu", "birthdate": "1978-03-14", "email": "mau@example.vn"}
    identity = sign_in.done()
    assert (identity.provider, identity.subject, identity.kind) == ("hostile", "subject-1", AccountKind.CITIZEN)
    assert (identity.name, str(identity.birth_date), identity.email) == (
        "Nguyễn Thị Mẫu",
        "1978-03-14",
        "mau@example.vn",
    )
    assert (identity.issuer, identity.sid) == (hostile.url, "session-1")


def test_nothing_is_asked_before_the_first_sign_in(hostile: HostileProvider) -> None:
    open_providers([profile(hostile.url)], base_url=BASE_URL)
    assert hostile.asked == []


def test_a_later_sign_in_asks_twice_and_no_more(sign_in_both: SignIn, hostile: HostileProvider) -> None:
    sign_in_both.done()
    address, attempt = sign_in_both.begin()
    query = sign_in_both.allowed(address)
    hostile.asked.clear()
    sign_in_both.provider.finish(query, attempt, now=NOW)
    assert hostile.paths() == ["/token", "/userinfo"]


def test_metadata_and_keys_are_read_again_after_an_hour(sign_in: SignIn, hostile: HostileProvider) -> None:
    sign_in.done()
    hostile.now = NOW + timedelta(minutes=61)
    hostile.asked.clear()
    SignIn(sign_in.provider, hostile.now).done()
    assert hostile.paths() == ["/.well-known/openid-configuration", "/authorize", "/token", "/keys"]


def test_the_browser_carries_state_nonce_and_challenge_each_time_anew(sign_in: SignIn) -> None:
    first, second = (parse_qs(urlsplit(sign_in.begin()[0]).query) for _ in range(2))
    assert first["response_type"] == ["code"]
    assert first["code_challenge_method"] == ["S256"]
    assert first["redirect_uri"] == ["https://archive.example/dang-nhap/hostile/tro-ve"]
    for name in ("state", "nonce", "code_challenge"):
        assert len(first[name][0]) >= 43
        assert first[name] != second[name]


def test_no_secret_of_the_attempt_travels_with_the_browser(sign_in: SignIn) -> None:
    address, attempt = sign_in.begin()
    assert attempt.verifier
    assert attempt.verifier not in address
    assert attempt.verifier not in repr(attempt)
    assert attempt.state not in repr(attempt)


@pytest.mark.parametrize(("level", "asked"), [(0, "LoA0"), (1, "LoA2"), (2, "LoA2")])
def test_a_level_is_asked_for_by_the_lowest_entry_that_will_do(
    hostile: HostileProvider, level: int, asked: str
) -> None:
    one = profile(hostile.url, acr_values="LoA0", acr_values_by_level={2: "LoA2"})
    address, _ = SignIn(opened(one)).begin(level=level)
    assert parse_qs(urlsplit(address).query)["acr_values"] == [asked]


def test_a_step_up_asks_to_sign_in_again(sign_in: SignIn) -> None:
    assert "prompt=login" in sign_in.begin(purpose="step-up")[0]
    assert "prompt" not in sign_in.begin()[0]


def test_pkce_and_nonce_can_be_left_out(hostile: HostileProvider) -> None:
    one = SignIn(opened(profile(hostile.url, pkce="off", nonce="off")))
    address, attempt = one.begin()
    assert not {"code_challenge", "nonce"} & set(parse_qs(urlsplit(address).query))
    assert (attempt.nonce, attempt.verifier) == ("", "")
    assert one.done().subject == "subject-1"


def test_the_secret_goes_as_a_basic_header_where_the_profile_says_so(hostile: HostileProvider) -> None:
    one = SignIn(opened(profile(hostile.url, client_auth="basic")))
    address, attempt = one.begin()
    with faulty(Fault.PROVIDER_REFUSED, "status 401"):  # this provider reads the form alone
        one.provider.finish(one.allowed(address), attempt, now=NOW)
    asked = hostile.asked[-1]
    assert asked.headers["Authorization"].startswith("Basic ")
    assert "client_secret" not in asked.form


@pytest.mark.parametrize("algorithm", ["RS256", "PS256", "ES256", "EdDSA"])
def test_each_algorithm_of_the_list_is_understood(sign_in: SignIn, hostile: HostileProvider, algorithm: str) -> None:
    hostile.signed_with = KEYS[algorithm], algorithm
    assert sign_in.done().subject == "subject-1"


def test_an_algorithm_that_the_profile_leaves_out_is_refused(hostile: HostileProvider) -> None:
    hostile.signed_with = KEYS["ES256"], "ES256"
    with faulty(Fault.ANSWER_NOT_TRUSTED, "algorithm not allowed"):
        SignIn(opened(profile(hostile.url, algorithms=["RS256"]))).done()


def test_endpoints_of_the_settings_need_no_metadata(hostile: HostileProvider) -> None:
    addresses = {"authorization_endpoint": "authorize", "token_endpoint": "token", "jwks_uri": "keys"}
    one = profile(
        hostile.url,
        discovery=False,
        logout="none",
        **{name: f"{hostile.url}/{path}" for name, path in addresses.items()},
    )
    assert SignIn(opened(one)).done().subject == "subject-1"
    assert hostile.paths() == ["/authorize", "/token", "/keys"]


def test_a_token_that_is_not_needed_any_more_is_given_back(hostile: HostileProvider) -> None:
    one = SignIn(opened(profile(hostile.url, logout="revoke")))
    assert one.done().subject == "subject-1"
    given = hostile.asked[-1]
    assert given.path == "/revoke"
    assert given.form["token"].startswith("access-")
    assert given.form["client_secret"]


def test_a_provider_that_takes_no_token_back_hinders_nobody(hostile: HostileProvider) -> None:
    hostile.says("/revoke", Reply(status=503))
    assert SignIn(opened(profile(hostile.url, logout="revoke"))).done().subject == "subject-1"


def test_a_level_below_what_was_asked_for_is_too_low(hostile: HostileProvider) -> None:
    one = SignIn(opened(profile(hostile.url, level_map={"LoA1": 1, "LoA2": 2})))
    hostile.claims = {"acr": "LoA1"}
    assert one.done(level=1).level == 1
    with faulty(Fault.LEVEL_TOO_LOW, "level 1, asked for 2"):
        one.done(level=2)


@pytest.mark.parametrize("claims", [{}, {"acr": "LoA9"}, {"acr": ["LoA2"]}, {"acr": True}, {"acr": None}])
def test_a_level_that_is_not_understood_is_the_lowest(hostile: HostileProvider, claims: dict[str, object]) -> None:
    hostile.claims = claims
    assert SignIn(opened(profile(hostile.url, level_map={"LoA2": 2}))).done().level == 0


def test_two_profiles_of_one_id_are_refused(hostile: HostileProvider) -> None:
    with pytest.raises(ValueError, match="two are called hostile"):
        open_providers([profile(hostile.url), profile(hostile.url)], base_url=BASE_URL)


def test_a_secret_may_stand_in_a_file(hostile: HostileProvider, tmp_path_factory: pytest.TempPathFactory) -> None:
    file = tmp_path_factory.mktemp("secrets") / "client"
    file.write_text("secret-of-the-portal\n")
    one: Profile = profile(hostile.url, client_secret="", client_secret_file=file)
    assert SignIn(opened(one)).done().subject == "subject-1"
    file.write_text("\n")
    with pytest.raises(ValueError, match="hostile: client_secret_file holds no secret"):
        opened(one)
