"""Settings that would weaken the portal are refused when it starts, and no secret is said aloud."""

from pathlib import Path
from typing import Any

import pytest
from flask import Flask
from pydantic import ValidationError

from portal.settings import LEAST_LEVELS, PortalSettings

SECRET = "a-secret-of-the-client"
PROFILE: dict[str, Any] = {
    "id": "tinh",
    "name": "Tài khoản của tỉnh",
    "issuer": "https://idp.example",
    "client_id": "portal",
    "client_secret": SECRET,
}


def settings(**given: Any) -> PortalSettings:
    return PortalSettings(**({"secret_key": "k" * 32} | given))


@pytest.mark.parametrize(
    "given",
    [
        {"secret_key": "short"},
        {"access_log_key": "short"},
        {"matching_key": "short"},
        {"personal_data_keys": ("k" * 32, "short")},
        {"base_url": "http://portal.example/path"},
        {"base_url": "portal.example"},
        {"desk_idle_minutes": 16},
        {"required_levels": {"link": 3}},
        {"required_levels": {"lnik": 1}},
        {"password_rules": {"failures": 50}},
        {"demo_mail_dir": Path("mail")},
        {"identity_providers": [PROFILE | {"demo": True}]},
    ],
    ids=lambda given: "-".join(given),
)
def test_what_would_weaken_the_portal_is_refused(given: dict[str, Any]) -> None:
    with pytest.raises(ValidationError):
        settings(**given)


def test_a_demonstration_may_have_what_only_a_demonstration_has() -> None:
    found = settings(demo=True, demo_mail_dir=Path("mail"), identity_providers=[PROFILE | {"demo": True}])
    assert found.identity_providers[0].demo


def test_levels_that_are_not_named_stay_as_they_are() -> None:
    assert settings(required_levels={"export": 2}).required_levels == LEAST_LEVELS | {"export": 2}


def test_a_mistake_is_named_without_the_secrets_beside_it() -> None:
    with pytest.raises(ValidationError) as refused:
        settings(identity_providers=[PROFILE | {"client_id": ""}], secret_key="a secret that is long enough 0123")
    assert SECRET not in str(refused.value)
    assert "long enough" not in str(refused.value)
    assert "client_id" in str(refused.value)


def test_no_provider_is_called_as_a_page_of_signing_in_is(app: Flask) -> None:
    below = [rule.rule.split("/")[2] for rule in app.url_map.iter_rules() if rule.rule.startswith("/dang-nhap/")]
    words = {word for word in below if "<" not in word}
    assert words
    for word in words:
        with pytest.raises(ValidationError, match="page of signing in"):
            settings(identity_providers=[PROFILE | {"id": word}])
