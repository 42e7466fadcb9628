"""Settings of the audit: the indexer's, and the key that signs reports."""

from pathlib import Path

from indexer.settings import IndexerSettings


class AuditSettings(IndexerSettings):
    """`audit_key` is a PEM file with an Ed25519 key; it is made on first use, its public half beside it."""

    audit_key: Path = Path(".var/audit.pem")
