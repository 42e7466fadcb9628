"""The figures and links of the home page."""

from dataclasses import dataclass

from access_policy.terms import Level
from indexer.index.port import Search
from portal.catalogue.presented import Link
from portal.gate import Door
from portal.i18n import page_url

EXAMPLES = ("quyet dinh giao dat", "kế hoạch số hóa", '"giao đất"', "458/QĐ-TTg")


@dataclass(frozen=True)
class Figures:
    """What anybody can find today."""

    records: int
    pages: int
    fonds: int


class FiguresOfTheDay:
    """Counts once for each generation and day: everybody sees the same home page."""

    def __init__(self) -> None:
        self._counted: tuple[tuple[str, int], Figures] | None = None

    def of(self, door: Door) -> Figures:
        """The figures as anybody may know them."""
        key = (door.index.generation(), door.visibility.today.toordinal())
        counted = self._counted
        if counted is None or counted[0] != key:
            counted = self._counted = (key, _count(door))
        return counted[1]


def examples() -> tuple[Link, ...]:
    """Searches to try."""
    return tuple(Link(words, page_url("catalogue.search", q=words)) for words in EXAMPLES)


def _count(door: Door) -> Figures:
    result = door.index.search(Search(limit=1), visibility=door.visibility)
    kinds = dict(result.facets["kind"])
    return Figures(result.total, door.index.page_total(visibility=door.visibility), kinds.get(Level.FONDS.value, 0))
