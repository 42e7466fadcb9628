"""Files every demonstration archive has, whatever its size: one case of each mode, each kind of list line, each fault.

Tests find them by name in `DemoSummary.landmarks`.
"""

from collections.abc import Iterator

from indexer.demo_archive.faults import MENDED, REFUSED, REFUSED_FILES
from indexer.demo_archive.kinds import DECISION, LETTER, PLAN
from indexer.demo_archive.land_matters import DISPUTE, LAND, LAND_REFORM_1956, SURVEY
from indexer.demo_archive.plan import FilePlan, ItemPlan
from indexer.demo_archive.public_matters import FARMING, ROADS, STAFFING, WATER
from indexer.demo_archive.standing import ENDED, FROM_TODAY, FROM_TOMORROW, IN_FORCE, MODE_SECRECY, Restriction

BROKEN_PDFS = ("encrypted", "empty", "truncated", "not-a-pdf")
LISTED_INVENTORY = (2, 2)
"""Fonds and inventory (their places in offices.FONDS) that stand on the list in force as a whole."""

PRIVACY, DAMAGED = "private-life", "damaged"
_PRIVATE = "Có thông tin về đời tư của cá nhân, gia đình còn sống"
_DAMAGED = "Tài liệu hư hỏng nặng, đang tu bổ"

INVENTORY_LINE = Restriction(IN_FORCE, PRIVACY, _PRIVATE, existence_shown=True)

_LINES = {
    "listed": Restriction(IN_FORCE, PRIVACY, _PRIVATE),
    "listed-existence": Restriction(IN_FORCE, PRIVACY, _PRIVATE, existence_shown=True, requestable=True),
    "listed-description": Restriction(
        IN_FORCE, PRIVACY, _PRIVATE, existence_shown=True, description_shown=True, requestable=True
    ),
    "opens-tomorrow": Restriction(IN_FORCE, PRIVACY, _PRIVATE, opens_in=1),
    "opened-yesterday": Restriction(IN_FORCE, PRIVACY, _PRIVATE, opens_in=-1),
    "opened-today": Restriction(IN_FORCE, PRIVACY, _PRIVATE, opens_in=0),
    "closed-today": Restriction(FROM_TODAY, DAMAGED, _DAMAGED),
    "closed-tomorrow": Restriction(FROM_TOMORROW, DAMAGED, _DAMAGED),
    "list-ended": Restriction(ENDED, DAMAGED, _DAMAGED),
    "listed-pages": Restriction(IN_FORCE, PRIVACY, _PRIVATE, pages=(2, 3)),
}


def landmark_files() -> Iterator[FilePlan]:
    """All of them."""
    yield FilePlan(
        0,
        1,
        LAND,
        1991,
        tuple(
            ItemPlan(mode, 2, DECISION, scanned=True, landmark=f"mode:{'' if mode is None else mode or 'empty'}")
            for mode in MODE_SECRECY
        ),
        landmark="file-of-modes",
    )
    for mode in ("02", "03", None):
        items = (ItemPlan("01", 2), ItemPlan("01", 1))
        yield FilePlan(1, 0, ROADS, 1983, items, mode=mode, own_pages=2, landmark=f"file-mode:{mode or ''}")
    for name, line in _LINES.items():
        yield FilePlan(
            2,
            0,
            LAND,
            1998,
            (ItemPlan("01", 4, DECISION, scanned=True, restriction=line, landmark=f"item:{name}"),),
            landmark=f"file-of:{name}",
        )
    for name in ("listed", "opens-tomorrow", "closed-today", "listed-description"):
        items = (ItemPlan("01", 2, scanned=True), ItemPlan("01", 1))
        yield FilePlan(1, 1, DISPUTE, 1987, items, restriction=_LINES[name], own_pages=2, landmark=f"file:{name}")
    yield FilePlan(*LISTED_INVENTORY, DISPUTE, 1995, (ItemPlan("01", 2, scanned=True),), landmark="in-listed-inventory")
    yield from _examples()
    yield from _faulty()


def _examples() -> Iterator[FilePlan]:
    """What the home page offers as examples, and a file with pages of its own."""
    yield FilePlan(
        0, 1, WATER, 2008, (ItemPlan("01", 3, PLAN, number="67", scanned=True, landmark="number:67/KH-UBND"),)
    )
    street = ItemPlan("01", 2, LETTER, street="Nguyễn Huệ", scanned=True, landmark="street:Nguyễn Huệ")
    yield FilePlan(1, 1, ROADS, 1962, (street,))
    old = tuple(ItemPlan("01", pages, DECISION, scanned=True) for pages in (1, 3))
    yield FilePlan(2, 0, LAND_REFORM_1956, 1958, old, landmark="typewritten")
    yield FilePlan(0, 2, FARMING, 1979, own_pages=12, landmark="own-pages")
    watched = (
        ItemPlan("01", 2, DECISION, personal=True, scanned=True, landmark="personal-numbers"),
        ItemPlan("01", 2, DECISION, personal=True, landmark="personal-numbers-unscanned"),
        ItemPlan("01", 2, DECISION, stamp="MẬT", scanned=True, landmark="secrecy-mark"),
    )
    yield FilePlan(0, 1, DISPUTE, 2003, watched)


def _faulty() -> Iterator[FilePlan]:
    """Every fault once."""
    yield FilePlan(
        2, 1, SURVEY, 1989, tuple(ItemPlan("01", 1, fault=name, landmark=f"mended:{name}") for name in MENDED)
    )
    yield FilePlan(0, 0, STAFFING, 1986, tuple(ItemPlan("01", 1, fault=name) for name in REFUSED))
    for name in REFUSED_FILES:
        yield FilePlan(0, 0, STAFFING, 1984, (ItemPlan("01", 1), ItemPlan("01", 1)), fault=name)
    yield FilePlan(
        1, 0, ROADS, 1999, tuple(ItemPlan("01", 2, broken=name, landmark=f"broken:{name}") for name in BROKEN_PDFS)
    )
