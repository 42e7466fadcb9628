"""Requests, what was decided on them, provisions, notices, leases of workers."""

import sqlalchemy as sa
from alembic import op

revision = "0003"
down_revision = "0002"

ID, NAME, DIGEST, CODE = sa.String(32), sa.String(200), sa.String(64), sa.String(60)
MOMENT = sa.DateTime(timezone=True)


def upgrade() -> None:
    """Make the tables."""
    _add_cases()
    _add_around_cases()
    _add_work()


def _add_cases() -> None:
    op.create_table(
        "cases",
        sa.Column("id", ID, primary_key=True),
        sa.Column("account_id", ID, sa.ForeignKey("accounts.id"), nullable=False),
        sa.Column("state", sa.String(20), nullable=False),
        sa.Column("turn", sa.Integer, nullable=False),
        sa.Column("sealed", sa.Text, nullable=False),
        sa.Column("code", CODE, unique=True),
        sa.Column("lookup_digest", DIGEST),
        sa.Column("purpose", sa.String(2)),
        sa.Column("requester", sa.String(20)),
        sa.Column("extends", CODE),
        sa.Column("created_at", MOMENT, nullable=False),
        sa.Column("changed_at", MOMENT, nullable=False),
        sa.Column("submitted_at", MOMENT),
        sa.Column("received_at", MOMENT),
        sa.Column("counted_from", sa.Date),
        sa.Column("days", sa.Integer),
        sa.Column("due_on", sa.Date),
        sa.Column("days_left", sa.Integer),
        sa.Column("answer_by", sa.Date),
        sa.Column("supplements", sa.Integer, nullable=False),
        sa.Column("assigned_to", ID),
        sa.Column("proposed_by", ID),
        sa.Column("fee", sa.Integer),
        sa.Column("authority_reference", sa.String(200)),
        sa.Column("authority_on", sa.Date),
        sa.Column("decided_at", MOMENT),
        sa.Column("decided_by", ID),
        sa.Column("closed_at", MOMENT),
        sa.Column("overdue_at", MOMENT),
        sa.Column("rating", sa.Integer),
    )
    op.create_index("ix_cases_account", "cases", ["account_id", "created_at"])
    draft = sa.text("state = 'draft'")
    op.create_index("uq_cases_draft", "cases", ["account_id"], unique=True, postgresql_where=draft, sqlite_where=draft)
    op.create_index("ix_cases_queue", "cases", ["state", "due_on", "submitted_at"])
    op.create_index("ix_cases_assigned", "cases", ["assigned_to", "state"])
    op.create_index("ix_cases_submitted", "cases", ["submitted_at"])
    op.create_table(
        "case_lines",
        sa.Column("case_id", ID, sa.ForeignKey("cases.id"), primary_key=True),
        sa.Column("number", sa.Integer, primary_key=True, autoincrement=False),
        sa.Column("record_id", sa.String(120), nullable=False),
        sa.Column("reference_code", sa.String(200), nullable=False),
        sa.Column("title", sa.Text, nullable=False),
        sa.Column("kind", sa.String(10), nullable=False),
        sa.Column("certified", sa.Boolean, nullable=False),
        sa.Column("medium", sa.String(10), nullable=False),
        sa.Column("first_page", sa.Integer),
        sa.Column("last_page", sa.Integer),
        sa.Column("item", sa.String(20), nullable=False),
        sa.Column("page_count", sa.Integer, nullable=False),
        sa.Column("proposal", sa.Text),
        sa.Column("decision", sa.Text),
    )
    op.create_index("ix_case_lines_record_id", "case_lines", ["record_id"])
    op.create_table(
        "case_permits",
        sa.Column("code", CODE, primary_key=True),
        sa.Column("case_id", ID, sa.ForeignKey("cases.id"), nullable=False),
        sa.Column("line", sa.Integer, nullable=False),
        sa.Column("account_id", ID, nullable=False),
        sa.Column("terms", sa.Text, nullable=False),
        sa.Column("ends_on", sa.Date, nullable=False),
        sa.Column("author", NAME, nullable=False),
        sa.Column("granted_at", MOMENT),
        sa.Column("revoked_at", MOMENT),
        sa.Column("reminded_at", MOMENT),
    )
    op.create_index("ix_case_permits_case_id", "case_permits", ["case_id"])
    op.create_index("ix_case_permits_account_id", "case_permits", ["account_id"])
    op.create_index("ix_case_permits_ends_on", "case_permits", ["ends_on"])
    op.create_table(
        "permit_pages",
        sa.Column("permit", CODE, primary_key=True),
        sa.Column("day", sa.Date, primary_key=True),
        sa.Column("page", sa.Integer, primary_key=True, autoincrement=False),
    )
    op.create_table(
        "case_numbers",
        sa.Column("agency", sa.String(35), primary_key=True),
        sa.Column("day", sa.Date, primary_key=True),
        sa.Column("last", sa.Integer, nullable=False),
    )


def _add_around_cases() -> None:
    op.create_table(
        "case_events",
        sa.Column("id", sa.Integer, primary_key=True, autoincrement=True),
        sa.Column("case_id", ID, sa.ForeignKey("cases.id"), nullable=False),
        sa.Column("at", MOMENT, nullable=False),
        sa.Column("step", sa.String(20), nullable=False),
        sa.Column("state", sa.String(20), nullable=False),
        sa.Column("actor", sa.String(20), nullable=False),
        sa.Column("actor_id", sa.String(32), nullable=False),
        sa.Column("sealed", sa.Text),
    )
    op.create_index("ix_case_events_case_id", "case_events", ["case_id"])
    op.create_table(
        "case_notes",
        sa.Column("id", sa.Integer, primary_key=True, autoincrement=True),
        sa.Column("case_id", ID, sa.ForeignKey("cases.id"), nullable=False),
        sa.Column("at", MOMENT, nullable=False),
        sa.Column("staff_id", ID, nullable=False),
        sa.Column("sealed", sa.Text, nullable=False),
    )
    op.create_index("ix_case_notes_case_id", "case_notes", ["case_id"])
    op.create_table(
        "case_files",
        sa.Column("id", ID, primary_key=True),
        sa.Column("case_id", ID, sa.ForeignKey("cases.id"), nullable=False),
        sa.Column("sealed_name", sa.Text, nullable=False),
        sa.Column("media_type", sa.String(40), nullable=False),
        sa.Column("bytes", sa.Integer, nullable=False),
        sa.Column("sha256", DIGEST, nullable=False),
        sa.Column("scanned", sa.String(20), nullable=False),
        sa.Column("added_at", MOMENT, nullable=False),
    )
    op.create_index("ix_case_files_case_id", "case_files", ["case_id"])


def _add_work() -> None:
    op.create_table(
        "provisions",
        sa.Column("kind", sa.String(20), primary_key=True),
        sa.Column("version", sa.Integer, primary_key=True, autoincrement=False),
        sa.Column("content", sa.Text, nullable=False),
        sa.Column("valid_from", sa.Date, nullable=False),
        sa.Column("author", NAME, nullable=False),
        sa.Column("at", MOMENT, nullable=False),
    )
    op.create_table(
        "notices",
        sa.Column("id", sa.Integer, primary_key=True, autoincrement=True),
        sa.Column("event", sa.String(80), nullable=False),
        sa.Column("account_id", ID, nullable=False),
        sa.Column("template", sa.String(40), nullable=False),
        sa.Column("sealed", sa.Text, nullable=False),
        sa.Column("created_at", MOMENT, nullable=False),
        sa.Column("state", sa.String(10), nullable=False),
        sa.Column("tries", sa.Integer, nullable=False),
        sa.Column("due_at", MOMENT, nullable=False),
        sa.Column("leased_until", MOMENT),
        sa.Column("sent_at", MOMENT),
        sa.Column("read_at", MOMENT),
        sa.Column("fault", sa.String(200)),
        sa.UniqueConstraint("event", "account_id", name="uq_notices_event"),
    )
    op.create_index("ix_notices_due", "notices", ["state", "due_at"])
    op.create_index("ix_notices_account", "notices", ["account_id", "id"])
    op.create_table(
        "leases",
        sa.Column("job", sa.String(40), primary_key=True),
        sa.Column("holder", ID, nullable=False),
        sa.Column("until", MOMENT, nullable=False),
    )
    op.create_table(
        "saved_views",
        sa.Column("staff_id", ID, primary_key=True),
        sa.Column("name", sa.String(80), primary_key=True),
        sa.Column("query", sa.Text, nullable=False),
    )
