"""What requests cost: the queue as the finished ones pile up, and the statements of one submission."""

import statistics
import time
from collections.abc import Iterator
from contextlib import contextmanager
from datetime import UTC, date, datetime, timedelta
from typing import Any

from sqlalchemy import Connection, Engine, event, insert, text

from deploy.bench.results import Figure, at_most
from portal.requests.case import Application, Line, Requester
from portal.requests.cases import Cases
from portal.requests.queue import Asked, Pile, Queue
from portal.requests.terms import ItemClass, Kind
from portal.store.database import Database
from portal.store.migrating import migrate
from portal.store.sealing import Sealing
from portal.store.tables import accounts, case_lines, cases
from tests.servers.postgres import PostgresServer

TODAY = date(2026, 11, 23)
NOW = datetime(2026, 11, 23, 3, tzinfo=UTC)
READER = "a" * 32
OPEN = 500
"""Cases that somebody still has to do something with, however many are over."""

FORM = Application("01", "Làm hồ sơ", "Chế độ", "10", "self")
_SEAL = Sealing([b"s" * 32], matching_key=b"m" * 32)


def queue_growth(few: int, many: int, repeats: int) -> Figure:
    """Seconds for the queue and its counts with `many` cases against `few`; the same ones are open in both."""
    server = PostgresServer()
    try:
        large, small = (_median(_queue(server, count), repeats) for count in (many, few))
    finally:
        server.stop()
    return at_most(large, small, 2.0, "s")


def submission_round_trips() -> Figure:
    """Statements of one submission, without those that begin and end its transaction."""
    server = PostgresServer()
    try:
        database = _store(server)
        store = Cases(database, _SEAL, agency="H00.1")
        line = Line(0, "qn.1", "TĐĐ 1", "Quyết định", Kind.READING, ItemClass.OPEN, page_count=3)
        draft = store.put_in(READER, line, now=NOW)
        store.save(READER, FORM, draft.lines, now=NOW)
        kept = store.draft(READER)
        assert kept is not None
        with statements() as counted:
            store.submit(kept, Requester(READER, "citizen", "Nguyễn Văn An"), now=NOW)
        database.close()
    finally:
        server.stop()
    return at_most(len(counted), 5, 1.0, "statements")


@contextmanager
def statements() -> Iterator[list[str]]:
    """The statements that any engine sends while the block runs."""
    seen: list[str] = []

    def note(_connection: Connection, _cursor: Any, statement: str, *_rest: Any) -> None:
        if statement.partition(" ")[0] != "BEGIN":
            seen.append(statement)

    event.listen(Engine, "before_cursor_execute", note)
    try:
        yield seen
    finally:
        event.remove(Engine, "before_cursor_execute", note)


def _store(server: PostgresServer) -> Database:
    database = Database(server.url(server.create_database()))
    migrate(database)
    made = {"kind": "citizen", "sealed": "", "language": "vi", "terms_version": "", "created_at": NOW}
    with database.writing() as connection:
        connection.execute(insert(accounts).values(made | {"id": READER}))
    return database


def _queue(server: PostgresServer, count: int) -> Queue:
    database = _store(server)
    fill(database, count)
    return Queue(database, _SEAL)


def fill(database: Database, count: int) -> None:
    """So many cases with one record each, the newest of them open."""
    sealed = _SEAL.seal(FORM.to_json())
    for start in range(0, count, 5000):
        numbers = range(start, min(start + 5000, count))
        with database.writing() as connection:
            connection.execute(insert(cases), [_case(number, count, sealed) for number in numbers])
            connection.execute(insert(case_lines), [_line(number) for number in numbers])
    with database.writing() as connection:
        connection.execute(text("ANALYZE"))


def _case(number: int, count: int, sealed: str) -> dict[str, Any]:
    left = count - number
    states = ("submitted", "received", "in-progress", "proposed", "decided")
    submitted = NOW - timedelta(minutes=20 * left)
    return {
        "id": f"{number:032x}",
        "account_id": READER,
        "state": states[number % len(states)] if left <= OPEN else "closed",
        "turn": 3,
        "sealed": sealed,
        "code": f"H00.1-{submitted:%y%m%d}-{number:06}",
        "created_at": submitted,
        "changed_at": submitted,
        "submitted_at": submitted,
        "due_on": TODAY + timedelta(days=number % 9 - 2),
        "supplements": 0,
    }


def _line(number: int) -> dict[str, Any]:
    return {
        "case_id": f"{number:032x}",
        "number": 1,
        "record_id": f"qn.{number}",
        "reference_code": f"TĐĐ {number}",
        "title": "Quyết định giao đất",
        "kind": "reading",
        "item": "open",
        "page_count": 3,
    }


def _median(queue: Queue, repeats: int) -> float:
    taken = []
    for _ in range(repeats + 1):
        started = time.perf_counter()
        for pile in (Pile.NEW, Pile.IN_PROGRESS, Pile.OVERDUE, Pile.FINISHED):
            queue.find(Asked(pile), today=TODAY)
        queue.counts(today=TODAY)
        taken.append(time.perf_counter() - started)
    return statistics.median(taken[1:])  # the first one opens the connection
