"""Reading an archive database laid out after TT 02/2019 (`legacy_schema.py`)."""

from pathlib import Path

from sqlalchemy import Engine

from indexer.sources.database import DatabaseSource
from indexer.sources.legacy_stages import stages


class LegacySource(DatabaseSource):
    """An archive database laid out after TT 02/2019: fonds, files, documents, photos, films, sound, video."""

    def __init__(self, engine: Engine, *, state_dir: Path | None = None) -> None:
        super().__init__(engine, stages(), state_dir=state_dir)
