"""Tables of the store. Ids are 32 hexadecimal digits; moments are UTC; columns named `sealed` hold personal data that
only the portal's key opens.
"""

from sqlalchemy import (
    Boolean,
    Column,
    Date,
    ForeignKey,
    Index,
    Integer,
    MetaData,
    String,
    Table,
    Text,
    UniqueConstraint,
    text,
)

from access_policy.register.stamps import UtcMoment
from access_policy.register.tables import LONGEST_ID

ID, NAME, DIGEST, CASE_CODE = String(32), String(200), String(64), String(60)

metadata = MetaData()

_DRAFT = text("state = 'draft'")

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

notices = Table(
    "notices",
    metadata,
    Column("id", Integer, primary_key=True, autoincrement=True),
    Column("event", String(80), nullable=False),
    Column("account_id", ID, nullable=False),
    Column("template", String(40), nullable=False),
    Column("sealed", Text, nullable=False),
    Column("created_at", UtcMoment, nullable=False),
    Column("state", String(10), nullable=False),
    Column("tries", Integer, nullable=False, default=0),
    Column("due_at", UtcMoment, nullable=False),
    Column("leased_until", UtcMoment),
    Column("sent_at", UtcMoment),
    Column("read_at", UtcMoment),
    Column("fault", String(200)),
    UniqueConstraint("event", "account_id", name="uq_notices_event"),
    Index("ix_notices_due", "state", "due_at"),
    Index("ix_notices_account", "account_id", "id"),
)
"""What readers are to be told, written in the transaction of whatever they are told of; also their inbox on the site.
`sealed` is JSON of the values of the template.
"""

leases = Table(
    "leases",
    metadata,
    Column("job", String(40), primary_key=True),
    Column("holder", ID, nullable=False),
    Column("until", UtcMoment, nullable=False),
)
"""Which worker does which job, and until when nobody else does."""

saved_views = Table(
    "saved_views",
    metadata,
    Column("staff_id", ID, primary_key=True),
    Column("name", String(80), primary_key=True),
    Column("query", Text, nullable=False),
)
"""Questions to the queue that a member of staff asks often."""
