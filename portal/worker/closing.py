"""Closing decided cases with whose result nobody has to come to the archive, or wait for a parcel.

A case stays open for staff while anything of it has to be handed over: a record that is not on screen, a copy that is
certified, on paper, or not to be downloaded.
"""

from collections.abc import Iterator, Sequence
from itertools import groupby
from operator import attrgetter
from typing import Any

from sqlalchemy import exists, select

from portal.clock import Now
from portal.requests.handling import Handling
from portal.requests.ruling import Ruling
from portal.requests.states import State
from portal.requests.terms import Kind, Medium
from portal.store.database import Database
from portal.store.tables import case_lines, case_permits, cases
from portal.worker.acting import WORKER, take_each
from portal.worker.job import Going, Job

AT_ONCE = 200

_C, _L, _P = cases.c, case_lines.c, case_permits.c


def job(database: Database, handling: Handling, *, now: Now) -> Job:
    """In every round, after permits have been brought into the register."""

    def run(going: Going) -> int:
        return take_each(
            _handed_over(database),
            lambda case_id: handling.close(case_id, by=WORKER, turn=None, now=now()),
            going=going,
        )

    return Job("closed", run)


def _handed_over(database: Database) -> Iterator[str]:
    """Ids of decided cases of which nothing is left to hand over, read a part at a time."""
    last = ""
    while part := _part(database, after=last):
        last = part[-1]
        yield from _without_anything_left(database, part)


def _part(database: Database, *, after: str) -> Sequence[str]:
    """Decided cases all of whose permits are in the register."""
    on_the_way = exists().where(_P.case_id == _C.id, _P.granted_at.is_(None), _P.revoked_at.is_(None))
    decided = select(_C.id).where(_C.state == State.DECIDED.value, _C.id > after, ~on_the_way)
    with database.reading() as connection:
        return connection.execute(decided.order_by(_C.id).limit(AT_ONCE)).scalars().all()


def _without_anything_left(database: Database, case_ids: Sequence[str]) -> list[str]:
    columns = (_L.case_id, _L.kind, _L.medium, _L.certified, _L.page_count, _L.decision)
    with database.reading() as connection:
        lines = connection.execute(select(*columns).where(_L.case_id.in_(case_ids)).order_by(_L.case_id)).all()
    return [case_id for case_id, own in groupby(lines, attrgetter("case_id")) if not any(map(_to_hand_over, own))]


def _to_hand_over(line: Any) -> bool:
    """Of a row of `case_lines`."""
    if line.decision is None:
        return True
    ruling = Ruling.model_validate_json(line.decision)
    on_paper = line.certified or line.medium == Medium.PAPER.value
    of_staff = line.kind == Kind.COPY.value and (on_paper or not ruling.may_download)
    return ruling.granted and (of_staff or not line.page_count)
