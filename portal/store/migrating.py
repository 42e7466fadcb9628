"""Bringing the tables of the store up to date."""

from pathlib import Path

from alembic import command
from alembic.config import Config
from sqlalchemy import text

from portal.store.database import Database

_MIGRATIONS = Path(__file__).with_name("migrations")
_TURN = 4_052_026
"""Number of PostgreSQL's advisory lock for whoever migrates."""


def migrate(database: Database) -> None:
    """Every migration that has not run yet, in one transaction: all of them or none. Raises StoreUnavailable."""
    config = Config()
    config.set_main_option("script_location", str(_MIGRATIONS).replace("%", "%%"))
    database.make_file()
    with database.writing() as connection:
        if connection.dialect.name == "postgresql":
            connection.execute(text("SELECT pg_advisory_xact_lock(:turn)"), {"turn": _TURN})
        config.attributes["connection"] = connection
        command.upgrade(config, "head")
