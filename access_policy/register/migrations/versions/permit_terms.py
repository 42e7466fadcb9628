"""Terms of permits: the reading room alone, so many pages a day, a stronger mark."""

import sqlalchemy as sa
from alembic import op

revision = "0004"
down_revision = "0003"


def upgrade() -> None:
    """Add the columns; permits of before are bound by none of them."""
    with op.batch_alter_table("permits") as permits:
        permits.add_column(sa.Column("reading_room_only", sa.Boolean, nullable=False, server_default=sa.false()))
        permits.add_column(sa.Column("pages_per_day", sa.Integer))
        permits.add_column(sa.Column("strong_watermark", sa.Boolean, nullable=False, server_default=sa.false()))
