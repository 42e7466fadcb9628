"""What a reader does with requests: draft, submit, supply, withdraw, rate."""

import re
from collections.abc import Sequence
from contextlib import AbstractContextManager
from dataclasses import dataclass, replace
from datetime import datetime

from sqlalchemy import select

from portal.requests.case import MOST_LINES, Application, Bar, Case, CaseEvent, Line, NoSuchCase, NotAllowed, Requester
from portal.requests.codes import lookup_digits, next_code
from portal.requests.rows import CaseRows
from portal.requests.ruling import LONGEST_WORDS
from portal.requests.states import Actor, State, Step
from portal.requests.taking import By, Taking, taking
from portal.requests.terms import Kind
from portal.store.database import Database
from portal.store.sealing import Sealing
from portal.store.tables import cases

MOST_STARS = 5

CONTROL = re.compile(r"[\x00-\x08\x0b-\x1f\x7f]")


class TooManyLines(Exception):
    """A case holds no more records than `MOST_LINES`."""


@dataclass(frozen=True)
class Submitted:
    """The code, and the digits that open the look-up with it; whoever looks up is compared with a digest of them."""

    code: str
    lookup: str


class Cases:
    """Every method is one transaction and may raise StoreUnavailable. `agency` is the archive's code in mã hồ sơ.

    Of a case that is not the reader's own every method says NoSuchCase.
    """

    def __init__(self, database: Database, seal: Sealing, *, agency: str) -> None:
        self._database, self._seal, self._agency = database, seal, agency

    def own(self, case_id: str, account_id: str) -> Case:
        """One case of a reader."""
        with self._database.reading() as connection:
            case = CaseRows(connection, self._seal).by_id(case_id)
        if case is None or case.account_id != account_id:
            raise NoSuchCase
        return case

    def own_events(self, case_id: str, account_id: str) -> Sequence[CaseEvent]:
        """What was done with a reader's case, in order."""
        self.own(case_id, account_id)
        with self._database.reading() as connection:
            return CaseRows(connection, self._seal).events(case_id)

    def all_own(self, account_id: str, *, most: int) -> Sequence[Case]:
        """The cases of a reader, drafts too, with their records, the newest first."""
        newest = select(cases).where(cases.c.account_id == account_id).order_by(cases.c.created_at.desc()).limit(most)
        with self._database.reading() as connection:
            rows = CaseRows(connection, self._seal)
            found = rows.found(newest)
            lines = rows.lines_of([case.id for case in found])
        return [replace(case, lines=lines[case.id]) for case in found]

    def draft(self, account_id: str) -> Case | None:
        """What a reader is about to submit."""
        with self._database.reading() as connection:
            return CaseRows(connection, self._seal).draft_of(account_id)

    def put_in(self, account_id: str, line: Line, *, now: datetime, extends: str = "") -> Case:
        """Put a record into the reader's draft, which is made when there is none; one that is in it already is asked
        for as `line` says now. Raises TooManyLines.
        """
        with self._database.writing() as connection:
            rows = CaseRows(connection, self._seal)
            if rows.draft_of(account_id, to_change=True) is None:
                rows.add_draft(account_id, extends=extends, now=now)
            draft = _held(rows, account_id)
            others = [each for each in draft.lines if _asked_for(each) != _asked_for(line)]
            if len(others) >= MOST_LINES:
                raise TooManyLines
            rows.put_lines(draft.id, _numbered([*others, line]))
            rows.change(draft.id, turn=draft.turn + 1, changed_at=now)
            return _held(rows, account_id)

    def take_out(self, account_id: str, number: int, *, now: datetime) -> None:
        """Take a record out of the draft again."""
        with self._database.writing() as connection:
            rows = CaseRows(connection, self._seal)
            draft = _held(rows, account_id)
            rows.put_lines(draft.id, _numbered([line for line in draft.lines if line.number != number]))
            rows.change(draft.id, turn=draft.turn + 1, changed_at=now)

    def save(self, account_id: str, application: Application, lines: Sequence[Line], *, now: datetime) -> None:
        """Keep the draft as it was typed. Of the records only what is asked of them is taken from `lines`: which are in
        the draft another tab may have changed meanwhile. Raises NoSuchCase when it has been handed in.
        """
        typed = {_asked_for(line): line for line in lines}
        with self._database.writing() as connection:
            rows = CaseRows(connection, self._seal)
            draft = _held(rows, account_id)
            rows.put_lines(draft.id, _numbered([typed.get(_asked_for(line), line) for line in draft.lines]))
            rows.change(draft.id, application=application, turn=draft.turn + 1, changed_at=now)

    def discard(self, account_id: str) -> str | None:
        """Forget the draft; its id, so that what was attached can be removed too."""
        with self._database.writing() as connection:
            rows = CaseRows(connection, self._seal)
            draft = rows.draft_of(account_id, to_change=True)
            if draft is None:
                return None
            rows.remove(draft.id)
            return draft.id

    def submit(self, draft: Case, requester: Requester, *, now: datetime) -> Submitted:
        """Hand in a draft that has been checked, as it was when it was read. Raises Overtaken, NotAllowed."""
        lookup = lookup_digits()
        with self._reader(Step.SUBMIT, draft.id, draft.account_id, draft.turn, now) as taken:
            if not taken.case.lines:
                raise NotAllowed(Bar.NOTHING_ASKED)
            code = next_code(taken.rows.connection, self._agency, today=taken.today)
            taken.application = taken.case.application.handed_in(requester, lookup)
            taken.change(
                code=code,
                lookup_digest=self.lookup_digest(code, lookup),
                purpose=taken.case.application.purpose,
                requester=requester.kind,
                submitted_at=now,
            )
            taken.tell("submitted", lookup=lookup)
        return Submitted(code, lookup)

    def supply(self, case_id: str, account_id: str, *, turn: int, words: str, now: datetime) -> None:
        """Answer what the archive has asked to be added; the clock goes on."""
        with self._reader(Step.SUPPLY, case_id, account_id, turn, now) as taken:
            taken.words = spoken(words)
            taken.start_clock(days_left=taken.case.days_left)

    def withdraw(self, case_id: str, account_id: str, *, turn: int, words: str, now: datetime) -> None:
        """Take the request back before it has been decided."""
        with self._reader(Step.WITHDRAW, case_id, account_id, turn, now) as taken:
            taken.words = spoken(words)
            taken.end_clock()
            taken.change(closed_at=now, due_on=None)
            taken.tell("withdrawn")

    def rate(self, case_id: str, account_id: str, *, turn: int, stars: int, words: str, now: datetime) -> None:
        """How the reader was served, from 1 to 5 stars; said once. Raises NotAllowed."""
        if not 1 <= stars <= MOST_STARS:
            raise ValueError("stars")
        with self._reader(Step.RATE, case_id, account_id, turn, now) as taken:
            if taken.case.rating is not None:
                raise NotAllowed(Bar.RATED)
            taken.words = spoken(words)
            taken.change(rating=stars)

    def looked_up(self, code: str, lookup: str) -> Case | None:
        """The case of a code, for whoever knows the digits of its receipt; None says nothing about which was wrong."""
        wanted = (cases.c.code == code) & (cases.c.lookup_digest == self.lookup_digest(code, lookup))
        with self._database.reading() as connection:
            found = CaseRows(connection, self._seal).found(select(cases).where(wanted))
        return found[0] if found else None

    def lookup_digest(self, code: str, lookup: str) -> str:
        """What is kept of the digits."""
        return self._seal.match(f"lookup {code} {lookup}")

    def _reader(
        self, step: Step, case_id: str, account_id: str, turn: int, now: datetime
    ) -> AbstractContextManager[Taking]:
        by = By(frozenset({Actor.READER}), account_id)
        return taking(self._database, self._seal, step, case_id, by=by, turn=turn, now=now)


def spoken(words: str) -> str:
    """What somebody wrote, without control characters. ValueError when it is too long."""
    cleaned = CONTROL.sub("", words).strip()
    if len(cleaned) > LONGEST_WORDS:
        raise ValueError("words")
    return cleaned


def _held(rows: CaseRows, account_id: str) -> Case:
    draft = rows.draft_of(account_id, to_change=True)
    if draft is None or draft.state is not State.DRAFT:
        raise NoSuchCase
    return draft


def _asked_for(line: Line) -> tuple[str, Kind]:
    """A record stands in a case once for each kind."""
    return line.record_id, line.kind


def _numbered(lines: Sequence[Line]) -> list[Line]:
    return [replace(line, number=number) for number, line in enumerate(lines, start=1)]
