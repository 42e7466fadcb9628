"""One sequence of versions, the outbox, the triggers that fill it, and the indexes that keep them quick."""

from typing import Any

import sqlalchemy as sa
from alembic import context, op
from sqlalchemy.dialects.postgresql import TIMESTAMP

from indexer.sources.code_index import index_of_code
from indexer.sources.outbox.triggers import FORGOTTEN, OUTBOX, SEQUENCE, Writer

revision = "0001"
down_revision = None


def upgrade() -> None:
    """Versions go on where the highest one there is ends."""
    writer, schema = _writer(), context.config.attributes["schema"]
    op.execute(f"CREATE SEQUENCE {SEQUENCE}")
    highest = op.get_bind().execute(sa.text(writer.highest_versions())).scalar_one()
    op.execute(f"SELECT setval('{SEQUENCE}', {int(highest)})")
    op.create_table(
        OUTBOX,
        sa.Column("change_id", sa.BigInteger, autoincrement=True, nullable=False),
        sa.Column("xid", _Xid8(), nullable=False, server_default=sa.text("pg_current_xact_id()")),
        sa.Column("row_key", sa.Text, nullable=False),
        sa.Column("version", sa.BigInteger, nullable=False),
        sa.Column("at", TIMESTAMP(timezone=True), nullable=False, server_default=sa.func.now()),
        sa.PrimaryKeyConstraint("xid", "change_id"),
    )
    op.create_table(FORGOTTEN, sa.Column("xid", _Xid8(), nullable=False), sa.Column("change_id", sa.BigInteger))
    op.execute(f"INSERT INTO {FORGOTTEN} SELECT pg_snapshot_xmin(pg_current_snapshot()), 0")
    for standing in context.config.attributes["layout"].described:
        copy = standing.table.to_metadata(sa.MetaData(), schema=schema)
        copy.indexes.clear()
        index_of_code(copy, standing.code).create(op.get_bind(), checkfirst=True)
    for statement in (*writer.functions(), *writer.triggers()):
        op.execute(statement)


def downgrade() -> None:
    """Versions and indexes stay: both do no harm."""
    for statement in _writer().drops():
        op.execute(statement)
    op.drop_table(OUTBOX)
    op.drop_table(FORGOTTEN)
    op.execute(f"DROP SEQUENCE {SEQUENCE}")


def _writer() -> Writer:
    attributes = context.config.attributes
    return Writer(attributes["layout"], attributes["schema"])


class _Xid8(sa.types.UserDefinedType[int]):
    cache_ok = True

    def get_col_spec(self, **_: Any) -> str:
        """PostgreSQL's name of it."""
        return "xid8"
