"""Asking to read or to have copied, deciding, and what was decided: procedure 1.013932 as a complete online service."""
