"""Drafts and activation, revisions, withdrawals, permits, redactions, sweeps, proposals of opening.

Lists of the first register count as activated, each with a revision of its own; their targets are spelt as ids are.
"""

import sqlalchemy as sa
from alembic import op

revision = "0002"
down_revision = "0001"

_BEFORE = "migration"  # stands where the first register kept no name


def upgrade() -> None:
    """Widen the two tables, bring their rows along, add the others."""
    _add_changes()
    _widen_lists()
    _activate_all()
    _number_lines()
    _spell_targets()
    _close_lists()
    _add_withdrawals()
    _add_permits()
    _add_redactions()
    _add_openings()


def _moment(name: str, *, nullable: bool = True) -> sa.Column[object]:
    return sa.Column(name, sa.DateTime(timezone=True), nullable=nullable)


def _revision() -> sa.Column[object]:
    return sa.Column("revision", sa.Integer, sa.ForeignKey("register_changes.revision"), nullable=False)


def _number() -> sa.Column[int]:
    return sa.Column("id", sa.Integer, primary_key=True, autoincrement=True)


def _add_changes() -> None:
    op.create_table(
        "register_changes",
        sa.Column("revision", sa.Integer, primary_key=True, autoincrement=True),
        sa.Column("kind", sa.String(30), nullable=False),
        sa.Column("what", sa.String(300), nullable=False),
        sa.Column("author", sa.String(120), nullable=False),
        _moment("at", nullable=False),
        sqlite_autoincrement=True,
    )


def _widen_lists() -> None:
    with op.batch_alter_table("restricted_list_versions") as versions:
        versions.alter_column("effective_from", existing_type=sa.Date(), nullable=True)
        versions.add_column(sa.Column("imported_by", sa.String(120)))
        versions.add_column(_moment("imported_at"))
        versions.add_column(sa.Column("activated_by", sa.String(120)))
        versions.add_column(_moment("activated_at"))
        versions.add_column(sa.Column("revision", sa.Integer))
        versions.create_foreign_key(
            "fk_restricted_list_versions_revision", "register_changes", ["revision"], ["revision"]
        )
    with op.batch_alter_table("restricted_list_entries") as entries:
        entries.add_column(sa.Column("line", sa.Integer))


def _activate_all() -> None:
    versions = _table("restricted_list_versions", "number", "effective_from", "imported_by", "activated_by", "revision")
    moments = sa.table("restricted_list_versions", sa.column("imported_at"), sa.column("activated_at"))
    changes = _table("register_changes", "revision", "kind", "what", "author", "at")
    connection, now = op.get_bind(), sa.func.current_timestamp()
    numbers = connection.execute(sa.select(versions.c.number).order_by(versions.c.effective_from, versions.c.number))
    for number in numbers.scalars().all():
        change = {"kind": "activate", "what": number, "author": _BEFORE, "at": now}
        taken = connection.execute(sa.insert(changes).values(change).returning(changes.c.revision)).scalar_one()
        own = {"imported_by": _BEFORE, "activated_by": _BEFORE, "revision": taken}
        connection.execute(sa.update(versions).where(versions.c.number == number).values(own))
    connection.execute(sa.update(moments).values(imported_at=now, activated_at=now))


def _number_lines() -> None:
    """The first register kept the order of the lines, but not their numbers."""
    entries = _table("restricted_list_entries", "id", "list_number", "line")
    connection = op.get_bind()
    firsts = sa.select(entries.c.list_number, sa.func.min(entries.c.id)).group_by(entries.c.list_number)
    for number, first in connection.execute(firsts).all():
        of_list = sa.update(entries).where(entries.c.list_number == number)
        connection.execute(of_list.values(line=entries.c.id - first + 1))


def _spell_targets() -> None:
    entries = _table("restricted_list_entries", "target_id")
    connection = op.get_bind()
    for target in connection.execute(sa.select(entries.c.target_id).distinct()).scalars().all():
        spelt = target.strip().lower()
        if spelt != target:
            connection.execute(sa.update(entries).where(entries.c.target_id == target).values(target_id=spelt))


def _close_lists() -> None:
    """What every row has from now on."""
    with op.batch_alter_table("restricted_list_versions") as versions:
        versions.alter_column("imported_by", existing_type=sa.String(120), nullable=False)
        versions.alter_column("imported_at", existing_type=sa.DateTime(timezone=True), nullable=False)
    with op.batch_alter_table("restricted_list_entries") as entries:
        entries.alter_column("line", existing_type=sa.Integer(), nullable=False)


def _add_withdrawals() -> None:
    op.create_table(
        "withdrawals",
        _number(),
        sa.Column("target_id", sa.String(120), nullable=False, index=True),
        sa.Column("first_page", sa.Integer),
        sa.Column("last_page", sa.Integer),
        sa.Column("reason", sa.Text, nullable=False),
        sa.Column("author", sa.String(120), nullable=False),
        _moment("withdrawn_at", nullable=False),
        sa.Column("lifted_by", sa.String(120)),
        _moment("lifted_at"),
        sa.Column("lift_reason", sa.Text),
        _revision(),
    )


def _add_permits() -> None:
    op.create_table(
        "permits",
        sa.Column("code", sa.String(60), primary_key=True),
        sa.Column("reader_id", sa.String(120), nullable=False, index=True),
        sa.Column("record_id", sa.String(120), nullable=False, index=True),
        sa.Column("first_page", sa.Integer),
        sa.Column("last_page", sa.Integer),
        sa.Column("actions", sa.String(200), nullable=False),
        sa.Column("starts_on", sa.Date, nullable=False),
        sa.Column("ends_on", sa.Date, nullable=False),
        sa.Column("granted_by", sa.String(120), nullable=False),
        _moment("granted_at", nullable=False),
        sa.Column("revoked_by", sa.String(120)),
        _moment("revoked_at"),
        _revision(),
    )


def _add_redactions() -> None:
    op.create_table(
        "redactions",
        _number(),
        sa.Column("record_id", sa.String(120), nullable=False, index=True),
        *(sa.Column(name, sa.Integer, nullable=False) for name in ("page", "left", "top", "right", "bottom")),
        sa.Column("reason", sa.Text, nullable=False),
        sa.Column("author", sa.String(120), nullable=False),
        _moment("drawn_at", nullable=False),
        sa.Column("removed_by", sa.String(120)),
        _moment("removed_at"),
        _revision(),
    )


def _add_openings() -> None:
    op.create_table(
        "sweeps",
        sa.Column("day", sa.Date, primary_key=True),
        _moment("started_at", nullable=False),
        _moment("finished_at"),
        sa.Column("opened", sa.Integer),
    )
    op.create_table(
        "opening_proposals",
        _number(),
        sa.Column("record_id", sa.String(120), nullable=False, index=True),
        sa.Column("rule", sa.String(60), nullable=False),
        sa.Column("proposed_on", sa.Date, nullable=False),
        sa.Column("state", sa.String(20), nullable=False),
        sa.Column("decided_by", sa.String(120)),
        _moment("decided_at"),
        sa.Column("reason", sa.Text),
    )


def _table(name: str, *columns: str) -> sa.TableClause:
    return sa.table(name, *(sa.column(column) for column in columns))
