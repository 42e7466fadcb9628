"""Filling the open places of a template: what belongs to the whole document stays, the rest is drawn anew each time."""

from collections.abc import Callable, Mapping
from datetime import date

from indexer.demo_archive.dice import Dice
from indexer.demo_archive.geography import STREETS, VILLAGES, District, locality
from indexer.demo_archive.matters import BODIES, BODIES_BEFORE_1975
from indexer.demo_archive.people import person


class Slots(dict[str, str]):
    """The slots of one document: its place, its year; people, numbers and villages are new at every use."""

    def __init__(self, dice: Dice, districts: tuple[District, ...], day: date, province: str) -> None:
        place = locality(dice, districts, day.year)
        super().__init__(
            noi=place.whole,
            xa=place.commune,
            huyen=place.district,
            tinh=province,
            nam=str(day.year),
            nam_truoc=str(day.year - 1),
        )
        self._dice = dice
        self._day = day

    def fill(self, template: str) -> str:
        """The template with every place filled."""
        return template.format_map(self)

    def keep(self, **fixed: str) -> None:
        """Fix some slots for the whole document."""
        self.update(fixed)

    def __missing__(self, slot: str) -> str:
        return _FRESH[slot](self._dice, self._day)


def grouped(number: int) -> str:
    """A number as Vietnamese papers write it: 12.500."""
    return f"{number:,}".replace(",", ".")


def _earlier_number(dice: Dice, _: date) -> str:
    return f"{dice.between(2, 240)}/{dice.pick(('QĐ-UB', 'TB-UB', 'CV-UB', 'NQ-HĐ'))}"


def _earlier_day(dice: Dice, day: date) -> str:
    return date.fromordinal(day.toordinal() - dice.between(6, 200)).strftime("%d/%m/%Y")


_FRESH: Mapping[str, Callable[[Dice, date], str]] = {
    "thon": lambda dice, _: f"thôn {dice.zipf(VILLAGES)}",
    "duong": lambda dice, _: dice.zipf(STREETS),
    "nguoi": lambda dice, _: person(dice),
    "nguoi2": lambda dice, _: person(dice),
    "don_vi": lambda dice, day: dice.zipf(BODIES if day.year >= 1975 else BODIES_BEFORE_1975),
    "ha": lambda dice, _: f"{dice.between(1, 60)},{dice.between(1, 9)}",
    "m2": lambda dice, _: grouped(dice.between(12, 300) * 10),
    "n": lambda dice, _: str(dice.between(6, 90)),
    "n2": lambda dice, _: str(dice.between(2, 40)),
    "tien": lambda dice, _: grouped(dice.between(3, 900) * 500),
    "so_truoc": _earlier_number,
    "ngay_truoc": _earlier_day,
}
