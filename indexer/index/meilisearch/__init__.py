"""The engine of a small site: one Meilisearch server, one writer; see deploy/docs/meilisearch.md."""
