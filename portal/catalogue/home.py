"""The figures and links of the home page."""

from dataclasses import dataclass

from access_policy.terms import Level
from indexer.index.port import Search
from indexer.index.query import parse
from portal.catalogue.presented import Link
from portal.gate import Door
from portal.i18n import page_url

EXAMPLES = ("quyet dinh giao dat", "đo đạc ruộng đất", '"hợp tác xã nông nghiệp"', "458/QĐ-TTg")


@dataclass(frozen=True)
class Figures:
    """What anybody can find today."""

    records: int
    pages: int
    fonds: int
    tried: tuple[str, ...]

    @property
    def examples(self) -> tuple[Link, ...]:
        """Searches to try, each of which finds something."""
        return tuple(Link(words, page_url("catalogue.search", q=words)) for words in self.tried)


class FiguresOfTheDay:
    """Counts once for each day and each change of index or register: everybody sees the same home page."""

    def __init__(self) -> None:
        self._counted: tuple[object, Figures] | None = None

    def of(self, door: Door) -> Figures:
        """The figures as anybody may know them."""
        key = (door.index.generation(), door.index.revision(), door.visibility)
        counted = self._counted
        if counted is None or counted[0] != key:
            counted = self._counted = (key, _count(door))
        return counted[1]


def _count(door: Door) -> Figures:
    result = door.index.search(Search(limit=1), visibility=door.visibility)
    kinds = dict(result.facets["kind"])
    pages = door.index.page_total(visibility=door.visibility)
    return Figures(result.total, pages, kinds.get(Level.FONDS.value, 0), tuple(w for w in EXAMPLES if _finds(door, w)))


def _finds(door: Door, words: str) -> bool:
    return door.index.search(Search(parse(words), limit=1), visibility=door.visibility).total > 0
