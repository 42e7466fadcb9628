"""The outbox of an archive database on PostgreSQL: triggers write down which rows changed, in the same transaction."""
