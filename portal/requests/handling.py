"""What staff do with cases up to the decision and after it: receive, assign, ask, propose, answer, close, reopen."""

from collections.abc import Mapping, Sequence
from contextlib import AbstractContextManager
from datetime import date, datetime

from portal.clock import archive_day
from portal.requests.authority import approval_of
from portal.requests.case import Bar, Case, CaseEvent, NoSuchCase, NotAllowed
from portal.requests.cases import spoken
from portal.requests.notes import Note, add_note, notes_of
from portal.requests.permits import CasePermit, permits_of_case
from portal.requests.provisions.kept import in_force
from portal.requests.provisions.models import Approval
from portal.requests.rows import CaseRows
from portal.requests.ruling import Ruling
from portal.requests.rulings import check_rulings, reason_named
from portal.requests.states import State, Step
from portal.requests.taking import By, Taking, taking
from portal.store.database import Database
from portal.store.sealing import Sealing

LONGEST_REFERENCE = 200
"""Letters of the number by which a letter is known."""


class DayOutOfRange(ValueError):
    """A letter about a case is no older than the case, and not of a day to come."""


class Handling:
    """Every method is one transaction and may raise StoreUnavailable. `turn` is the one that its actor saw.

    Each step raises NoSuchCase, Overtaken when somebody was quicker, NotAllowed when the table or a rule is against it,
    and ValueError for words that are too long or missing.
    """

    def __init__(self, database: Database, seal: Sealing) -> None:
        self._database, self._seal = database, seal

    def case(self, case_id: str) -> Case:
        """A case that has been submitted. Drafts are nobody's business but their readers'."""
        with self._database.reading() as connection:
            found = CaseRows(connection, self._seal).by_id(case_id)
        if found is None or found.state is State.DRAFT:
            raise NoSuchCase
        return found

    def events(self, case_id: str) -> Sequence[CaseEvent]:
        """What was done with a case, in order."""
        with self._database.reading() as connection:
            return CaseRows(connection, self._seal).events(case_id)

    def notes(self, case_id: str) -> Sequence[Note]:
        """Notes among staff, in order."""
        with self._database.reading() as connection:
            return notes_of(connection, case_id, seal=self._seal)

    def permits(self, case_id: str) -> Sequence[CasePermit]:
        """What the case's decision granted."""
        with self._database.reading() as connection:
            return permits_of_case(connection, case_id)

    def add_note(self, case_id: str, words: str, *, by: By, now: datetime) -> None:
        """A note among staff. ValueError when it is empty or too long."""
        self.case(case_id)
        with self._database.writing() as connection:
            add_note(connection, case_id, _said(words), staff_id=by.id, seal=self._seal, now=now)

    def approval(self, case: Case, *, on: date) -> Approval:
        """The row of the table of approval that binds a case."""
        with self._database.reading() as connection:
            return approval_of(case, in_force(connection, on).approvals)

    def note_items(self, case: Case) -> None:
        """Write down in which classes the records of a case stand by now; who may decide follows from them."""
        with self._database.writing() as connection:
            CaseRows(connection, self._seal).put_items(case.id, case.lines)

    def receive(self, case_id: str, *, by: By, turn: int, now: datetime) -> None:
        """Accept the request for handling; the clock starts."""
        with self._staff(Step.RECEIVE, case_id, by, turn, now) as taken:
            taken.change(received_at=now)
            taken.start_clock()
            taken.tell("received", due=taken.changes["due_on"].isoformat())

    def refuse_receipt(self, case_id: str, *, reason: str, words: str, by: By, turn: int, now: datetime) -> None:
        """Do not accept it, with a reason of the table. Raises UnknownReason."""
        with self._staff(Step.REFUSE_RECEIPT, case_id, by, turn, now) as taken:
            known = reason_named(taken.provisions.reasons, reason)
            taken.words = f"{known.text} ({known.article})\n{spoken(words)}".strip()
            taken.end_clock()
            taken.change(closed_at=now)
            taken.tell("receipt-refused", reason=known.code)

    def assign(self, case_id: str, *, to: str, by: By, turn: int, now: datetime) -> None:
        """Give the case to a member of staff, by id."""
        with self._staff(Step.ASSIGN, case_id, by, turn, now) as taken:
            taken.change(assigned_to=to)

    def ask_supplement(self, case_id: str, *, words: str, by: By, turn: int, now: datetime) -> None:
        """Ask the reader to add something, which may be done once; the clock stands still."""
        with self._staff(Step.ASK_SUPPLEMENT, case_id, by, turn, now) as taken:
            if taken.case.supplements:
                raise NotAllowed(Bar.SUPPLEMENT_ONCE)
            taken.words = _said(words)
            taken.stop_clock()
            taken.change(supplements=1)
            taken.tell("supplement-asked", until=taken.changes["answer_by"].isoformat())

    def ask_payment(self, case_id: str, *, amount: int, words: str, by: By, turn: int, now: datetime) -> None:
        """Ask the reader to pay so many đồng; the clock stands still."""
        if amount < 1:
            raise ValueError("amount")
        with self._staff(Step.ASK_PAYMENT, case_id, by, turn, now) as taken:
            taken.words = spoken(words)
            taken.stop_clock()
            taken.change(fee=amount)
            taken.tell("payment-asked", amount=str(amount), until=taken.changes["answer_by"].isoformat())

    def note_payment(self, case_id: str, *, reference: str, by: By, turn: int, now: datetime) -> None:
        """The money has come in, under this reference; the clock goes on."""
        with self._staff(Step.NOTE_PAYMENT, case_id, by, turn, now) as taken:
            taken.words = _said(reference)
            taken.start_clock(days_left=taken.case.days_left)
            taken.tell("payment-noted")

    def propose(self, case_id: str, rulings: Mapping[int, Ruling], *, by: By, turn: int, now: datetime) -> None:
        """Propose an outcome for each record, by its number."""
        with self._staff(Step.PROPOSE, case_id, by, turn, now) as taken:
            check_rulings(taken, rulings)
            taken.rows.rule(case_id, "proposal", rulings.items())
            taken.change(proposed_by=by.id)

    def return_proposal(self, case_id: str, *, words: str, by: By, turn: int, now: datetime) -> None:
        """Send a proposal back, saying why."""
        with self._staff(Step.RETURN_PROPOSAL, case_id, by, turn, now) as taken:
            taken.words = _said(words)
            taken.rows.rule(case_id, "proposal", ((line.number, None) for line in taken.case.lines))
            taken.change(proposed_by=None)

    def send_to_authority(self, case_id: str, *, reference: str, on: date, by: By, turn: int, now: datetime) -> None:
        """Note by which letter, of which day, the case went to the authority above the archive. DayOutOfRange."""
        with self._staff(Step.SEND_TO_AUTHORITY, case_id, by, turn, now) as taken:
            taken.words = _said(reference)
            if len(taken.words) > LONGEST_REFERENCE:
                raise ValueError("words")
            if not archive_day(taken.case.created_at) <= on <= taken.today:
                raise DayOutOfRange
            taken.change(authority_reference=taken.words, authority_on=on)

    def reply(self, case_id: str, *, words: str, by: By, turn: int, now: datetime) -> None:
        """Write to the reader."""
        with self._staff(Step.REPLY, case_id, by, turn, now) as taken:
            taken.words = _said(words)
            taken.tell("reply", words=taken.words)

    def stop(self, case_id: str, *, words: str, by: By, turn: int | None, now: datetime) -> None:
        """End a case whose reader did not supply or pay in time. NotAllowed before that day is over."""
        with self._staff(Step.STOP, case_id, by, turn, now) as taken:
            if taken.case.answer_by is None or taken.today <= taken.case.answer_by:
                raise NotAllowed(Bar.STILL_TIME)
            taken.words = spoken(words)
            taken.end_clock()
            taken.change(closed_at=now)
            taken.tell("stopped")

    def close(self, case_id: str, *, by: By, turn: int | None, now: datetime) -> None:
        """The result has been handed over."""
        with self._staff(Step.CLOSE, case_id, by, turn, now) as taken:
            taken.change(closed_at=now)
            taken.tell("closed")

    def reopen(self, case_id: str, *, words: str, by: By, turn: int, now: datetime) -> None:
        """Take up a case again, saying why; the clock starts anew."""
        with self._staff(Step.REOPEN, case_id, by, turn, now) as taken:
            taken.words = _said(words)
            taken.start_clock()
            taken.rows.rule(case_id, "proposal", ((line.number, None) for line in taken.case.lines))
            received_at = taken.case.received_at or now
            taken.change(received_at=received_at, closed_at=None, overdue_at=None, proposed_by=None, supplements=0)
            taken.change(decided_at=None, decided_by=None)
            taken.tell("reopened", due=taken.changes["due_on"].isoformat())

    def _staff(
        self, step: Step, case_id: str, by: By, turn: int | None, now: datetime
    ) -> AbstractContextManager[Taking]:
        return taking(self._database, self._seal, step, case_id, by=by, turn=turn, now=now)


def _said(words: str) -> str:
    """What must be said. ValueError when nothing is, or too much."""
    cleaned = spoken(words)
    if not cleaned:
        raise ValueError("words")
    return cleaned
