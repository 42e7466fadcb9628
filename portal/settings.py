"""Settings of the public portal: the same TOML file and environment as the indexer's, other fields."""

from datetime import time
from ipaddress import IPv4Network, IPv6Network
from pathlib import Path
from typing import Self

from pydantic import Field, SecretBytes, SecretStr, ValidationInfo, field_validator, model_validator
from pydantic_settings import SettingsConfigDict

from indexer.settings import IndexSettings
from portal.accounts.credentials.rules import PasswordRules
from portal.accounts.providers.profile import Profile
from portal.requests.codes import AGENCY

LEAST_SECRET = 32

LEAST_LEVELS = {"link": 2, "export": 1, "request": 2}
"""Levels of assurance: 0 says nothing, 1 and 2 are the two levels (*mức độ*) of Decree 69/2024/NĐ-CP."""


class PortalSettings(IndexSettings):
    """Everything an operator may set. `archive_name` is `ARCHIVE_ARCHIVE_NAME` in the environment, and so on.

    `secret_key` signs forms and names cached renders; without it the portal does not start. `access_log_key` seals the
    access log; when it is empty, a key derived from `secret_key` does. `proxies` is the exact
    number of reverse proxies in front. Limits are in the notation of flask-limiter, per network address.
    `personal_data_keys` seal what is known of readers, the first of them anew; `matching_key` recognises people by
    their numbers and must never change. Addresses that others are told are built from `base_url`. `agency_code` begins
    every mã hồ sơ. What is wrong is said
    without its value, which may be a secret.
    """

    model_config = SettingsConfigDict(hide_input_in_errors=True)

    archive_name: str = "Lưu trữ lịch sử tỉnh"
    archive_name_en: str = "Provincial Historical Archive"
    contact_email: str = ""
    secret_key: SecretBytes
    trusted_hosts: tuple[str, ...] = ("127.0.0.1", "localhost")
    proxies: int = Field(default=0, ge=0, le=3)
    register_url: str = "sqlite:///.var/register.db"
    pages_dir: Path = Path(".var/pages")
    access_log_dir: Path = Path(".var/access-log")
    access_log_key: SecretBytes = SecretBytes(b"")
    cache_dir: Path = Path(".var/cache")
    cache_bytes: int = Field(default=2_000_000_000, ge=10_000_000)
    redis_url: str = ""
    session_redis_url: str = ""
    limit_search: str = "60/minute;1500/hour"
    limit_suggest: str = "240/minute"
    limit_images: str = "240/minute;4000/hour"
    limit_sign_in: str = "20/minute;200/hour"
    limit_look_up: str = "30/hour"
    limit_back_channel: str = "600/minute"
    base_url: str = Field(default="http://127.0.0.1:8000", pattern=r"^https?://[^/?#\s]+$")
    desk_url: str = Field(default="http://127.0.0.1:8001", pattern=r"^https?://[^/?#\s]+$")
    store_url: str = "sqlite:///.var/portal.db"
    personal_data_keys: tuple[SecretBytes, ...] = ()
    matching_key: SecretBytes = SecretBytes(b"")
    identity_providers: tuple[Profile, ...] = ()
    required_levels: dict[str, int] = Field(default=LEAST_LEVELS)
    session_idle_minutes: int = Field(default=30, ge=5, le=60)
    session_hours: int = Field(default=8, ge=1, le=24)
    desk_idle_minutes: int = Field(default=15, ge=1, le=15)
    desk_hours: int = Field(default=10, ge=1, le=12)
    desk_code_waived_from_level: int | None = Field(default=None, ge=1, le=2)
    password_rules: PasswordRules = PasswordRules()
    smtp_host: str = ""
    smtp_port: int = Field(default=587, ge=1, le=65535)
    smtp_user: str = ""
    smtp_password: SecretStr = SecretStr("")
    smtp_sender: str = ""
    smtp_starttls: bool = True
    smtp_ca_file: Path | None = None
    sms_spool_dir: Path | None = None
    sms_gateway_url: str = Field(default="", pattern=r"^(https?://[^/?#\s]+\S*)?$")
    sms_gateway_key: SecretStr = SecretStr("")
    sms_quiet_from: time = time(21)
    sms_quiet_until: time = time(7)
    worker_lease_seconds: int = Field(default=60, ge=2, le=600)
    agency_code: str = Field(default="H00.1", pattern=AGENCY)
    reading_room_networks: tuple[IPv4Network | IPv6Network, ...] = ()
    attachments_dir: Path = Path(".var/attachments")
    attachment_bytes: int = Field(default=10_000_000, ge=100_000, le=50_000_000)
    clamav_socket: str = ""
    demo: bool = False
    demo_mail_dir: Path | None = None
    render_slots: int = Field(default=2, ge=1)
    render_seconds: int = Field(default=20, ge=1)

    @field_validator("secret_key")
    @classmethod
    def _long_enough(cls, value: SecretBytes) -> SecretBytes:
        if len(value.get_secret_value()) < LEAST_SECRET:
            raise ValueError(f"secret_key needs at least {LEAST_SECRET} characters")
        return value

    @field_validator("access_log_key", "matching_key")
    @classmethod
    def _empty_or_long_enough(cls, value: SecretBytes, info: ValidationInfo) -> SecretBytes:
        if 0 < len(value.get_secret_value()) < LEAST_SECRET:
            raise ValueError(f"{info.field_name} needs at least {LEAST_SECRET} characters, or none")
        return value

    @field_validator("personal_data_keys")
    @classmethod
    def _each_long_enough(cls, value: tuple[SecretBytes, ...]) -> tuple[SecretBytes, ...]:
        if any(len(key.get_secret_value()) < LEAST_SECRET for key in value):
            raise ValueError(f"each of personal_data_keys needs at least {LEAST_SECRET} characters")
        return value

    @field_validator("required_levels")
    @classmethod
    def _over_the_least(cls, value: dict[str, int]) -> dict[str, int]:
        if not value.keys() <= LEAST_LEVELS.keys() or any(not 0 <= level <= 2 for level in value.values()):
            raise ValueError(f"required_levels say 0, 1 or 2 for {', '.join(LEAST_LEVELS)}")
        return LEAST_LEVELS | value

    @model_validator(mode="after")
    def _real_without_demonstration(self) -> Self:
        if not self.demo and (self.demo_mail_dir or any(profile.demo for profile in self.identity_providers)):
            raise ValueError("demo_mail_dir and identity providers of a demonstration go with demo = true alone")
        return self
