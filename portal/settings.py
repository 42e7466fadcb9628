"""Settings of the public portal: the same TOML file and environment as the indexer's, other fields."""

from pathlib import Path

from pydantic import Field, SecretBytes, field_validator

from indexer.settings import IndexSettings


class PortalSettings(IndexSettings):
    """Everything an operator may set. `archive_name` is `ARCHIVE_ARCHIVE_NAME` in the environment, and so on.

    `secret_key` signs forms and names cached renders; without it the portal does not start. `access_log_key` seals the
    access log; when it is empty, a key derived from `secret_key` does. `proxies` is the exact
    number of reverse proxies in front. Limits are in the notation of flask-limiter, per network address.
    """

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
    limit_search: str = "60/minute;1500/hour"
    limit_suggest: str = "240/minute"
    limit_images: str = "240/minute;4000/hour"
    render_slots: int = Field(default=2, ge=1)
    render_seconds: int = Field(default=20, ge=1)
    demo: bool = False

    @field_validator("secret_key")
    @classmethod
    def _long_enough(cls, value: SecretBytes) -> SecretBytes:
        if len(value.get_secret_value()) < 32:
            raise ValueError("secret_key needs at least 32 characters")
        return value

    @field_validator("access_log_key")
    @classmethod
    def _empty_or_long_enough(cls, value: SecretBytes) -> SecretBytes:
        if 0 < len(value.get_secret_value()) < 32:
            raise ValueError("access_log_key needs at least 32 characters, or none")
        return value
