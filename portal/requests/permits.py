"""Permits of cases: what a decision grants is written with it, and then enters the register.

The two are different databases, so the order decides what a crash between them can do: a permit is written here first
and in the register last, and it is taken back in the register first. At worst a reader waits; nothing is open longer.
"""

import json
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from datetime import date, datetime
from typing import Any

from sqlalchemy import Connection, Row, func, insert, select, update

from access_policy.permit import Permit
from access_policy.terms import Action
from portal.requests.case import Case
from portal.requests.ruling import Ruling
from portal.store.tables import case_permits

_P = case_permits.c


@dataclass(frozen=True)
class CasePermit:
    """A permit that came out of a case, as it was granted. `granted_at` is None until it is in the register."""

    permit: Permit
    case_id: str
    line: int
    account_id: str
    author: str
    granted_at: datetime | None
    revoked_at: datetime | None

    def good(self, today: date) -> bool:
        """Whether it lets anything through on this day."""
        return (
            self.granted_at is not None
            and self.revoked_at is None
            and self.permit.starts_on <= today <= self.permit.ends_on
        )


def pending_permits(
    connection: Connection, case: Case, rulings: Mapping[int, Ruling], *, author: str, today: date
) -> None:
    """Write down what a decision grants on the screen; copies on paper are handed over."""
    codes = _codes(connection, case)
    rows = [
        _row(case, line.number, permit, author)
        for line in case.lines
        if line.on_screen
        for permit in rulings[line.number].permits(line.record_id, codes=codes, today=today)
    ]
    if rows:
        connection.execute(insert(case_permits), rows)


def permits_of_case(connection: Connection, case_id: str) -> Sequence[CasePermit]:
    """Every permit of a case, taken back or not, in the order of granting."""
    return _found(connection, _P.case_id == case_id)


def permits_of_account(connection: Connection, account_id: str) -> Sequence[CasePermit]:
    """Every permit of a reader, taken back or not."""
    return _found(connection, _P.account_id == account_id)


def standing_of_case(connection: Connection, case_id: str, codes: Sequence[str] | None) -> Sequence[CasePermit]:
    """Permits of a case that nobody took back, all or these; held until the end of the transaction."""
    standing = _found(connection, (_P.case_id == case_id) & _P.revoked_at.is_(None), held=True)
    return standing if codes is None else [each for each in standing if each.permit.code in codes]


def waiting(connection: Connection, *, most: int) -> Sequence[CasePermit]:
    """Permits that are not in the register yet; held, and those that another worker holds left out."""
    query = select(case_permits).where(_P.granted_at.is_(None), _P.revoked_at.is_(None)).order_by(_P.code).limit(most)
    return [_read(row) for row in connection.execute(query.with_for_update(skip_locked=True))]


def mark_granted(connection: Connection, code: str, *, now: datetime) -> None:
    """It is in the register."""
    connection.execute(update(case_permits).where(_P.code == code).values(granted_at=now))


def mark_revoked(connection: Connection, code: str, *, now: datetime) -> None:
    """It is out of the register, or will never be in it."""
    connection.execute(update(case_permits).where(_P.code == code).values(revoked_at=now))


def _found(connection: Connection, which: Any, *, held: bool = False) -> list[CasePermit]:
    query = select(case_permits).where(which).order_by(_P.case_id, _P.line, _P.code)
    return [_read(row) for row in connection.execute(query.with_for_update() if held else query)]


def _codes(connection: Connection, case: Case) -> Iterator[str]:
    """Mã hồ sơ and a running number, which goes on when a case is decided again."""
    given = connection.execute(select(func.count()).select_from(case_permits).where(_P.case_id == case.id)).scalar_one()
    while True:
        given += 1
        yield f"{case.code}/{given}"


def _row(case: Case, line: int, permit: Permit, author: str) -> dict[str, Any]:
    terms = {
        "record_id": permit.record_id,
        "actions": sorted(action.value for action in permit.actions),
        "starts_on": permit.starts_on.isoformat(),
        "pages": permit.pages,
        "reading_room_only": permit.reading_room_only,
        "pages_per_day": permit.pages_per_day,
        "strong_watermark": permit.strong_watermark,
    }
    return {
        "code": permit.code,
        "case_id": case.id,
        "line": line,
        "account_id": case.account_id,
        "terms": json.dumps(terms),
        "ends_on": permit.ends_on,
        "author": author,
    }


def _read(row: Row[Any]) -> CasePermit:
    terms: dict[str, Any] = json.loads(row.terms)
    permit = Permit(
        code=row.code,
        record_id=terms["record_id"],
        actions=frozenset(Action(word) for word in terms["actions"]),
        starts_on=date.fromisoformat(terms["starts_on"]),
        ends_on=row.ends_on,
        pages=tuple(terms["pages"]) if terms["pages"] else None,
        reading_room_only=terms["reading_room_only"],
        pages_per_day=terms["pages_per_day"],
        strong_watermark=terms["strong_watermark"],
    )
    return CasePermit(permit, row.case_id, row.line, row.account_id, row.author, row.granted_at, row.revoked_at)
