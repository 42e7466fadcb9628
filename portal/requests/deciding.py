"""Deciding a case and taking a permit back: the two steps that reach into the register of the policy."""

from collections.abc import Callable, Mapping, Sequence
from contextlib import suppress
from datetime import datetime
from typing import Protocol

from access_policy.permit import Permit
from access_policy.register.errors import PermitExists, UnknownPermit
from portal.requests.authority import approval_of, check_decides
from portal.requests.case import Bar, NotAllowed
from portal.requests.cases import spoken
from portal.requests.permits import (
    CasePermit,
    mark_granted,
    mark_revoked,
    pending_permits,
    standing_of_case,
    waiting,
)
from portal.requests.ruling import Ruling
from portal.requests.rulings import check_rulings
from portal.requests.states import Step
from portal.requests.taking import By, Taking, taking
from portal.store.database import Database
from portal.store.sealing import Sealing

AT_ONCE = 100


class PermitRegister(Protocol):
    """The part of the register that decisions write. Both raise RegisterUnavailable."""

    def grant(self, permit: Permit, *, reader_id: str, author: str, now: datetime) -> int:
        """Give a reader a permit. Raises PermitExists."""
        ...

    def revoke(self, code: str, *, author: str, now: datetime) -> int:
        """Take a permit back. Raises UnknownPermit."""
        ...


class Deciding:
    """Steps raise NoSuchCase, Overtaken, NotAllowed, ValueError for words, StoreUnavailable, RegisterUnavailable.

    `pseudonym` turns the id of an account into the one by which the register knows its reader.
    """

    def __init__(
        self, database: Database, seal: Sealing, register: PermitRegister, *, pseudonym: Callable[[str], str]
    ) -> None:
        self._database, self._seal, self._register, self._pseudonym = database, seal, register, pseudonym

    def decide(self, case_id: str, rulings: Mapping[int, Ruling], *, by: By, turn: int, now: datetime) -> None:
        """Decide each record, by its number. Permits of an earlier decision on the case end; what is granted now enters
        the register with `grant_waiting`.
        """
        with taking(self._database, self._seal, Step.DECIDE, case_id, by=by, turn=turn, now=now) as taken:
            check_decides(taken.case, approval_of(taken.case, taken.provisions.approvals), by)
            check_rulings(taken, rulings)
            self._take_back(taken, standing_of_case(taken.rows.connection, case_id, None))
            taken.rows.rule(case_id, "decision", rulings.items())
            pending_permits(taken.rows.connection, taken.case, rulings, author=by.login, today=taken.today)
            taken.end_clock()
            taken.change(decided_at=now, decided_by=by.id)
            taken.tell("decided")

    def revoke(self, case_id: str, codes: Sequence[str], *, words: str, by: By, turn: int, now: datetime) -> None:
        """Take permits of a case back, saying why. They end in the register before anything is written here."""
        with taking(self._database, self._seal, Step.REVOKE, case_id, by=by, turn=turn, now=now) as taken:
            taken.words = spoken(words)
            if not taken.words:
                raise ValueError("words")
            standing = standing_of_case(taken.rows.connection, case_id, codes)
            if not standing:
                raise NotAllowed(Bar.NO_SUCH_PERMIT)
            self._take_back(taken, standing)
            taken.tell("revoked", words=taken.words)

    def grant_waiting(self, *, now: datetime, most: int = AT_ONCE) -> int:
        """Bring permits into the register that are not there yet; how many. Safe to call at any time, by many."""
        with self._database.writing() as connection:
            found = waiting(connection, most=most)
            for each in found:
                with suppress(PermitExists):  # a worker was stopped between the register and this store
                    reader_id = self._pseudonym(each.account_id)
                    self._register.grant(each.permit, reader_id=reader_id, author=each.author, now=now)
                mark_granted(connection, each.permit.code, now=now)
        return len(found)

    def _take_back(self, taken: Taking, standing: Sequence[CasePermit]) -> None:
        for each in standing:
            with suppress(UnknownPermit):  # never granted, or taken back before a step that failed
                self._register.revoke(each.permit.code, author=taken.by.login, now=taken.now)
            mark_revoked(taken.rows.connection, each.permit.code, now=taken.now)
