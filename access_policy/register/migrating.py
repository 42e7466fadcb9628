"""Bringing the tables of the register up to date."""

from pathlib import Path

from alembic import command
from alembic.config import Config
from sqlalchemy import Engine, text

from access_policy.register.connections import drafting, make_file

_MIGRATIONS = Path(__file__).with_name("migrations")
_TURN = 4_052_025
"""Number of PostgreSQL's advisory lock for whoever migrates."""


def migrate(engine: Engine) -> None:
    """Every migration that has not run yet, in one transaction: all of them or none. Raises RegisterUnavailable."""
    config = Config()
    config.set_main_option("script_location", str(_MIGRATIONS).replace("%", "%%"))
    make_file(engine)
    with drafting(engine) as connection:
        if engine.dialect.name == "postgresql":
            connection.execute(text("SELECT pg_advisory_xact_lock(:turn)"), {"turn": _TURN})
        config.attributes["connection"] = connection
        command.upgrade(config, "head")
