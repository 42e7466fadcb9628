"""Reading copies of records under a permit."""

import sqlalchemy as sa
from alembic import op

revision = "0005"
down_revision = "0004"


def upgrade() -> None:
    """Make the tables; the indexer fills them."""
    op.create_table(
        "reading_copies",
        sa.Column("record_id", sa.String(120), primary_key=True),
        sa.Column("objects", sa.Text, nullable=False),
        sa.Column("fingerprint", sa.String(64), nullable=False),
        sa.Column("made_at", sa.DateTime(timezone=True), nullable=False),
    )
    op.create_table(
        "copied_pages",
        sa.Column("record_id", sa.String(120), primary_key=True),
        sa.Column("number", sa.Integer, primary_key=True, autoincrement=False),
        sa.Column("text", sa.Text, nullable=False),
        sa.Column("boxes", sa.Text, nullable=False),
    )
