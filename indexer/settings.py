"""Settings of the indexer: one TOML file, and the environment above it."""

import os
from enum import StrEnum
from pathlib import Path

from pydantic import Field, SecretStr
from pydantic_settings import BaseSettings, PydanticBaseSettingsSource, SettingsConfigDict, TomlConfigSettingsSource

SETTINGS_FILE = "ARCHIVE_SETTINGS"
"""Environment variable with the path of the settings file; without it `archive.toml` in the working folder is read."""


class Engine(StrEnum):
    """The engines that can hold the index."""

    TANTIVY = "tantivy"
    OPENSEARCH = "opensearch"
    MEILISEARCH = "meilisearch"


class IndexSettings(BaseSettings):
    """Where the index is. Every setting is also an environment variable: `index_dir` is `ARCHIVE_INDEX_DIR`.

    Names of indexes on a server begin with `index_prefix`, so that several archives can share one. `engine_seconds` is
    how long a question may take before the portal says that search is away.
    """

    model_config = SettingsConfigDict(env_prefix="ARCHIVE_", extra="ignore", frozen=True)

    engine: Engine = Engine.TANTIVY
    index_dir: Path = Path(".var/index")
    index_prefix: str = Field(default="archive", pattern=r"^[a-z][a-z0-9]{0,30}$")
    engine_seconds: float = Field(default=5.0, gt=0, le=60)
    opensearch_urls: tuple[str, ...] = ("http://127.0.0.1:9200",)
    opensearch_user: str = ""
    opensearch_password: SecretStr = SecretStr("")
    opensearch_ca_file: Path | None = None
    opensearch_page_shards: int = Field(default=1, ge=1, le=64)
    meili_url: str = "http://127.0.0.1:7700"
    meili_key: SecretStr = SecretStr("")

    @classmethod
    def settings_customise_sources(
        cls,
        settings_cls: type[BaseSettings],
        init_settings: PydanticBaseSettingsSource,
        env_settings: PydanticBaseSettingsSource,
        dotenv_settings: PydanticBaseSettingsSource,  # noqa: ARG003 - not read: one file is enough
        file_secret_settings: PydanticBaseSettingsSource,  # noqa: ARG003 - likewise
    ) -> tuple[PydanticBaseSettingsSource, ...]:
        """Arguments first, then the environment, then the file."""
        file = Path(os.environ.get(SETTINGS_FILE, "archive.toml"))
        return init_settings, env_settings, TomlConfigSettingsSource(settings_cls, toml_file=file)


class IndexerSettings(IndexSettings):
    """What the indexer works with: the archive database, the register of restricted-use lists, reports, own notes."""

    database_url: str = "sqlite:///.var/archive.db"
    register_url: str = "sqlite:///.var/register.db"
    pages_dir: Path = Path(".var/pages")
    reports_dir: Path = Path(".var/reports")
    state_dir: Path = Path(".var/state")
