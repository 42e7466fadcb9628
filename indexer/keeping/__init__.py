"""Keeping the index in step with the archive database, the register and the calendar."""
