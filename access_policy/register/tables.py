"""Tables of the register. Ids of targets are lower case without margins; moments are UTC.

Every change that a reader may feel takes the next number of `register_changes`, and nothing is ever deleted.
"""

from sqlalchemy import Boolean, Column, Date, ForeignKey, Integer, MetaData, String, Table, Text

from access_policy.register.stamps import UtcMoment

LONGEST_ID, LONGEST_NAME, LONGEST_NUMBER, LONGEST_WHAT = 120, 120, 60, 300

metadata = MetaData()

changes = Table(
    "register_changes",
    metadata,
    Column("revision", Integer, primary_key=True, autoincrement=True),
    Column("kind", String(30), nullable=False),
    Column("what", String(LONGEST_WHAT), nullable=False),
    Column("author", String(LONGEST_NAME), nullable=False),
    Column("at", UtcMoment, nullable=False),
    sqlite_autoincrement=True,
)

list_versions = Table(
    "restricted_list_versions",
    metadata,
    Column("number", String(LONGEST_NUMBER), primary_key=True),
    Column("issued_on", Date, nullable=False),
    Column("authority", String(200), nullable=False),
    Column("legal_basis", Text, nullable=False),
    Column("effective_from", Date),
    Column("effective_to", Date),
    Column("imported_by", String(LONGEST_NAME), nullable=False),
    Column("imported_at", UtcMoment, nullable=False),
    Column("activated_by", String(LONGEST_NAME)),
    Column("activated_at", UtcMoment),
    Column("revision", ForeignKey(changes.c.revision, name="fk_restricted_list_versions_revision")),
    Column("end_revision", Integer),
)
"""A version without `effective_from` is a draft and binds nothing."""

list_entries = Table(
    "restricted_list_entries",
    metadata,
    Column("id", Integer, primary_key=True, autoincrement=True),
    Column("list_number", ForeignKey(list_versions.c.number), nullable=False, index=True),
    Column("line", Integer, nullable=False),
    Column("target_id", String(LONGEST_ID), nullable=False, index=True),
    Column("first_page", Integer),
    Column("last_page", Integer),
    Column("category", String(60), nullable=False),
    Column("reason", Text, nullable=False),
    Column("opens_on", Date),
    Column("existence_shown", Boolean, nullable=False, default=False),
    Column("description_shown", Boolean, nullable=False, default=False),
    Column("requestable", Boolean, nullable=False, default=False),
)

withdrawals = Table(
    "withdrawals",
    metadata,
    Column("id", Integer, primary_key=True, autoincrement=True),
    Column("target_id", String(LONGEST_ID), nullable=False, index=True),
    Column("first_page", Integer),
    Column("last_page", Integer),
    Column("reason", Text, nullable=False),
    Column("author", String(LONGEST_NAME), nullable=False),
    Column("withdrawn_at", UtcMoment, nullable=False),
    Column("lifted_by", String(LONGEST_NAME)),
    Column("lifted_at", UtcMoment),
    Column("lift_reason", Text),
    Column("revision", ForeignKey(changes.c.revision), nullable=False),
    Column("lift_revision", Integer),
)

permits = Table(
    "permits",
    metadata,
    Column("code", String(LONGEST_NUMBER), primary_key=True),
    Column("reader_id", String(LONGEST_ID), nullable=False, index=True),
    Column("record_id", String(LONGEST_ID), nullable=False, index=True),
    Column("first_page", Integer),
    Column("last_page", Integer),
    Column("actions", String(200), nullable=False),
    Column("starts_on", Date, nullable=False),
    Column("ends_on", Date, nullable=False),
    Column("reading_room_only", Boolean, nullable=False, default=False),
    Column("pages_per_day", Integer),
    Column("strong_watermark", Boolean, nullable=False, default=False),
    Column("granted_by", String(LONGEST_NAME), nullable=False),
    Column("granted_at", UtcMoment, nullable=False),
    Column("revoked_by", String(LONGEST_NAME)),
    Column("revoked_at", UtcMoment),
    Column("revision", ForeignKey(changes.c.revision), nullable=False),
)

reading_copies = Table(
    "reading_copies",
    metadata,
    Column("record_id", String(LONGEST_ID), primary_key=True),
    Column("objects", Text, nullable=False),
    Column("fingerprint", String(64), nullable=False),
    Column("made_at", UtcMoment, nullable=False),
)
"""Records under a permit; `objects` is JSON."""

copied_pages = Table(
    "copied_pages",
    metadata,
    Column("record_id", String(LONGEST_ID), primary_key=True),
    Column("number", Integer, primary_key=True, autoincrement=False),
    Column("text", Text, nullable=False),
    Column("boxes", Text, nullable=False),
)
"""Those of their pages that a permit opens; `boxes` is JSON."""

redactions = Table(
    "redactions",
    metadata,
    Column("id", Integer, primary_key=True, autoincrement=True),
    Column("record_id", String(LONGEST_ID), nullable=False, index=True),
    Column("page", Integer, nullable=False),
    Column("left", Integer, nullable=False),
    Column("top", Integer, nullable=False),
    Column("right", Integer, nullable=False),
    Column("bottom", Integer, nullable=False),
    Column("reason", Text, nullable=False),
    Column("author", String(LONGEST_NAME), nullable=False),
    Column("drawn_at", UtcMoment, nullable=False),
    Column("removed_by", String(LONGEST_NAME)),
    Column("removed_at", UtcMoment),
    Column("revision", ForeignKey(changes.c.revision), nullable=False),
    Column("removal_revision", Integer),
)
"""Edges are thousandths of the page's width and height."""

sweeps = Table(
    "sweeps",
    metadata,
    Column("day", Date, primary_key=True),
    Column("started_at", UtcMoment, nullable=False),
    Column("finished_at", UtcMoment),
    Column("opened", Integer),
)
"""The nightly walk through whatever opens on a day; `opened` counts records once it has finished."""

opening_proposals = Table(
    "opening_proposals",
    metadata,
    Column("id", Integer, primary_key=True, autoincrement=True),
    Column("record_id", String(LONGEST_ID), nullable=False, index=True),
    Column("rule", String(60), nullable=False),
    Column("proposed_on", Date, nullable=False),
    Column("state", String(20), nullable=False),
    Column("decided_by", String(LONGEST_NAME)),
    Column("decided_at", UtcMoment),
    Column("reason", Text),
)
"""Records whose time may have come; staff decides, the portal never does."""
