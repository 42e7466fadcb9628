"""The bulk of the archive: files drawn by chance, with the frequencies of a real one."""

from collections.abc import Iterator

from indexer.demo_archive.dice import Dice
from indexer.demo_archive.faults import MENDED, REFUSED, REFUSED_FILES
from indexer.demo_archive.landmarks import LISTED_INVENTORY, PRIVACY
from indexer.demo_archive.matters import MATTERS
from indexer.demo_archive.offices import FONDS, LAST_YEAR
from indexer.demo_archive.plan import FilePlan, ItemPlan
from indexer.demo_archive.standing import IN_FORCE, Restriction

_MODES: tuple[tuple[str | None, float], ...] = (
    ("01", 82.0),
    ("02", 6.0),
    ("03", 2.5),
    ("Công khai", 2.5),
    ("Hạn chế", 1.5),
    (None, 1.3),
    ("Đọc tại phòng đọc", 1.2),
    ("Riêng tư", 0.9),
    ("Mật", 0.6),
    ("09", 0.5),
    ("??", 0.5),
    ("", 0.5),
)
_FILE_MODES: tuple[tuple[str | None, float], ...] = (("01", 96.0), ("02", 2.0), ("03", 1.0), (None, 1.0))
_PAGES = (
    *((1, 38.0), (2, 24.0), (3, 13.0), (4, 8.0), (5, 5.0), (6, 4.0), (7, 2.5), (8, 2.0), (9, 1.2), (10, 0.8)),
    *((12, 0.8), (16, 0.4), (24, 0.2)),
)
_PERIODS = ((1950.0, 2.0, 7.0), (1960.0, 4.0, 25.0), (1969.0, 3.0, 6.0), (1982.0, 4.5, 38.0), (2001.0, 6.0, 24.0))
"""Middle, spread and weight: the years of resistance, two of the South, the years after 1975, and those since."""

_LISTED_FILES = 400
"""Single items go on the list only among the first files, so that the list of a large archive stays a list."""


def chance_files(seed: int) -> Iterator[FilePlan]:
    """Files without end."""
    number = 0
    while True:
        number += 1
        yield _file(Dice(seed, f"plan {number}"), may_be_listed=number <= _LISTED_FILES)


def _file(dice: Dice, *, may_be_listed: bool) -> FilePlan:
    fonds = dice.weighted([(at, fonds.weight) for at, fonds in enumerate(FONDS)])
    year = _year(dice, FONDS[fonds].first_year)
    matters = [matter for matter in MATTERS if matter.fits(year)]
    if FONDS[fonds].code == "STNMT.04":
        matters = [matter for matter in matters if "đất" in matter.keywords or "đo đạc" in matter.keywords] or matters
    inventories = [
        at for at in range(len(FONDS[fonds].inventories)) if (fonds, at) != LISTED_INVENTORY or dice.chance(0.1)
    ]
    return FilePlan(
        fonds=fonds,
        inventory=dice.zipf(inventories),
        matter=dice.zipf(matters),
        year=year,
        items=tuple(_item(dice, may_be_listed=may_be_listed) for _ in range(_size(dice))),
        mode=dice.weighted(_FILE_MODES),
        own_pages=dice.between(4, 20) if dice.chance(0.06) else 0,
        fault=dice.pick(REFUSED_FILES) if dice.chance(0.004) else "",
    )


def _item(dice: Dice, *, may_be_listed: bool) -> ItemPlan:
    pages, mode = dice.weighted(_PAGES), dice.weighted(_MODES)
    fault = dice.pick(REFUSED) if dice.chance(0.004) else ""
    if not fault and mode == "01" and dice.chance(0.025):
        fault = dice.zipf(tuple(MENDED))
    listed = may_be_listed and mode == "01" and not fault and dice.chance(0.02)
    return ItemPlan(mode, pages, fault=fault, restriction=_line(dice) if listed else None)


def _line(dice: Dice) -> Restriction:
    reasons = ("Có thông tin về đời tư của cá nhân", "Có thông tin về gia đình còn sống", "Tài liệu hư hỏng nặng")
    return Restriction(
        IN_FORCE,
        PRIVACY,
        dice.zipf(reasons),
        opens_in=dice.pick((None, None, 400, 3650)),
        existence_shown=(shown := dice.chance(0.5)),
        description_shown=shown and dice.chance(0.7),
        requestable=shown,
    )


def _year(dice: Dice, first: int) -> int:
    middle, spread, _ = dice.weighted([(period, period[2]) for period in _PERIODS])
    return min(max(round(dice.near(middle, spread)), first), LAST_YEAR - 2)


def _size(dice: Dice) -> int:
    return min(28, 1 + int(abs(dice.near(0, 9))))
