"""Accounts of readers and staff, their credentials, what happened to them, and sessions."""

import sqlalchemy as sa
from alembic import op

revision = "0001"
down_revision = None

ID, NAME, DIGEST = sa.String(32), sa.String(200), sa.String(64)
MOMENT = sa.DateTime(timezone=True)


def upgrade() -> None:
    """Make all tables."""
    _add_readers()
    _add_credentials()
    _add_staff()
    _add_sessions()


def _add_readers() -> None:
    op.create_table(
        "accounts",
        sa.Column("id", ID, primary_key=True),
        sa.Column("kind", sa.String(20), nullable=False),
        sa.Column("sealed", sa.Text, nullable=False),
        sa.Column("citizen_match", DIGEST),
        sa.Column("language", sa.String(2), nullable=False),
        sa.Column("terms_version", sa.String(40), nullable=False),
        sa.Column("terms_at", MOMENT),
        sa.Column("contact_verified_at", MOMENT),
        sa.Column("issued_by", NAME),
        sa.Column("created_at", MOMENT, nullable=False),
        sa.Column("signed_in_at", MOMENT),
        sa.Column("deletion_asked_at", MOMENT),
    )
    op.create_index("ix_accounts_citizen_match", "accounts", ["citizen_match"])
    op.create_table(
        "identities",
        sa.Column("provider", sa.String(60), primary_key=True),
        sa.Column("subject", sa.String(255), primary_key=True),
        sa.Column("account_id", ID, sa.ForeignKey("accounts.id"), nullable=False),
        sa.Column("level", sa.Integer, nullable=False),
        sa.Column("linked_at", MOMENT, nullable=False),
        sa.Column("used_at", MOMENT, nullable=False),
    )
    op.create_index("ix_identities_account_id", "identities", ["account_id"])
    op.create_table(
        "contact_codes",
        sa.Column("id", sa.Integer, primary_key=True, autoincrement=True),
        sa.Column("account_id", ID, sa.ForeignKey("accounts.id"), nullable=False),
        sa.Column("channel", sa.String(10), nullable=False),
        sa.Column("sealed", sa.Text, nullable=False),
        sa.Column("digest", DIGEST, nullable=False),
        sa.Column("tries", sa.Integer, nullable=False),
        sa.Column("sent_at", MOMENT, nullable=False),
        sa.Column("expires_at", MOMENT, nullable=False),
        sa.Column("used_at", MOMENT),
    )
    op.create_index("ix_contact_codes_account_id", "contact_codes", ["account_id"])


def _add_credentials() -> None:
    op.create_table(
        "credentials",
        sa.Column("login", sa.String(80), primary_key=True),
        sa.Column("owner", sa.String(10), nullable=False),
        sa.Column("owner_id", ID, nullable=False),
        sa.Column("password_hash", sa.Text, nullable=False),
        sa.Column("password_at", MOMENT, nullable=False),
        sa.Column("must_change", sa.Boolean, nullable=False),
        sa.Column("failures", sa.Integer, nullable=False),
        sa.Column("locked_at", MOMENT),
        sa.Column("locked_by", NAME),
        sa.Column("sealed_totp", sa.Text),
        sa.Column("totp_confirmed_at", MOMENT),
        sa.Column("totp_last_step", sa.Integer, nullable=False),
        sa.Column("used_at", MOMENT, nullable=False),
        sa.UniqueConstraint("owner", "owner_id", name="uq_credentials_owner"),
    )
    op.create_table(
        "password_history",
        sa.Column("id", sa.Integer, primary_key=True, autoincrement=True),
        sa.Column("login", sa.String(80), sa.ForeignKey("credentials.login"), nullable=False),
        sa.Column("password_hash", sa.Text, nullable=False),
        sa.Column("replaced_at", MOMENT, nullable=False),
    )
    op.create_index("ix_password_history_login", "password_history", ["login"])
    op.create_table(
        "recovery_codes",
        sa.Column("login", sa.String(80), sa.ForeignKey("credentials.login"), primary_key=True),
        sa.Column("digest", DIGEST, primary_key=True),
        sa.Column("used_at", MOMENT),
    )


def _add_staff() -> None:
    op.create_table(
        "staff",
        sa.Column("id", ID, primary_key=True),
        sa.Column("login", sa.String(80), nullable=False, unique=True),
        sa.Column("name", NAME, nullable=False),
        sa.Column("roles", sa.String(200), nullable=False),
        sa.Column("provider", sa.String(60)),
        sa.Column("subject", sa.String(255)),
        sa.Column("created_by", NAME, nullable=False),
        sa.Column("created_at", MOMENT, nullable=False),
        sa.Column("disabled_at", MOMENT),
        sa.UniqueConstraint("provider", "subject", name="uq_staff_identity"),
    )
    op.create_table(
        "events",
        sa.Column("id", sa.Integer, primary_key=True, autoincrement=True),
        sa.Column("owner", sa.String(10), nullable=False),
        sa.Column("owner_id", ID, nullable=False),
        sa.Column("at", MOMENT, nullable=False),
        sa.Column("what", sa.String(40), nullable=False),
        sa.Column("author", NAME, nullable=False),
        sa.Column("detail", sa.Text, nullable=False),
    )
    op.create_index("ix_events_owner", "events", ["owner", "owner_id", "at"])


def _add_sessions() -> None:
    op.create_table(
        "sessions",
        sa.Column("application", sa.String(20), primary_key=True),
        sa.Column("key", DIGEST, primary_key=True),
        sa.Column("owner", ID, nullable=False),
        sa.Column("content", sa.Text, nullable=False),
        sa.Column("seen_at", MOMENT, nullable=False),
        sa.Column("expires_at", MOMENT, nullable=False),
    )
    op.create_index("ix_sessions_expires_at", "sessions", ["expires_at"])
    op.create_index("ix_sessions_owner", "sessions", ["application", "owner"])
    op.create_table(
        "session_labels",
        sa.Column("application", sa.String(20), primary_key=True),
        sa.Column("label", sa.String(600), primary_key=True),
        sa.Column("key", DIGEST, primary_key=True),
    )
    op.create_table(
        "once",
        sa.Column("application", sa.String(20), primary_key=True),
        sa.Column("name", DIGEST, primary_key=True),
        sa.Column("expires_at", MOMENT, nullable=False),
    )
    op.create_index("ix_once_expires_at", "once", ["expires_at"])
