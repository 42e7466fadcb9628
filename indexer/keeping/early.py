"""Asking a generation by id for what the register hides."""

from collections.abc import Iterator
from datetime import date
from itertools import islice

from access_policy.overlay import Overlay
from access_policy.reader import ANONYMOUS
from access_policy.register.restrictions import Restrictions
from access_policy.visibility import visible_to
from indexer.index.port import IndexReader

ASKED = 500
"""Ids that are asked for at once."""


def shown_early(restrictions: Restrictions, reader: IndexReader, *, today: date, overlay: Overlay) -> Iterator[str]:
    """Whatever the register hides today and a generation shows all the same, but for what the overlay keeps back."""
    anybody = visible_to(reader=ANONYMOUS, today=today, overlay=overlay)
    hidden = restrictions.hidden(today)
    while batch := list(islice(hidden, ASKED)):
        yield from sorted(reader.records(batch, visibility=anybody))
