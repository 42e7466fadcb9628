"""Alembic's way in: migrations run on the connection and in the transaction of `indexer.sources.outbox.installing`."""

from alembic import context

context.configure(
    connection=context.config.attributes["connection"],
    version_table="indexer_alembic_version",  # the database belongs to the archive, which may migrate its own tables
)
with context.begin_transaction():
    context.run_migrations()
