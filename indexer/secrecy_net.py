"""Catching marks of secrecy on pages as they are read in, whatever the record's mode says."""

from collections.abc import Sequence

from access_policy.record import Page, Quarantine
from indexer.text.secrecy import secrecy_mark


def secrecy_marks(pages: Sequence[Page]) -> tuple[Quarantine, ...]:
    """One quarantine for each page that bears a mark."""
    marks = ((page.number, secrecy_mark(page.text)) for page in pages)
    return tuple(Quarantine(number, mark.level.name) for number, mark in marks if mark is not None)
