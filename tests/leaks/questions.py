"""Everything that can be asked of the public site about the archive that is made to leak, as addresses."""

from collections.abc import Iterator
from itertools import product
from urllib.parse import quote

from indexer.index.schema import FACETS, Sort
from portal.viewer.pages import SIZES
from tests.leaks.archive import HIDDEN_IDS, PARTLY_OPEN_IDS, Words

OPEN_IDS = ("h47.td", "h47.td.16", "h47.td.16.1", "h47.td.anh")
ABSENT_ID = "h47.td.khong-co"
SHARE_IN_ENGLISH = 5


def every_address(words: Words) -> Iterator[str]:
    """Every channel, asked for the words of an edition and for everything else; a share of it in English too."""
    yield from ("/healthz", "/readyz", "/gioi-thieu")
    asked = ("/", "/phong", "/phong?phan=2", *searches(words), *suggestions(words), *by_id(words))
    yield from asked
    yield from (f"/en{address}" for address in asked[::SHARE_IN_ENGLISH])


def searches(words: Words) -> Iterator[str]:
    """Result pages: for the words, without them, by every facet, in every order."""
    for typed in (*words.all(), words.number, words.stem):
        for asked in (typed, f'"{typed}"', f"-{typed}", f"giao đất {typed}", f"giao đất -{typed}"):
            yield f"/tim-kiem?q={quote(asked)}"
    for facet, value in product(FACETS, (*words.all(), *HIDDEN_IDS[:2], "closed", "images", "text")):
        yield f"/tim-kiem?{facet}={quote(value)}"
    for typed, order in product(("", "giao đất", "giao dat thuy loi", "quyết định"), Sort):
        yield f"/tim-kiem?q={quote(typed)}&sap-xep={order.value}"
    yield f"/tim-kiem?tu={words.date.year}&den={words.date.year}"
    yield from ("/tim-kiem?tu=1900", "/tim-kiem?den=1950", "/tim-kiem?trang=2", "/tim-kiem?trang=501")


def suggestions(words: Words) -> Iterator[str]:
    """Every beginning of every word."""
    for word in (*words.all(), words.number):
        for end in range(1, len(word) + 1):
            yield f"/goi-y?q={quote(word[:end])}"
    yield from (f"/goi-y?q={quote(f'quyết định giao đất {words.title[:end]}')}" for end in range(4))


def by_id(words: Words) -> Iterator[str]:
    """Description pages, pages and images of whatever there is or is not."""
    for record_id in (*OPEN_IDS, *HIDDEN_IDS, *PARTLY_OPEN_IDS, ABSENT_ID):
        yield f"/tai-lieu/{record_id}"
        yield f"/tai-lieu/{record_id}?q={quote(words.text)}"
        yield from (f"/tai-lieu/{record_id}/trang/{number}?q={quote(words.text)}" for number in (0, 1, 2))
        yield from (f"/tai-lieu/{record_id}/trang/1/{size}.jpg" for size in SIZES)
        yield f"/tai-lieu/{record_id}/trang/2/thumb.jpg"
