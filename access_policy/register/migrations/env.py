"""Alembic's way in: migrations run on the connection, and in the transaction, of `access_policy.register.migrating`."""

from alembic import context

from access_policy.register.tables import metadata

context.configure(
    connection=context.config.attributes["connection"],
    target_metadata=metadata,
    version_table="register_alembic_version",  # the database may hold tables of others who migrate theirs
    render_as_batch=True,
)
with context.begin_transaction():
    context.run_migrations()
