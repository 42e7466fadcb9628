"""Notices that were given up: nobody took them however often it was tried. Staff see them, and may try again."""

import json
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime

from sqlalchemy import func, select, update

from portal.store.database import Database
from portal.store.outbox import NoticeState
from portal.store.sealing import SealBroken, Sealing
from portal.store.tables import notices

_N = notices.c
_DEAD = _N.state == NoticeState.DEAD.value


@dataclass(frozen=True)
class DeadLetter:
    """One of them: about which case ("" where that cannot be read), what went wrong last, since when it was due."""

    id: int
    template: str
    code: str
    case_id: str
    fault: str
    tries: int
    since: datetime


class Undelivered:
    """Every method is one transaction and may raise StoreUnavailable."""

    def __init__(self, database: Database, seal: Sealing) -> None:
        self._database, self._seal = database, seal

    def newest(self, *, most: int) -> Sequence[DeadLetter]:
        """Those written down last come first."""
        with self._database.reading() as connection:
            rows = connection.execute(select(notices).where(_DEAD).order_by(_N.id.desc()).limit(most)).all()
        letters = []
        for row in rows:
            values = self._values(row.sealed)
            code, case_id = values.get("code", ""), values.get("case_id", "")
            letters.append(DeadLetter(row.id, row.template, code, case_id, row.fault or "", row.tries, row.created_at))
        return letters

    def count(self) -> int:
        """How many there are."""
        with self._database.reading() as connection:
            return int(connection.execute(select(func.count()).select_from(notices).where(_DEAD)).scalar_one())

    def again(self, notice_id: int, *, now: datetime) -> bool:
        """Have it sent as if it were new; whether it was among them."""
        fresh = {"state": NoticeState.WAITING.value, "tries": 0, "due_at": now, "leased_until": None, "fault": None}
        with self._database.writing() as connection:
            return bool(connection.execute(update(notices).where(_DEAD, _N.id == notice_id).values(fresh)).rowcount)

    def _values(self, sealed: str) -> Mapping[str, str]:
        try:
            values: dict[str, str] = json.loads(self._seal.open(sealed))
        except SealBroken:
            return {}
        return values
