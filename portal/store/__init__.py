"""The product's own tables: accounts, credentials, sessions. The only package of the portal that opens a database."""
