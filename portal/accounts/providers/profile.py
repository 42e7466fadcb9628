"""The settings of one identity provider. Everything that differs between providers stands here and nowhere else."""

from typing import Annotated, Any, Literal, Self

from pydantic import (
    BaseModel,
    BeforeValidator,
    ConfigDict,
    Field,
    FilePath,
    SecretStr,
    field_validator,
    model_validator,
)

from portal.accounts.providers.contradictions import contradictions
from portal.accounts.providers.hosts import host_of
from portal.accounts.providers.identity import AccountKind
from portal.accounts.providers.presets import PRESETS

Algorithm = Literal["RS256", "PS256", "ES256", "EdDSA", "Ed25519"]
Level = Annotated[int, Field(ge=0, le=2)]
Seconds = Annotated[float, Field(gt=0, le=20)]


_TAKEN = frozenset({"tai-khoan", "hoan-tat", "muc-cao-hon", "chua-xong", "da-co-tai-khoan"})
"""Addresses below /dang-nhap that are pages of ours."""


def _one_or_more(value: object) -> object:
    return (value,) if isinstance(value, str) else value


Claim = Annotated[tuple[str, ...], BeforeValidator(_one_or_more)]
"""Names of a claim, the best first: the first that holds something is read. One name may stand alone."""


class ClaimNames(BaseModel):
    """What the provider calls what. Empty: it does not say."""

    model_config = ConfigDict(extra="forbid", frozen=True, hide_input_in_errors=True)

    subject: Claim = ("sub",)
    citizen_number: Claim = ()
    name: Claim = ()
    birth_date: Claim = ()
    account_type: Claim = ()
    organisation_name: Claim = ()
    organisation_number: Claim = ()
    level: Claim = ()
    email: Claim = ()
    phone: Claim = ()
    logout_uri: Claim = ()


class Profile(BaseModel):
    """One entry of `identity_providers`: a preset, and whatever the operator says otherwise.

    A claim or an account type that is named replaces that one of the preset; the others stay. What each field means
    stands in deploy/docs/sign-in.md.
    """

    model_config = ConfigDict(extra="forbid", frozen=True, hide_input_in_errors=True)

    id: str = Field(pattern=r"^[a-z][a-z0-9-]{0,30}$")
    preset: Literal["oidc", "dvcqg", "vneid"] = "oidc"
    audience: Literal["readers", "staff"] = "readers"
    demo: bool = False
    name: str = Field(min_length=1, max_length=80)
    name_en: str = Field(default="", max_length=80)

    issuer: str = ""
    discovery: bool = True
    metadata_url: str = ""
    authorization_endpoint: str = ""
    token_endpoint: str = ""
    userinfo_endpoint: str = ""
    jwks_uri: str = ""
    end_session_endpoint: str = ""
    revocation_endpoint: str = ""
    allowed_hosts: tuple[str, ...] = ()
    redirect_path: str = Field(default="", pattern=r"^(/[A-Za-z0-9._~-]+)*$")

    client_id: str = Field(min_length=1, pattern=r"^[!-~]+$")
    client_secret: SecretStr = SecretStr("")
    client_secret_file: FilePath | None = None
    client_auth: Literal["post", "basic", "none"] = "post"

    scope: str = "openid"
    acr_values: str = ""
    acr_values_by_level: dict[Level, str] = {}
    step_up_prompt: str = ""
    pkce: Literal["S256", "off"] = "S256"
    nonce: Literal["required", "optional", "off"] = "required"
    algorithms: tuple[Algorithm, ...] = Field(default=("RS256", "PS256", "ES256", "EdDSA"), min_length=1)

    identity_from: Literal["id_token", "userinfo", "both"] = "id_token"
    userinfo_method: Literal["GET", "POST"] = "GET"
    decryption: Literal["none", "rsa+aes-cbc", "rsa+aes-ecb"] = "none"
    decryption_key_file: FilePath | None = None
    raw_plus: bool = False

    claims: ClaimNames = ClaimNames()
    birth_date_formats: tuple[str, ...] = ("%Y-%m-%d",)
    account_types: dict[str, AccountKind] = {}
    level_map: dict[str, Level] = {}
    lowest_level: Annotated[int, Field(ge=0, le=1)] = 0

    logout: Literal["none", "rp-initiated", "logout-uri", "revoke"] = "none"
    logout_return_parameter: str = Field(default="post_logout_redirect_uri", pattern=r"^[a-z_]+$")
    logout_hosts: tuple[str, ...] = ()
    back_channel: bool = False

    connect_seconds: Seconds = 5.0
    read_seconds: Seconds = 5.0
    total_seconds: Seconds = 10.0
    ca_file: FilePath | None = None
    proxy: str = Field(default="", pattern=r"^(https?://\S+)?$")

    @model_validator(mode="before")
    @classmethod
    def _over_the_preset(cls, given: Any) -> Any:
        if not isinstance(given, dict):
            return given
        preset = PRESETS.get(str(given.get("preset", "oidc")), {})
        merged = {**preset, **given}
        for table in ("claims", "account_types"):
            if isinstance(preset.get(table), dict) and isinstance(given.get(table), dict):
                merged[table] = preset[table] | given[table]
        return merged

    @field_validator(
        "issuer",
        "metadata_url",
        "authorization_endpoint",
        "token_endpoint",
        "userinfo_endpoint",
        "jwks_uri",
        "end_session_endpoint",
        "revocation_endpoint",
    )
    @classmethod
    def _usable(cls, address: str) -> str:
        if address:
            host_of(address)
        return address

    @field_validator("id")
    @classmethod
    def _no_page_of_ours(cls, given: str) -> str:
        if given in _TAKEN:
            raise ValueError("is the name of a page of signing in; choose another")
        return given

    @field_validator("allowed_hosts", "logout_hosts")
    @classmethod
    def _bare_hosts(cls, hosts: tuple[str, ...]) -> tuple[str, ...]:
        for host in hosts:
            if host_of(f"https://{host}/") != host:
                raise ValueError("holds names of hosts alone, in small letters: no port, no path, no pattern")
        return hosts

    @model_validator(mode="after")
    def _coherent(self) -> Self:
        found = list(contradictions(self))
        if found:
            raise ValueError("; ".join(found))
        return self

    @property
    def hosts(self) -> frozenset[str]:
        """Where the portal may ask and send browsers: `allowed_hosts`, or else the hosts of the addresses given."""
        return frozenset(self.allowed_hosts) or self.own_hosts

    @property
    def own_hosts(self) -> frozenset[str]:
        """The hosts of the addresses that stand in this profile."""
        return frozenset(host_of(address) for address in self.addresses.values() if address)

    @property
    def addresses(self) -> dict[str, str]:
        """The addresses that stand in this profile, by the name of their field; "" where none is given."""
        return {
            "issuer": self.issuer,
            "metadata_url": self.metadata_url,
            "authorization_endpoint": self.authorization_endpoint,
            "token_endpoint": self.token_endpoint,
            "userinfo_endpoint": self.userinfo_endpoint,
            "jwks_uri": self.jwks_uri,
            "end_session_endpoint": self.end_session_endpoint,
            "revocation_endpoint": self.revocation_endpoint,
        }

    @property
    def callback_path(self) -> str:
        """Where the browser comes back to: the same on both sites and in both languages, as providers want it."""
        return self.redirect_path or f"/dang-nhap/{self.id}/tro-ve"
