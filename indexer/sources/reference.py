"""Reading the reference archive database (`schema.py`)."""

from pathlib import Path

from sqlalchemy import Engine

from indexer.sources.database import DatabaseSource
from indexer.sources.stages import stages


class ReferenceSource(DatabaseSource):
    """An archive database laid out after TT 05/2025: fonds, inventories, files, items, photos, films, sound, video."""

    def __init__(self, engine: Engine, *, state_dir: Path | None = None) -> None:
        super().__init__(engine, stages(), state_dir=state_dir)
