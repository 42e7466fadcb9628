"""A reader who has left something in every table of requests."""

from datetime import timedelta
from pathlib import Path

from sqlalchemy import insert, select

from portal.requests.case import Application, Case, Line, Requester
from portal.requests.cases import Cases
from portal.requests.deciding import Deciding
from portal.requests.files import CaseFiles
from portal.requests.handling import Handling
from portal.requests.ruling import Ruling
from portal.requests.scanning import NoScanner
from portal.requests.states import Actor
from portal.requests.taking import By
from portal.requests.terms import ItemClass, Kind, Outcome
from portal.store.database import Database
from portal.store.sealing import Sealing
from portal.store.tables import case_permits, permit_pages
from tests.accounts.people.conftest import NOW

LAN = By(frozenset({Actor.ARCHIVIST}), "1" * 32, "lan")
LINE = Line(0, "qn.td.04.16.1", "TĐĐ · 67", "Quyết định giao đất", Kind.READING, ItemClass.OPEN, page_count=3)


class NeverAsked:
    """No permit of these tests has to enter a register."""

    def grant(self, *_given: object, **_named: object) -> int:
        raise AssertionError

    revoke = grant


def leave_requests(database: Database, seal: Sealing, folder: Path, account_id: str, mark: str) -> Case:
    """A decided case with everything that can hang on it, and a draft; `mark` stands in all that is personal."""
    cases, handling = Cases(database, seal, agency="H00.1"), Handling(database, seal)
    deciding = Deciding(database, seal, NeverAsked(), pseudonym=str)
    files = CaseFiles(database, seal, folder, NoScanner(), most_bytes=1000)
    form = Application("01", f"việc {mark}", f"đề tài {mark}", "10", "self", remark=f"xin {mark}")

    draft = cases.put_in(account_id, LINE, now=NOW)
    cases.save(account_id, form, draft.lines, now=NOW)
    files.add(draft.id, f"{mark}.pdf", b"%PDF-1.7", now=NOW)
    cases.submit(cases.draft(account_id), Requester(account_id, "citizen", f"Tên {mark}"), now=NOW)  # type: ignore[arg-type]
    case = handling.case(draft.id)
    told = {"by": LAN, "now": NOW}
    handling.receive(case.id, turn=case.turn, **told)  # type: ignore[arg-type]
    handling.assign(case.id, to=LAN.id, turn=case.turn + 1, **told)  # type: ignore[arg-type]
    handling.ask_supplement(case.id, words=f"Kính gửi {mark}", turn=case.turn + 2, **told)  # type: ignore[arg-type]
    cases.supply(case.id, account_id, turn=case.turn + 3, words=f"Tôi là {mark}", now=NOW)
    ruling = Ruling(outcome=Outcome.APPROVED, words=f"Gửi {mark}", pages_per_day=2)
    handling.propose(case.id, {1: ruling}, turn=case.turn + 4, **told)  # type: ignore[arg-type]
    deciding.decide(case.id, {1: ruling}, turn=case.turn + 5, **told)  # type: ignore[arg-type]
    handling.reply(case.id, words=f"Thưa {mark}", turn=case.turn + 6, **told)  # type: ignore[arg-type]
    handling.add_note(case.id, f"gọi cho {mark}", **told)  # type: ignore[arg-type]
    with database.writing() as connection:
        code = connection.execute(select(case_permits.c.code).where(case_permits.c.case_id == case.id)).scalar_one()
        connection.execute(insert(permit_pages).values(permit=code, day=NOW.date(), page=1))
    later = NOW + timedelta(minutes=1)
    second = cases.put_in(account_id, LINE, now=later)
    cases.save(account_id, form, second.lines, now=later)
    return handling.case(case.id)
