"""Readers, cases, permits and notices as a test wants them, written into the store as they stand."""

import json
import secrets
from dataclasses import dataclass
from datetime import UTC, date, datetime, timedelta
from typing import Any

from sqlalchemy import Table, insert, select

from portal.accounts.people.account import Facts
from portal.requests.case import Application
from portal.requests.ruling import Ruling
from portal.requests.states import State
from portal.requests.terms import ItemClass, Kind, Medium, Outcome
from portal.store.database import Database
from portal.store.outbox import Notice, enqueue
from portal.store.sealing import Sealing
from portal.store.tables import accounts, case_lines, case_permits, cases, notices

NOW = datetime(2026, 11, 18, 3, 0, tzinfo=UTC)
"""A Wednesday, ten in the morning at the archive."""

TODAY = date(2026, 11, 18)
GRANTED = Ruling(outcome=Outcome.APPROVED)
REFUSED = Ruling(outcome=Outcome.REFUSED, reason="other")


@dataclass
class Clock:
    """Goes on by a millisecond each time it is read, and further when it is moved."""

    moment: datetime = NOW

    def __call__(self) -> datetime:
        self.moment += timedelta(milliseconds=1)
        return self.moment

    def on(self, **step: float) -> None:
        self.moment += timedelta(**step)


@dataclass(frozen=True)
class Given:
    """Writes into one store."""

    database: Database
    seal: Sealing

    def account(self, *, facts: Facts | None = None, verified: bool = True, **values: object) -> str:
        """A reader, by default one who is reached by e-mail; with empty facts one who has been deleted."""
        facts = Facts(name="Nguyễn Văn An", email="an@vidu.vn") if facts is None else facts
        account_id = secrets.token_hex(16)
        row = {
            "id": account_id,
            "kind": "citizen",
            "sealed": self.seal.seal(facts.to_json()) if facts != Facts() else "",
            "language": "vi",
            "terms_version": "",
            "created_at": NOW,
            "contact_verified_at": NOW if verified else None,
        }
        self._add(accounts, row | values)
        return account_id

    def notices(self, account_id: str, count: int = 1, *, template: str = "decided", **values: str) -> None:
        """So many different ones, due now."""
        filled = {"code": "H00.1-261118-0001", "case_id": "c" * 32} | values
        told = [Notice(f"{account_id} {number}", account_id, template, filled) for number in range(count)]
        with self.database.writing() as connection:
            enqueue(connection, *told, seal=self.seal, now=NOW)

    def case(self, account_id: str, state: State, **values: object) -> str:
        """A case in this state, with one record to be read on screen."""
        case_id = secrets.token_hex(16)
        row = {
            "id": case_id,
            "account_id": account_id,
            "state": state.value,
            "turn": 3,
            "sealed": self.seal.seal(Application().to_json()),
            "code": f"H00.1-261118-{case_id}",
            "created_at": NOW,
            "changed_at": NOW,
            "supplements": 0,
        }
        self._add(cases, row | values)
        self.line(case_id, 1)
        return case_id

    def line(self, case_id: str, number: int, *, decision: Ruling | None = GRANTED, **values: object) -> None:
        """One more record."""
        row = {
            "case_id": case_id,
            "number": number,
            "record_id": f"qn.{number}",
            "reference_code": f"{number}",
            "title": "Hồ sơ",
            "kind": Kind.READING.value,
            "certified": False,
            "medium": Medium.DIGITAL.value,
            "item": ItemClass.CONDITIONAL.value,
            "page_count": 4,
            "decision": decision.model_dump_json() if decision else None,
        }
        self._add(case_lines, row | values)

    def permit(self, case_id: str, account_id: str, number: int = 1, *, ends_on: date, **values: object) -> str:
        """A permit that entered the register ten days ago."""
        code = f"{case_id}/{number}"
        terms = {
            "record_id": "qn.1",
            "actions": ["read"],
            "starts_on": "2026-11-01",
            "pages": None,
            "reading_room_only": False,
            "pages_per_day": None,
            "strong_watermark": False,
        }
        row = {
            "code": code,
            "case_id": case_id,
            "line": 1,
            "account_id": account_id,
            "terms": json.dumps(terms),
            "ends_on": ends_on,
            "author": "hoa",
            "granted_at": NOW - timedelta(days=10),
        }
        self._add(case_permits, row | values)
        return code

    def told(self) -> list[tuple[str, dict[str, str]]]:
        """Template and values of every notice, in order."""
        return [(row.template, json.loads(self.seal.open(row.sealed))) for row in self.rows(notices)]

    def rows(self, table: Table) -> list[Any]:
        with self.database.reading() as connection:
            return list(connection.execute(select(table).order_by(*table.primary_key.columns)).all())

    def state(self, case_id: str) -> State:
        return next(State(row.state) for row in self.rows(cases) if row.id == case_id)

    def _add(self, table: Table, row: dict[str, Any]) -> None:
        with self.database.writing() as connection:
            connection.execute(insert(table).values(row))
