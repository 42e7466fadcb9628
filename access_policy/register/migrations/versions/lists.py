"""The lists alone: the two tables that the first register had, where they are missing."""

import sqlalchemy as sa
from alembic import op

revision = "0001"
down_revision = None


def upgrade() -> None:
    """Create them; a register that was made before there were migrations has them."""
    if sa.inspect(op.get_bind()).has_table("restricted_list_versions"):
        return
    op.create_table(
        "restricted_list_versions",
        sa.Column("number", sa.String(60), primary_key=True),
        sa.Column("issued_on", sa.Date, nullable=False),
        sa.Column("authority", sa.String(200), nullable=False),
        sa.Column("legal_basis", sa.Text, nullable=False),
        sa.Column("effective_from", sa.Date, nullable=False),
        sa.Column("effective_to", sa.Date),
    )
    op.create_table(
        "restricted_list_entries",
        sa.Column("id", sa.Integer, primary_key=True, autoincrement=True),
        sa.Column(
            "list_number", sa.String(60), sa.ForeignKey("restricted_list_versions.number"), nullable=False, index=True
        ),
        sa.Column("target_id", sa.String(120), nullable=False, index=True),
        sa.Column("first_page", sa.Integer),
        sa.Column("last_page", sa.Integer),
        sa.Column("category", sa.String(60), nullable=False),
        sa.Column("reason", sa.Text, nullable=False),
        sa.Column("opens_on", sa.Date),
        sa.Column("existence_shown", sa.Boolean, nullable=False),
        sa.Column("description_shown", sa.Boolean, nullable=False),
        sa.Column("requestable", sa.Boolean, nullable=False),
    )
