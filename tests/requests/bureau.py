"""Requests without their pages: readers and staff who work on one store and one register."""

from collections.abc import Iterable
from dataclasses import dataclass, field
from datetime import UTC, datetime

from sqlalchemy import insert

from access_policy.register.store import Register
from portal.requests.case import Application, Case, Line, Requester
from portal.requests.cases import Cases, Submitted
from portal.requests.deciding import Deciding, PermitRegister
from portal.requests.handling import Handling
from portal.requests.provisions.kept import Provisions
from portal.requests.ruling import Ruling
from portal.requests.states import Actor
from portal.requests.taking import By
from portal.requests.terms import ItemClass, Kind, Outcome
from portal.store.database import Database
from portal.store.sealing import Sealing
from portal.store.tables import accounts

MONDAY = datetime(2026, 11, 16, 2, 0, tzinfo=UTC)
"""Nine in the morning at the archive, in a week without holidays."""

AN, BINH = "a" * 32, "b" * 32

LAN = By(frozenset({Actor.ARCHIVIST}), "1" * 32, "lan")
MINH = By(frozenset({Actor.ARCHIVIST}), "2" * 32, "minh")
HOA = By(frozenset({Actor.HEAD}), "3" * 32, "hoa")
TUAN = By(frozenset({Actor.ARCHIVIST, Actor.HEAD}), "4" * 32, "tuan")
WORKER = By(frozenset({Actor.SYSTEM}), "")

FORM = Application("01", "Làm hồ sơ hưởng chế độ", "Chế độ người có công", "10", "self")

GRANTED = Ruling(outcome=Outcome.APPROVED, days=10)
REFUSED = Ruling(outcome=Outcome.REFUSED, reason="private-secret")


def line(
    record_id: str = "qn.1", *, item: ItemClass = ItemClass.OPEN, kind: Kind = Kind.READING, pages: int = 9
) -> Line:
    """A record as it is put into a draft."""
    return Line(0, record_id, f"TĐĐ {record_id}", f"Tên {record_id}", kind, item, page_count=pages)


def pseudonym(account_id: str) -> str:
    return f"reader-{account_id[:4]}"


@dataclass
class Bureau:
    """`register` is real; tests put something less willing before it where they say so."""

    database: Database
    register: Register
    seal: Sealing = field(default_factory=lambda: Sealing([b"s" * 32], matching_key=b"m" * 32))

    def __post_init__(self) -> None:
        self.cases = Cases(self.database, self.seal, agency="H00.1")
        self.handling = Handling(self.database, self.seal)
        self.provisions = Provisions(self.database)
        self.deciding = self.deciding_with(self.register)

    def deciding_with(self, register: PermitRegister) -> Deciding:
        return Deciding(self.database, self.seal, register, pseudonym=pseudonym)

    def settle(self, *account_ids: str) -> None:
        """Accounts to which cases can belong."""
        made = {"kind": "citizen", "sealed": "", "language": "vi", "terms_version": "", "created_at": MONDAY}
        with self.database.writing() as connection:
            connection.execute(insert(accounts), [made | {"id": account_id} for account_id in account_ids])

    def draft(self, account_id: str = AN, lines: Iterable[Line] = (), *, now: datetime = MONDAY) -> Case:
        """A draft with the form filled in."""
        for each in lines or [line()]:
            self.cases.put_in(account_id, each, now=now)
        kept = self.cases.draft(account_id)
        assert kept is not None
        self.cases.save(account_id, FORM, kept.lines, now=now)
        draft = self.cases.draft(account_id)
        assert draft is not None
        return draft

    def submitted(
        self, account_id: str = AN, lines: Iterable[Line] = (), *, kind: str = "citizen", now: datetime = MONDAY
    ) -> Case:
        """A case that has just been handed in."""
        draft = self.draft(account_id, lines, now=now)
        self.submit(draft, kind=kind, now=now)
        return self.handling.case(draft.id)

    def submit(self, draft: Case, *, kind: str = "citizen", now: datetime = MONDAY) -> Submitted:
        return self.cases.submit(draft, Requester(draft.account_id, kind, "Nguyễn Văn An"), now=now)

    def in_progress(
        self, account_id: str = AN, lines: Iterable[Line] = (), *, kind: str = "citizen", now: datetime = MONDAY
    ) -> Case:
        """A case that Lan works on."""
        case = self.submitted(account_id, lines, kind=kind, now=now)
        self.handling.receive(case.id, by=LAN, turn=case.turn, now=now)
        self.handling.assign(case.id, to=LAN.id, by=LAN, turn=case.turn + 1, now=now)
        return self.handling.case(case.id)

    def decided(self, account_id: str = AN, lines: Iterable[Line] = (), *, now: datetime = MONDAY) -> Case:
        """A case of open records that Lan has decided in the reader's favour; its permits still wait."""
        case = self.in_progress(account_id, lines, now=now)
        rulings = {each.number: GRANTED for each in case.lines}
        self.deciding.decide(case.id, rulings, by=LAN, turn=case.turn, now=now)
        return self.handling.case(case.id)

    def in_register(self, account_id: str = AN) -> list[str]:
        """Codes of the permits that the register knows of a reader."""
        return [permit.code for permit in self.register.permits_of(pseudonym(account_id))]


def make_bureau(database: Database, register: Register) -> Bureau:
    """With two readers."""
    bureau = Bureau(database, register)
    bureau.settle(AN, BINH)
    return bureau
