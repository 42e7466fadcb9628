"""Making a record of its own facts and what it takes over from above; both layouts do it in the same way."""

from typing import Any

from access_policy.record import Record
from access_policy.terms import Level
from indexer.sources.agencies import creator_today
from indexer.sources.description import ITEM_WORD, reference_code, short_number
from indexer.sources.identity import id_in_fonds
from indexer.sources.kinship import Ancestry


def placed(above: Ancestry, *, creator: str = "", row_version: int, **facts: Any) -> Record:
    """A record below this ancestry. Without a creator of its own it has the one above it.

    Its version is the highest of its own and those above, since it repeats titles and modes of what is above.
    """
    made_by = creator or above.creator
    return Record(
        archive_code=above.archive_code,
        archive_name=above.archive_name,
        parents=above.parents,
        creator=made_by,
        creator_today=creator_today(made_by),
        row_version=max(row_version, above.row_version),
        **facts,
    )


def archival_number(level: Level, above: Ancestry, number: str) -> dict[str, Any]:
    """Level, id and reference code of what is counted within a fonds by its archival number (số lưu trữ)."""
    fonds = above.nearest
    return {
        "level": level,
        "id": id_in_fonds(level, fonds.id, number, given_prefix=""),
        "reference_code": reference_code(fonds.reference_code, f"{ITEM_WORD[level.value]} {short_number(number)}"),
    }
