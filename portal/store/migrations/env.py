"""Alembic's way in: migrations run on the connection, and in the transaction, of `portal.store.migrating`."""

from alembic import context

from portal.store.tables import metadata

context.configure(
    connection=context.config.attributes["connection"],
    target_metadata=metadata,
    version_table="store_alembic_version",  # the database may hold tables of others who migrate theirs
    render_as_batch=True,
)
with context.begin_transaction():
    context.run_migrations()
