"""Names of the indexes of a generation, and what is noted about it."""

import re
from dataclasses import dataclass
from datetime import date
from typing import Any

from indexer.index.port import Follows, IndexUnavailable

DIGITS = 6


@dataclass(frozen=True)
class GenerationNames:
    """The two indexes of generation `name` ("000012") of an index whose names begin with `prefix`."""

    prefix: str
    name: str

    @property
    def records(self) -> str:
        """The index of records."""
        return f"{records_alias(self.prefix)}-{self.name}"

    @property
    def pages(self) -> str:
        """The index of pages."""
        return f"{pages_alias(self.prefix)}-{self.name}"


def records_alias(prefix: str) -> str:
    """What the current index of records is also called."""
    return f"{prefix}-records"


def pages_alias(prefix: str) -> str:
    """What the current index of pages is also called."""
    return f"{prefix}-pages"


def before_alias(prefix: str) -> str:
    """What the index of records that was in service before the current one is also called."""
    return f"{records_alias(prefix)}-before"


def generation_of(index: str, prefix: str) -> GenerationNames | None:
    """The generation an index of records belongs to; None for any other index."""
    found = re.fullmatch(rf"{re.escape(records_alias(prefix))}-(\d{{{DIGITS}}})", index)
    return GenerationNames(prefix, found[1]) if found else None


@dataclass(frozen=True)
class Noted:
    """What is noted about a generation: what it follows, whether it is full, how far it has been filled, and by how
    many marks.
    """

    follows: Follows
    full: bool
    done: str = ""
    marks: int = 0

    def written(self) -> dict[str, Any]:
        """The note as the cluster keeps it, beside the mapping of the records."""
        return {
            "revision": self.follows.revision,
            "derived_on": self.follows.derived_on.isoformat(),
            "position": self.follows.position,
            "full": self.full,
            "done": self.done,
            "marks": self.marks,
        }


def read_note(mapping: dict[str, Any], name: str) -> Noted:
    """What is noted about a generation. Raises IndexUnavailable when that cannot be known."""
    try:
        noted = mapping["_meta"]
        follows = Follows(int(noted["revision"]), date.fromisoformat(noted["derived_on"]), str(noted["position"]))
        return Noted(follows, bool(noted["full"]), str(noted["done"]), int(noted["marks"]))
    except (LookupError, TypeError, ValueError) as error:
        raise IndexUnavailable(f"generation {name}: what it was derived from cannot be understood") from error
