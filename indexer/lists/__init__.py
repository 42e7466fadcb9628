"""Restricted-use lists as files: read, checked, weighed, compared and written; and the commands for the register."""
