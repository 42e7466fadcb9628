"""Adapters to archive databases. They are the only code that knows a column name."""
