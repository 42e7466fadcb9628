"""Tables of the register: list versions, and their entries by target."""

from sqlalchemy import Boolean, Column, Date, ForeignKey, Integer, MetaData, String, Table, Text

metadata = MetaData()

list_versions = Table(
    "restricted_list_versions",
    metadata,
    Column("number", String(60), primary_key=True),
    Column("issued_on", Date, nullable=False),
    Column("authority", String(200), nullable=False),
    Column("legal_basis", Text, nullable=False),
    Column("effective_from", Date, nullable=False),
    Column("effective_to", Date),
)

list_entries = Table(
    "restricted_list_entries",
    metadata,
    Column("id", Integer, primary_key=True, autoincrement=True),
    Column("list_number", ForeignKey(list_versions.c.number), nullable=False, index=True),
    Column("target_id", String(120), nullable=False, index=True),
    Column("first_page", Integer),
    Column("last_page", Integer),
    Column("category", String(60), nullable=False),
    Column("reason", Text, nullable=False),
    Column("opens_on", Date),
    Column("existence_shown", Boolean, nullable=False, default=False),
    Column("description_shown", Boolean, nullable=False, default=False),
    Column("requestable", Boolean, nullable=False, default=False),
)
