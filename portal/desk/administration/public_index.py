"""What the public index knows of records, asked as anybody may ask it, and what a restriction would take out of it."""

from collections.abc import Callable, Iterable, Mapping, Sequence
from dataclasses import dataclass
from datetime import date
from itertools import islice

from access_policy.overlay import Overlay
from access_policy.reader import ANONYMOUS, Reader
from access_policy.terms import Audience
from access_policy.visibility import Visibility, still_visible, visible_to
from indexer.index.description import Description
from indexer.index.port import IndexReader, Search
from indexer.index.query import parse
from indexer.index.schema import Access
from portal.register_watch import RegisterWatch

STAFF = Reader(frozenset(Audience))
"""Staff at the desk belong to every circle. What the index does not hold, and what is withheld from everybody, is as
absent for them as for anybody.
"""

MOST_TARGETS = 10_000
"""Ids in one question; engines take no more of them."""

AT_ONCE = 1000
"""Descriptions fetched in one question."""

MOST_BELOW = 500
"""Of what stands below one record so many are looked through."""


class TooManyTargets(Exception):
    """More ids than one question to an engine can hold."""


@dataclass(frozen=True)
class Found:
    """Some of the records that hold all words, and how many there are of them."""

    total: int
    hits: tuple[Description, ...]


class PublicIndex:
    """Questions to the public index. All raise IndexUnavailable and RegisterAway."""

    def __init__(self, index: Callable[[], IndexReader], register: RegisterWatch) -> None:
        self._index, self._register = index, register

    def known(self, record_ids: Iterable[str], *, today: date) -> Mapping[str, Description]:
        """Descriptions by id of those that may be known."""
        reader = self._index()
        wanted = sorted(set(record_ids))
        return reader.records(wanted, visibility=self._visibility(reader, today)) if wanted else {}

    def unknown(self, record_ids: Iterable[str], *, today: date) -> frozenset[str]:
        """Those of which nobody may know a description. Raises TooManyTargets."""
        wanted = sorted(set(record_ids))
        if len(wanted) > MOST_TARGETS:
            raise TooManyTargets
        parts = (wanted[start : start + AT_ONCE] for start in range(0, len(wanted), AT_ONCE))
        return frozenset(wanted).difference(*(self.known(part, today=today) for part in parts))

    def find(self, words: str, *, start: int, most: int, today: date) -> Found:
        """Records that hold all these words in title, reference code, description or text, the best first; `start`
        counts from 0.
        """
        reader = self._index()
        visibility = self._visibility(reader, today, STAFF)
        result = reader.search(Search(parse(words), offset=start, limit=most), visibility=visibility)
        return Found(result.total, tuple(each for each in result.hits if _still(each, visibility)))

    def ids_beginning(self, prefix: str, *, today: date) -> Sequence[str]:
        """Ids of records that begin so: this very id, and of what stands directly below it, or below the record that
        the longest part of it names (below nothing: the fonds), the first `MOST_BELOW`.
        """
        reader = self._index()
        visibility = self._visibility(reader, today, STAFF)
        above = _parts(prefix)
        named = reader.records(above, visibility=visibility)
        nearest = next((each for each in above if each in named), None)
        below = reader.children(nearest or "", visibility=visibility, limit=MOST_BELOW).hits
        own = [named[prefix]] if nearest == prefix else []
        return [each.id for each in (*own, *below) if each.id.startswith(prefix) and _still(each, visibility)]

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

    def _visibility(self, reader: IndexReader, today: date, asking: Reader = ANONYMOUS) -> Visibility:
        overlay: Overlay = self._register.overlay(reader.revision())
        return visible_to(reader=asking, today=today, overlay=overlay)


def _parts(prefix: str) -> Sequence[str]:
    """The id itself and those that it may stand below, the longest first."""
    parts = prefix.split(".")
    return [".".join(parts[:length]) for length in islice(range(len(parts), 0, -1), 20)]


def _still(record: Description, visibility: Visibility) -> bool:
    """Decided once more on the way out, as on the public site."""
    return still_visible(record.conditions, record.lineage, record_id=record.id, reader=STAFF, visibility=visibility)


def _open_records(reader: IndexReader, visibility: Visibility) -> int:
    chosen = {"access": frozenset({Access.READ_NOW.value})}
    return reader.search(Search(selections=chosen, limit=1), visibility=visibility).total
