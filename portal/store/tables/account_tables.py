"""Tables of those who sign in, readers and staff, and of their sessions."""

from sqlalchemy import Boolean, Column, Date, ForeignKey, Index, Integer, String, Table, Text, UniqueConstraint

from access_policy.register.stamps import UtcMoment
from access_policy.register.tables import LONGEST_ID
from portal.store.tables.columns import DIGEST, ID, NAME, metadata

accounts = Table(
    "accounts",
    metadata,
    Column("id", ID, primary_key=True),
    Column("kind", String(20), nullable=False),
    Column("sealed", Text, nullable=False),
    Column("citizen_match", DIGEST, index=True),
    Column("language", String(2), nullable=False),
    Column("terms_version", String(40), nullable=False),
    Column("terms_at", UtcMoment),
    Column("contact_verified_at", UtcMoment),
    Column("issued_by", NAME),
    Column("created_at", UtcMoment, nullable=False),
    Column("signed_in_at", UtcMoment),
    Column("deletion_asked_at", UtcMoment),
)
"""Readers. `sealed` is JSON: names, numbers, date of birth, contact; when it is empty, the account has been deleted. An
account without `terms_at` is half made.
"""

identities = Table(
    "identities",
    metadata,
    Column("provider", String(60), primary_key=True),
    Column("subject", String(255), primary_key=True),
    Column("account_id", ForeignKey("accounts.id"), nullable=False, index=True),
    Column("level", Integer, nullable=False),
    Column("linked_at", UtcMoment, nullable=False),
    Column("used_at", UtcMoment, nullable=False),
)
"""By whom a reader is known, and as whom."""

contact_codes = Table(
    "contact_codes",
    metadata,
    Column("id", Integer, primary_key=True, autoincrement=True),
    Column("account_id", ForeignKey("accounts.id"), nullable=False, index=True),
    Column("channel", String(10), nullable=False),
    Column("sealed", Text, nullable=False),
    Column("digest", DIGEST, nullable=False),
    Column("tries", Integer, nullable=False, default=0),
    Column("sent_at", UtcMoment, nullable=False),
    Column("expires_at", UtcMoment, nullable=False),
    Column("used_at", UtcMoment),
)
"""Codes sent to an address that a reader says is theirs; `sealed` is that address."""

readings = Table(
    "readings",
    metadata,
    Column("account_id", ForeignKey("accounts.id"), primary_key=True),
    Column("record_id", String(LONGEST_ID), primary_key=True),
    Column("day", Date, primary_key=True, index=True),
    Column("pages", Integer, nullable=False),
    Column("last_page", Integer, nullable=False),
    Column("at", UtcMoment, nullable=False),
)
"""What a reader has read, for that reader: how many pages of a record were opened on a day, the last one, and when."""

credentials = Table(
    "credentials",
    metadata,
    Column("login", String(80), primary_key=True),
    Column("owner", String(10), nullable=False),
    Column("owner_id", ID, nullable=False),
    Column("password_hash", Text, nullable=False),
    Column("password_at", UtcMoment, nullable=False),
    Column("must_change", Boolean, nullable=False),
    Column("failures", Integer, nullable=False, default=0),
    Column("locked_at", UtcMoment),
    Column("locked_by", NAME),
    Column("sealed_totp", Text),
    Column("totp_confirmed_at", UtcMoment),
    Column("totp_last_step", Integer, nullable=False, default=0),
    Column("used_at", UtcMoment, nullable=False),
    UniqueConstraint("owner", "owner_id", name="uq_credentials_owner"),
)
"""Local sign-in of staff, and of readers whose account the archive issued; `owner` says which."""

password_history = Table(
    "password_history",
    metadata,
    Column("id", Integer, primary_key=True, autoincrement=True),
    Column("login", ForeignKey("credentials.login"), nullable=False, index=True),
    Column("password_hash", Text, nullable=False),
    Column("replaced_at", UtcMoment, nullable=False),
)

recovery_codes = Table(
    "recovery_codes",
    metadata,
    Column("login", ForeignKey("credentials.login"), primary_key=True),
    Column("digest", DIGEST, primary_key=True),
    Column("used_at", UtcMoment),
)

staff = Table(
    "staff",
    metadata,
    Column("id", ID, primary_key=True),
    Column("login", String(80), nullable=False, unique=True),
    Column("name", NAME, nullable=False),
    Column("roles", String(200), nullable=False),
    Column("provider", String(60)),
    Column("subject", String(255)),
    Column("created_by", NAME, nullable=False),
    Column("created_at", UtcMoment, nullable=False),
    Column("disabled_at", UtcMoment),
    UniqueConstraint("provider", "subject", name="uq_staff_identity"),
)

events = Table(
    "events",
    metadata,
    Column("id", Integer, primary_key=True, autoincrement=True),
    Column("owner", String(10), nullable=False),
    Column("owner_id", ID, nullable=False),
    Column("at", UtcMoment, nullable=False),
    Column("what", String(40), nullable=False),
    Column("author", NAME, nullable=False),
    Column("detail", Text, nullable=False),
    Index("ix_events_owner", "owner", "owner_id", "at"),
)
"""What happened to accounts of readers and staff; nothing is ever changed or deleted, nothing personal stands here."""

sessions = Table(
    "sessions",
    metadata,
    Column("application", String(20), primary_key=True),
    Column("key", DIGEST, primary_key=True),
    Column("owner", ID, nullable=False),
    Column("content", Text, nullable=False),
    Column("seen_at", UtcMoment, nullable=False),
    Column("expires_at", UtcMoment, nullable=False, index=True),
    Index("ix_sessions_owner", "application", "owner"),
)

session_labels = Table(
    "session_labels",
    metadata,
    Column("application", String(20), primary_key=True),
    Column("label", String(600), primary_key=True),
    Column("key", DIGEST, primary_key=True),
)
"""Other names by which sessions can be ended, such as the session at the identity provider."""

once = Table(
    "once",
    metadata,
    Column("application", String(20), primary_key=True),
    Column("name", DIGEST, primary_key=True),
    Column("expires_at", UtcMoment, nullable=False, index=True),
)
"""What may be used a single time, by digest."""
