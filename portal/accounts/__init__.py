"""Signing in and accounts; the only place that knows tokens."""
