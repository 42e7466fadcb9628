"""What is going to be written: files and their items, before any word of them exists."""

from dataclasses import dataclass

from indexer.demo_archive.matter import Matter
from indexer.demo_archive.standing import Restriction


@dataclass(frozen=True)
class ItemPlan:
    """An item to be: `fault` is a key of faults.py, `broken` the fault of its PDF, `landmark` its name in tests.

    `personal`: its text names somebody with numbers of identity papers; `stamp` is a mark of secrecy on its first page.
    """

    mode: str | None = "01"
    pages: int = 2
    kind: str = ""
    number: str = ""
    street: str = ""
    fault: str = ""
    broken: str = ""
    personal: bool = False
    stamp: str = ""
    scanned: bool = False
    restriction: Restriction | None = None
    landmark: str = ""


@dataclass(frozen=True)
class FilePlan:
    """A file to be: in which fonds (its place in offices.FONDS) and inventory, about what, begun in which year."""

    fonds: int
    inventory: int
    matter: Matter
    year: int
    items: tuple[ItemPlan, ...] = ()
    mode: str | None = "01"
    own_pages: int = 0
    fault: str = ""
    restriction: Restriction | None = None
    landmark: str = ""
