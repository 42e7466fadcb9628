"""Settings of a provider: presets, what an operator changes, and mistakes that are named in plain words."""

from __future__ import annotations

import json
from pathlib import Path
from typing import Any

import pytest
from pydantic import ValidationError

from portal.accounts.providers.identity import AccountKind
from portal.accounts.providers.presets import PRESETS
from portal.accounts.providers.profile import ClaimNames, Profile

OIDC: dict[str, Any] = {
    "id": "tinh",
    "name": "Tài khoản của tỉnh",
    "issuer": "https://idp.example",
    "client_id": "portal",
    "client_secret": "top-secret-words",
}
DVCQG = {"preset": "dvcqg", "id": "vnconnect", "name": "VNeID", "client_id": "x", "client_secret": "top-secret-words"}
EXPLICIT = OIDC | {
    "discovery": False,
    "authorization_endpoint": "https://idp.example/a",
    "token_endpoint": "https://idp.example/t",
    "jwks_uri": "https://idp.example/k",
    "end_session_endpoint": "https://idp.example/e",
}


def test_an_ordinary_provider_needs_five_settings() -> None:
    one = Profile.model_validate(OIDC)
    assert (one.pkce, one.nonce, one.identity_from, one.audience) == ("S256", "required", "id_token", "readers")
    assert one.callback_path == "/dang-nhap/tinh/tro-ve"
    assert one.hosts == {"idp.example"}


def test_the_national_sign_in_needs_only_what_the_province_is_given() -> None:
    one = Profile.model_validate(DVCQG)
    assert one.authorization_endpoint == "https://xacthuc.dichvucong.gov.vn/oauth2/authorize"
    assert (one.client_auth, one.acr_values, one.scope) == ("post", "LoA1", "openid")
    assert one.claims.citizen_number == ("SoDinhDanh", "SoCMND")
    assert one.hosts == {"xacthuc.dichvucong.gov.vn"}


def test_an_operators_value_takes_the_place_of_the_presets_and_the_others_stay() -> None:
    changes = {"claims": {"name": "TenMoi"}, "account_types": {"4": "foreigner"}, "userinfo_method": "POST"}
    one = Profile.model_validate(DVCQG | changes)
    assert one.claims.name == ("TenMoi",)
    assert one.claims.citizen_number == ("SoDinhDanh", "SoCMND")
    assert (one.account_types["1"], one.account_types["4"]) == (AccountKind.CITIZEN, AccountKind.FOREIGNER)
    assert one.userinfo_method == "POST"


def test_a_map_of_levels_is_replaced_whole_so_that_no_value_of_the_preset_slips_in() -> None:
    one = Profile.model_validate(DVCQG | {"level_map": {"cao": 2}})
    assert one.level_map == {"cao": 2}


@pytest.mark.parametrize("preset", PRESETS)
def test_every_value_of_a_preset_is_a_setting(preset: str) -> None:
    assert set(PRESETS[preset]) <= set(Profile.model_fields)
    assert set(PRESETS[preset]["claims"]) <= set(ClaimNames.model_fields)


def test_settings_can_come_as_json() -> None:
    changes = {"acr_values_by_level": {"1": "LoA1", "2": "LoA2"}, "claims": {"level": ["loAs", "IAL"]}}
    one = Profile.model_validate(json.loads(json.dumps(OIDC | changes)))
    assert one.acr_values_by_level == {1: "LoA1", 2: "LoA2"}


@pytest.mark.parametrize(
    ("given", "said"),
    [
        (OIDC | {"issuer": ""}, "issuer: needed when discovery is on"),
        (EXPLICIT | {"token_endpoint": ""}, "token_endpoint: needed when discovery is off"),
        (EXPLICIT | {"authorization_endpoint": ""}, "authorization_endpoint: needed when discovery is off"),
        (EXPLICIT | {"jwks_uri": ""}, "jwks_uri: needed when discovery is off"),
        (EXPLICIT | {"issuer": ""}, "issuer: needed when discovery is off"),
        (EXPLICIT | {"end_session_endpoint": ""}, "end_session_endpoint: needed when discovery is off"),
        (EXPLICIT | {"logout": "revoke"}, "revocation_endpoint: needed when discovery is off"),
        (EXPLICIT | {"identity_from": "both"}, "userinfo_endpoint: needed when discovery is off"),
        (DVCQG | {"back_channel": True}, "jwks_uri: needed when discovery is off"),
        (OIDC | {"client_secret": ""}, "client_secret: needed, here or in client_secret_file"),
        (OIDC | {"client_secret": "mật khẩu"}, "client_secret: holds letters that cannot be sent"),
        (OIDC | {"client_auth": "none"}, "client_auth: is none, but there is a client_secret"),
        (OIDC | {"client_auth": "none", "client_secret": "", "pkce": "off"}, "pkce: needed when client_auth is none"),
        (OIDC | {"decryption": "rsa+aes-cbc"}, "decryption_key_file: needed when decryption is on"),
        (OIDC | {"claims": {"subject": ()}}, "claims.subject: needed"),
        (
            OIDC | {"claims": {"subject": "so", "citizen_number": "so"}},
            "claims.subject: must not be the citizen number",
        ),
        (OIDC | {"identity_from": "userinfo"}, "nonce: stands in the id_token"),
        (OIDC | {"claims": {"account_type": "kind"}}, "account_types: needed when claims.account_type is named"),
        (OIDC | {"lowest_level": 1, "level_map": {"x": 0}}, "lowest_level: is above a level of level_map"),
        (OIDC | {"level_map": {"x": 1}, "claims": {"level": ()}}, "claims.level: needed when there is a level_map"),
        (OIDC | {"logout": "logout-uri"}, "logout_hosts: needed when logout is logout-uri"),
        (OIDC | {"logout": "logout-uri"}, "claims.logout_uri: needed when logout is logout-uri"),
        (OIDC | {"allowed_hosts": ["other.example"]}, "allowed_hosts: leaves out idp.example"),
        (OIDC | {"allowed_hosts": ["*.example"]}, "allowed_hosts"),
        (OIDC | {"allowed_hosts": ["idp.example:443"]}, "allowed_hosts"),
        (OIDC | {"logout_hosts": ["Idp.example"]}, "logout_hosts"),
        (OIDC | {"issuer": "http://idp.example"}, "needs https"),
        (OIDC | {"token_endpoint": "https://u:p@idp.example/"}, "token_endpoint"),
        (OIDC | {"algorithms": ["HS256"]}, "algorithms"),
        (OIDC | {"algorithms": ["none"]}, "algorithms"),
        (OIDC | {"algorithms": []}, "algorithms"),
        (OIDC | {"pkce": "plain"}, "pkce"),
        (OIDC | {"preset": "google"}, "preset"),
        (OIDC | {"id": "Tỉnh"}, "id"),
        (OIDC | {"id": "a/b"}, "id"),
        (OIDC | {"lowest_level": 2}, "lowest_level"),
        (OIDC | {"level_map": {"x": 3}}, "level_map"),
        (OIDC | {"total_seconds": 0}, "total_seconds"),
        (OIDC | {"redirect_path": "//evil"}, "redirect_path"),
        (OIDC | {"client_id": "a b"}, "client_id"),
        (OIDC | {"client_sekret": "x"}, "client_sekret"),
        (OIDC | {"claims": {"nick": "x"}}, "claims.nick"),
        (OIDC | {"decryption_key_file": "no-such-file.pem"}, "decryption_key_file"),
        (OIDC | {"ca_file": "no-such-file.pem"}, "ca_file"),
    ],
)
def test_a_mistake_is_named_without_showing_a_secret(given: dict[str, Any], said: str) -> None:
    with pytest.raises(ValidationError) as caught:
        Profile.model_validate(given)
    assert said in str(caught.value)
    assert "top-secret-words" not in str(caught.value)
    assert "u:p@" not in str(caught.value)


def test_a_secret_stands_in_one_place_only(tmp_path: Path) -> None:
    file = tmp_path / "secret"
    file.write_text("x")
    with pytest.raises(ValidationError, match="in one of them only"):
        Profile.model_validate(OIDC | {"client_secret_file": file})
    assert Profile.model_validate(OIDC | {"client_secret": "", "client_secret_file": file}).client_secret_file == file


def test_a_secret_is_not_shown() -> None:
    assert "top-secret-words" not in repr(Profile.model_validate(OIDC))


def test_every_setting_and_preset_is_documented() -> None:
    text = (Path(__file__).parents[3] / "deploy" / "docs" / "sign-in.md").read_text(encoding="utf-8")
    settings = [*Profile.model_fields, *(f"claims.{name}" for name in ClaimNames.model_fields)]
    assert [name for name in [*settings, *PRESETS] if f"`{name}`" not in text] == []
