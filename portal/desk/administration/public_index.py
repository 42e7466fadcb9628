"""What the public index knows of records, asked as anybody may ask it, and what a restriction would take out of it."""

from collections.abc import Callable, Iterable, Mapping
from datetime import date

from access_policy.overlay import Overlay
from access_policy.reader import ANONYMOUS
from access_policy.visibility import Visibility, visible_to
from indexer.index.description import Description
from indexer.index.port import IndexReader, Search
from indexer.index.schema import Access
from portal.register_watch import RegisterWatch

MOST_TARGETS = 10_000
"""Ids in one question; engines take no more of them."""


class TooManyTargets(Exception):
    """More ids than one question to an engine can hold."""


class PublicIndex:
    """Questions to the public index. All raise IndexUnavailable and RegisterAway."""

    def __init__(self, index: Callable[[], IndexReader], register: RegisterWatch) -> None:
        self._index, self._register = index, register

    def known(self, record_ids: Iterable[str], *, today: date) -> Mapping[str, Description]:
        """Descriptions by id of those that may be known."""
        reader = self._index()
        wanted = sorted(set(record_ids))
        return reader.records(wanted, visibility=self._visibility(reader, today)) if wanted else {}

    def open_at_or_below(self, targets: Iterable[str], *, today: date) -> int:
        """How many records that anybody can read now are named by these ids or stand below them: those that are no
        longer found once the ids are withheld. Raises TooManyTargets.
        """
        withheld = frozenset(targets)
        if len(withheld) > MOST_TARGETS:
            raise TooManyTargets
        reader = self._index()
        now = self._visibility(reader, today)
        then = Visibility(now.audiences, now.today, now.withheld | withheld)
        return _open_records(reader, now) - _open_records(reader, then)

    def _visibility(self, reader: IndexReader, today: date) -> Visibility:
        overlay: Overlay = self._register.overlay(reader.revision())
        return visible_to(reader=ANONYMOUS, today=today, overlay=overlay)


def _open_records(reader: IndexReader, visibility: Visibility) -> int:
    chosen = {"access": frozenset({Access.READ_NOW.value})}
    return reader.search(Search(selections=chosen, limit=1), visibility=visibility).total
