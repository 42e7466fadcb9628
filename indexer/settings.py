"""Settings of the indexer: one TOML file, and the environment above it."""

import os
from pathlib import Path

from pydantic_settings import BaseSettings, PydanticBaseSettingsSource, SettingsConfigDict, TomlConfigSettingsSource

SETTINGS_FILE = "ARCHIVE_SETTINGS"
"""Environment variable with the path of the settings file; without it `archive.toml` in the working folder is read."""


class IndexSettings(BaseSettings):
    """Where the index is. Every setting is also an environment variable: `index_dir` is `ARCHIVE_INDEX_DIR`."""

    model_config = SettingsConfigDict(env_prefix="ARCHIVE_", extra="ignore", frozen=True)

    index_dir: Path = Path(".var/index")

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
    """What the indexer works with: the archive database, the register of restricted-use lists, reports."""

    database_url: str = "sqlite:///.var/archive.db"
    register_url: str = "sqlite:///.var/register.db"
    pages_dir: Path = Path(".var/pages")
    reports_dir: Path = Path(".var/reports")
