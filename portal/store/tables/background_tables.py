"""Tables of what is still to be done in the background: notices to send, and which worker does what."""

from sqlalchemy import Column, Index, Integer, String, Table, Text, UniqueConstraint

from access_policy.register.stamps import UtcMoment
from portal.store.tables.columns import ID, metadata

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
