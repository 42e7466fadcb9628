"""How far a rebuild has come, as it is noted in the generation: the row to go on after, and the counts up to it."""

import json
from collections import Counter
from dataclasses import dataclass

from indexer.pipeline import Tally


@dataclass(frozen=True)
class Place:
    """The `row_key` of the last record of which everything is written, and what had become of the rows by then."""

    row_key: str
    tally: Tally

    def written(self) -> str:
        """As a line for `GenerationWriter.mark`."""
        return json.dumps({"row_key": self.row_key, **vars(self.tally)})


def read_place(line: str) -> Place:
    """The place of a mark; that of an empty one is the beginning. Raises ValueError for a line that is none."""
    if not line:
        return Place("", Tally())
    try:
        noted = json.loads(line)
        place = Place(str(noted.pop("row_key")), Tally(**noted))
        place.tally.kept_out, place.tally.noticed, place.tally.refused = (
            Counter(noted[name]) for name in ("kept_out", "noticed", "refused")
        )
        return place
    except (LookupError, TypeError, AttributeError, ValueError) as error:
        raise ValueError("the mark of an unfinished generation cannot be understood") from error
