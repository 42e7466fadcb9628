"""What must not be found of a record, and why: the plan the canaries are laid by, made without asking the policy."""

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date, timedelta
from enum import IntEnum


class Secrecy(IntEnum):
    """How much of a record must stay hidden. The order is the strictness."""

    NOTHING = 0
    TEXT = 1  # the description is public, the text, the pages and the file name are not
    ALL = 2


@dataclass(frozen=True)
class Standing:
    """How secret something is, and the reason in words."""

    secrecy: Secrecy = Secrecy.NOTHING
    why: str = ""

    def under(self, above: "Standing", where: str) -> "Standing":
        """The stricter of its own standing and the one above it."""
        if above.secrecy > self.secrecy:
            return Standing(above.secrecy, f"{where}: {above.why}")
        return self


OPEN = Standing()

MODE_SECRECY: Mapping[str | None, Secrecy] = {
    "01": Secrecy.NOTHING,
    "Công khai": Secrecy.NOTHING,
    "02": Secrecy.TEXT,
    "Hạn chế": Secrecy.TEXT,
    "Đọc tại phòng đọc": Secrecy.TEXT,
    "03": Secrecy.ALL,
    "Mật": Secrecy.ALL,
    "Riêng tư": Secrecy.ALL,
    "09": Secrecy.ALL,
    "??": Secrecy.ALL,
    "": Secrecy.ALL,
    None: Secrecy.ALL,
}
"""Every mode the demonstration archive writes, and what has to stay hidden under it."""


def of_mode(mode: str | None) -> Standing:
    """The standing that a mode gives."""
    secrecy = MODE_SECRECY[mode]
    return Standing(secrecy, f"mode {mode!r}" if mode else "mode missing") if secrecy else OPEN


@dataclass(frozen=True)
class Restriction:
    """One line of a restricted-use list to be. `opens_in` counts days from today; `pages` limits it to some pages."""

    list_number: str
    category: str
    reason: str
    opens_in: int | None = None
    pages: tuple[int, int] | None = None
    existence_shown: bool = False
    description_shown: bool = False
    requestable: bool = False

    def opens_on(self, today: date) -> date | None:
        """The day the line itself sets for opening."""
        return None if self.opens_in is None else today + timedelta(days=self.opens_in)


IN_FORCE, FROM_TODAY, FROM_TOMORROW, ENDED = "12/DM-LTLS", "15/DM-LTLS", "16/DM-LTLS", "07/DM-LTLS"
"""Numbers of the four lists: one in force for a year, one from today, one from tomorrow, one that ended yesterday."""


def of_restriction(line: Restriction | None) -> Standing:
    """The standing that a line gives to the whole record today."""
    if line is None or line.pages or not binds_today(line):
        return OPEN
    when = f", opens in {line.opens_in} day(s)" if line.opens_in else ""
    return Standing(Secrecy.TEXT if line.description_shown else Secrecy.ALL, f"list {line.list_number}{when}")


def binds_today(line: Restriction) -> bool:
    """True when the list is in force today and the line has not opened."""
    return line.list_number in (IN_FORCE, FROM_TODAY) and (line.opens_in is None or line.opens_in > 0)
