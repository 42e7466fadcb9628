"""Tables of the requests to read, of what was decided on them, and of the law they were decided by."""

from sqlalchemy import Boolean, Column, Date, ForeignKey, Index, Integer, String, Table, Text, text

from access_policy.register.stamps import UtcMoment
from access_policy.register.tables import LONGEST_ID
from portal.store.tables.columns import CASE_CODE, DIGEST, ID, NAME, metadata

_DRAFT = text("state = 'draft'")

provisions = Table(
    "provisions",
    metadata,
    Column("kind", String(20), primary_key=True),
    Column("version", Integer, primary_key=True, autoincrement=False),
    Column("content", Text, nullable=False),
    Column("valid_from", Date, nullable=False),
    Column("author", NAME, nullable=False),
    Column("at", UtcMoment, nullable=False),
)
"""Law as data, as the archive has set it; nothing here is ever changed or deleted."""

cases = Table(
    "cases",
    metadata,
    Column("id", ID, primary_key=True),
    Column("account_id", ForeignKey("accounts.id"), nullable=False),
    Column("state", String(20), nullable=False),
    Column("turn", Integer, nullable=False, default=0),
    Column("sealed", Text, nullable=False),
    Column("code", CASE_CODE, unique=True),
    Column("lookup_digest", DIGEST),
    Column("purpose", String(2)),
    Column("requester", String(20)),
    Column("extends", CASE_CODE),
    Column("created_at", UtcMoment, nullable=False),
    Column("changed_at", UtcMoment, nullable=False),
    Column("submitted_at", UtcMoment),
    Column("received_at", UtcMoment),
    Column("counted_from", Date),
    Column("days", Integer),
    Column("due_on", Date),
    Column("days_left", Integer),
    Column("answer_by", Date),
    Column("supplements", Integer, nullable=False, default=0),
    Column("assigned_to", ID),
    Column("proposed_by", ID),
    Column("fee", Integer),
    Column("authority_reference", String(200)),
    Column("authority_on", Date),
    Column("decided_at", UtcMoment),
    Column("decided_by", ID),
    Column("closed_at", UtcMoment),
    Column("overdue_at", UtcMoment),
    Column("rating", Integer),
    Index("ix_cases_account", "account_id", "created_at"),
    Index("uq_cases_draft", "account_id", unique=True, postgresql_where=_DRAFT, sqlite_where=_DRAFT),
    Index("ix_cases_queue", "state", "due_on", "submitted_at"),
    Index("ix_cases_assigned", "assigned_to", "state"),
    Index("ix_cases_submitted", "submitted_at"),
)
"""Requests. `sealed` is JSON of whatever is personal. `turn` grows with every step, so that of two people who act on
what they saw one is told. A reader has one draft at most. While the clock stands still `due_on` is empty and
`days_left` says what remains.
"""

case_lines = Table(
    "case_lines",
    metadata,
    Column("case_id", ForeignKey("cases.id"), primary_key=True),
    Column("number", Integer, primary_key=True, autoincrement=False),
    Column("record_id", String(LONGEST_ID), nullable=False, index=True),
    Column("reference_code", String(200), nullable=False),
    Column("title", Text, nullable=False),
    Column("kind", String(10), nullable=False),
    Column("certified", Boolean, nullable=False, default=False),
    Column("medium", String(10), nullable=False, default="digital"),
    Column("first_page", Integer),
    Column("last_page", Integer),
    Column("item", String(20), nullable=False),
    Column("page_count", Integer, nullable=False, default=0),
    Column("proposal", Text),
    Column("decision", Text),
)
"""The records of a case; `item` is how each stood in the table of approval when it was asked for."""

case_events = Table(
    "case_events",
    metadata,
    Column("id", Integer, primary_key=True, autoincrement=True),
    Column("case_id", ForeignKey("cases.id"), nullable=False, index=True),
    Column("at", UtcMoment, nullable=False),
    Column("step", String(20), nullable=False),
    Column("state", String(20), nullable=False),
    Column("actor", String(20), nullable=False),
    Column("actor_id", String(32), nullable=False),
    Column("sealed", Text),
)
"""Everything that was done with a case, never changed; `sealed` is what was said by it."""

case_notes = Table(
    "case_notes",
    metadata,
    Column("id", Integer, primary_key=True, autoincrement=True),
    Column("case_id", ForeignKey("cases.id"), nullable=False, index=True),
    Column("at", UtcMoment, nullable=False),
    Column("staff_id", ID, nullable=False),
    Column("sealed", Text, nullable=False),
)
"""Notes among staff, which no reader ever sees."""

case_files = Table(
    "case_files",
    metadata,
    Column("id", ID, primary_key=True),
    Column("case_id", ForeignKey("cases.id"), nullable=False, index=True),
    Column("sealed_name", Text, nullable=False),
    Column("media_type", String(40), nullable=False),
    Column("bytes", Integer, nullable=False),
    Column("sha256", DIGEST, nullable=False),
    Column("scanned", String(20), nullable=False),
    Column("added_at", UtcMoment, nullable=False),
)
"""What a reader attached; the content lies outside the web root under `id`."""

case_permits = Table(
    "case_permits",
    metadata,
    Column("code", CASE_CODE, primary_key=True),
    Column("case_id", ForeignKey("cases.id"), nullable=False, index=True),
    Column("line", Integer, nullable=False),
    Column("account_id", ID, nullable=False, index=True),
    Column("terms", Text, nullable=False),
    Column("ends_on", Date, nullable=False, index=True),
    Column("author", NAME, nullable=False),
    Column("granted_at", UtcMoment),
    Column("revoked_at", UtcMoment),
    Column("reminded_at", UtcMoment),
)
"""Permits that decisions gave; one without `granted_at` still has to enter the register."""

permit_pages = Table(
    "permit_pages",
    metadata,
    Column("permit", CASE_CODE, primary_key=True),
    Column("day", Date, primary_key=True),
    Column("page", Integer, primary_key=True, autoincrement=False),
)
"""Pages that a permit with a limit has opened today."""

case_numbers = Table(
    "case_numbers",
    metadata,
    Column("agency", String(35), primary_key=True),
    Column("day", Date, primary_key=True),
    Column("last", Integer, nullable=False),
)
"""The newest number of each day."""

saved_views = Table(
    "saved_views",
    metadata,
    Column("staff_id", ID, primary_key=True),
    Column("name", String(80), primary_key=True),
    Column("query", Text, nullable=False),
)
"""Questions to the queue that a member of staff asks often."""
