"""Putting the outbox into an archive database on PostgreSQL, and taking it out again."""

from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

from alembic import command
from alembic.config import Config
from alembic.util import CommandError
from sqlalchemy import Connection, Engine, text

from indexer.sources.outbox.layout import Layout
from indexer.sources.outbox.log import has_outbox
from indexer.sources.port import SourceUnavailable
from indexer.sources.streams import answering

OLDEST_SERVER = 13
"""The first PostgreSQL whose transaction numbers never start again."""

PATIENCE_SECONDS = 30
"""How long to wait for those who are writing just now; while we wait, others wait behind us."""

_MIGRATIONS = Path(__file__).with_name("migrations")
_TURN = 2_052_025
"""Number of PostgreSQL's advisory lock for whoever migrates."""


def install(engine: Engine, layout: Layout) -> None:
    """Every migration that has not run yet, in one transaction: all of them or none. Raises SourceUnavailable."""
    with _migrating(engine, layout) as config:
        command.upgrade(config, "head")


def remove(engine: Engine, layout: Layout) -> None:
    """Take out the outbox with all changes that are kept in it. Raises SourceUnavailable."""
    if not has_outbox(engine):
        raise SourceUnavailable(f"archive database {_where(engine)}: has no outbox")
    with _migrating(engine, layout) as config:
        command.downgrade(config, "base")


@contextmanager
def _migrating(engine: Engine, layout: Layout) -> Iterator[Config]:
    if engine.dialect.name != "postgresql":
        raise SourceUnavailable(f"archive database {_where(engine)}: only PostgreSQL can keep an outbox")
    config = Config()
    config.set_main_option("script_location", str(_MIGRATIONS).replace("%", "%%"))
    try:
        with answering(engine), engine.begin() as connection:
            schema = _prepared(connection, _where(engine))
            config.attributes.update(connection=connection, layout=layout, schema=schema)
            yield config
    except CommandError as error:
        raise SourceUnavailable(f"archive database {_where(engine)}: {error}") from None


def _prepared(connection: Connection, where: str) -> str:
    """The schema with the archive's tables, once it is our turn. Raises SourceUnavailable for a server too old."""
    version = connection.execute(text("SELECT current_setting('server_version_num')::int")).scalar_one()
    if version < OLDEST_SERVER * 10_000:
        raise SourceUnavailable(f"archive database {where}: an outbox needs PostgreSQL {OLDEST_SERVER} or newer")
    connection.execute(text(f"SET LOCAL lock_timeout = '{PATIENCE_SECONDS}s'"))
    connection.execute(text("SELECT pg_advisory_xact_lock(:turn)"), {"turn": _TURN})
    return str(connection.execute(text("SELECT current_schema()")).scalar_one())


def _where(engine: Engine) -> str:
    return engine.url.render_as_string(hide_password=True)
