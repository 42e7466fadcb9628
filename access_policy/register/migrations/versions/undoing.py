"""What ends a list, lifts a withdrawal or takes a box away keeps its revision too, so that an index can follow it."""

import sqlalchemy as sa
from alembic import op

revision = "0003"
down_revision = "0002"

_UNDOING = (
    ("restricted_list_versions", "end_revision", "effective_to"),
    ("withdrawals", "lift_revision", "lifted_at"),
    ("redactions", "removal_revision", "removed_at"),
)


def upgrade() -> None:
    """Add a column each; what was undone before counts as undone at the newest revision there is."""
    changes = sa.table("register_changes", sa.column("revision"))
    newest = sa.select(sa.func.max(changes.c.revision)).scalar_subquery()
    for name, column, undone in _UNDOING:
        op.add_column(name, sa.Column(column, sa.Integer))
        rows = sa.table(name, sa.column(column), sa.column(undone))
        op.get_bind().execute(sa.update(rows).where(rows.c[undone].is_not(None)).values({column: newest}))
