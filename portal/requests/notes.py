"""Notes among staff about a case, sealed at rest."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime

from sqlalchemy import Connection, insert, select

from portal.store.sealing import Sealing
from portal.store.tables import case_notes


@dataclass(frozen=True)
class Note:
    """Who wrote what, when."""

    at: datetime
    staff_id: str
    words: str


def notes_of(connection: Connection, case_id: str, *, seal: Sealing) -> Sequence[Note]:
    """The notes of a case, in order."""
    query = select(case_notes).where(case_notes.c.case_id == case_id).order_by(case_notes.c.id)
    return [Note(row.at, row.staff_id, seal.open(row.sealed)) for row in connection.execute(query)]


def add_note(connection: Connection, case_id: str, words: str, *, staff_id: str, seal: Sealing, now: datetime) -> None:
    """Write one down."""
    row = {"case_id": case_id, "at": now, "staff_id": staff_id, "sealed": seal.seal(words)}
    connection.execute(insert(case_notes).values(row))
