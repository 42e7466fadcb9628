"""The register of lists, withdrawals and permits as the pages of administration use it."""

from collections.abc import Iterator, Sequence
from contextlib import closing, contextmanager
from dataclasses import dataclass, replace
from datetime import date, datetime
from enum import Enum
from itertools import islice

from access_policy.permit import Permit
from access_policy.record import Listing, Parent, Record, Registered
from access_policy.register.categories import category_named
from access_policy.register.entries import KeptVersion as KeptVersion
from access_policy.register.entries import ListEntry
from access_policy.register.errors import (
    AlreadyActive,
    ImpossibleEntry,
    NotActive,
    RegisterUnavailable,
    SamePerson,
    UnknownList,
    UnknownWithdrawal,
)
from access_policy.register.lists import same_person
from access_policy.register.restrictions import Restrictions, Supposed
from access_policy.register.store import Register
from access_policy.register.withdrawals import KeptWithdrawal
from access_policy.terms import Level
from portal.accounts.staff.member import StaffMember
from portal.register_watch import RegisterAway


class ListState(Enum):
    """Where a list stands on a day."""

    DRAFT = "draft"
    COMING = "coming"
    IN_FORCE = "in-force"
    ENDED = "ended"


class ListBar(Enum):
    """What stands against putting a list into force."""

    SAME_PERSON = "same-person"
    ACTIVE = "active"
    NOT_ACTIVE = "not-active"


class NoSuchList(Exception):
    """No list of this number has been imported."""


class NotActivated(Exception):
    """The list was not put into force, because of `bar`."""

    def __init__(self, bar: ListBar) -> None:
        super().__init__(bar.value)
        self.bar = bar


class NoSuchWithdrawal(Exception):
    """There is no such withdrawal, or it has been lifted."""


class Impossible(Exception):
    """The register cannot keep this: an id that no record can have, or pages that are none."""


@dataclass(frozen=True)
class Weighed:
    """A draft against what binds today. `opened` are targets of the list it replaces that nothing else closes then, and
    `closed` those of its own lines that name a record as a whole or in part on that day; `permits` those it touches.
    """

    lines: int
    closed: frozenset[str]
    opened: frozenset[str]
    permits: tuple[Permit, ...]


@dataclass(frozen=True)
class Said:
    """Whatever the register says of one record, in force or not: lines and withdrawals by their days."""

    restrictions: tuple[Registered, ...]
    permits: tuple[Permit, ...]


class Ledger:
    """Every method may raise RegisterAway."""

    def __init__(self, register: Register) -> None:
        self._register = register

    def lists(self) -> Sequence[KeptVersion]:
        """Every list, the newest first."""
        with _answering():
            return self._register.versions()[::-1]

    def head(self, number: str) -> KeptVersion:
        """One list. Raises NoSuchList."""
        with _answering():
            return self._register.version(number)

    def lines(self, number: str, *, start: int, most: int) -> Sequence[ListEntry]:
        """Some lines of a list as they stood in its file, from `start` on, which counts from 0. Raises NoSuchList."""
        with _answering(), closing(self._register.entries(number)) as entries:
            return list(islice(entries, start, start + most))

    def weigh(self, number: str, *, effective_from: date, replaces: str | None) -> Weighed:
        """What a draft would do from a day on. Raises NoSuchList."""
        with _answering():
            self._register.version(number)
            then = self._register.restrictions(Supposed(number, effective_from, replaces))
            own, before = self._targets(number), self._targets(replaces) if replaces else frozenset()
            permits = self._register.open_permits()
        closed = frozenset(each for each in own if _closes(then, each, effective_from, number))
        opened = frozenset(each for each in before if not _binding(then, each, effective_from))
        touched = tuple(each for each in permits if _touched(then, each, number, effective_from))
        return Weighed(len(own), closed, opened, touched)

    def activate(
        self, number: str, *, effective_from: date, replaces: str | None, by: StaffMember, now: datetime
    ) -> None:
        """Put a draft into force. Whoever imported it may not, by login or by name. Raises NoSuchList, NotActivated."""
        with _answering():
            if same_person(self._register.version(number).imported_by, by.name):
                raise NotActivated(ListBar.SAME_PERSON)
            self._register.activate(number, effective_from=effective_from, author=by.login, now=now, replaces=replaces)

    def withdrawals(self) -> Sequence[KeptWithdrawal]:
        """Every withdrawal, the newest first."""
        with _answering():
            return self._register.withdrawals()[::-1]

    def withdraw(
        self, target: str, *, pages: tuple[int, int] | None, reason: str, by: StaffMember, now: datetime
    ) -> None:
        """Take material out of use at once. Raises Impossible."""
        with _answering():
            self._register.withdraw(target, reason=reason, author=by.login, now=now, pages=pages)

    def lift(self, withdrawal_id: int, *, reason: str, by: StaffMember, now: datetime) -> None:
        """End a withdrawal. Raises NoSuchWithdrawal."""
        with _answering():
            self._register.lift(withdrawal_id, reason=reason, author=by.login, now=now)

    def said_of(self, record_id: str, *, parents: Sequence[str]) -> Said:
        """What binds, has bound or will bind a record, by its own id or that of something above it."""
        with _answering():
            restrictions, permits = self._register.restrictions(), self._register.open_permits()
        above = tuple(Parent(each, Level.FILE, "", "") for each in parents)
        found = restrictions.of(replace(_bare(record_id), parents=above))
        return Said(found, tuple(each for each in permits if each.record_id == record_id))

    def _targets(self, number: str) -> frozenset[str]:
        with closing(self._register.entries(number)) as entries:
            return frozenset(each.target_id for each in entries)


def state_of(kept: KeptVersion, today: date) -> ListState:
    """Where a list stands on a day."""
    if kept.effective_from is None:
        return ListState.DRAFT
    if kept.effective_to is not None and kept.effective_to <= today:
        return ListState.ENDED
    return ListState.COMING if today < kept.effective_from else ListState.IN_FORCE


def category_in_words(code: str, *, english: bool) -> str:
    """Why a line stands on a list; a code of an older register stands for itself."""
    found = category_named(code)
    if found is None or found.code != code:
        return code
    return found.words_en if english else found.words


def binds(restriction: Registered, on: date) -> bool:
    """Whether a line or withdrawal closes something on a day."""
    if not isinstance(restriction, Listing):
        return restriction.since <= on
    ends = [day for day in (restriction.until, restriction.opens_on) if day is not None]
    return restriction.since <= on < min(ends, default=date.max)


def _binding(restrictions: Restrictions, target: str, on: date) -> Sequence[Registered]:
    return [each for each in restrictions.of(_bare(target)) if binds(each, on)]


def _closes(restrictions: Restrictions, target: str, on: date, number: str) -> bool:
    found = _binding(restrictions, target, on)
    return any(isinstance(each, Listing) and each.list_number == number for each in found)


def _touched(restrictions: Restrictions, permit: Permit, number: str, on: date) -> bool:
    if not permit.starts_on <= on <= permit.ends_on:
        return False
    found = _binding(restrictions, permit.record_id, on)
    own = [each for each in found if isinstance(each, Listing) and each.list_number == number]
    return any(_overlap(each.pages, permit.pages) for each in own)


def _overlap(one: tuple[int, int] | None, other: tuple[int, int] | None) -> bool:
    return one is None or other is None or (one[0] <= other[1] and other[0] <= one[1])


def _bare(record_id: str) -> Record:
    """A record of which no more is known than its id, and with it its archive."""
    return Record(record_id, Level.ITEM, "", "", "", "", None)


@contextmanager
def _answering() -> Iterator[None]:
    """Turns what the register refuses into what the pages know."""
    try:
        yield
    except RegisterUnavailable:
        raise RegisterAway from None
    except UnknownList:
        raise NoSuchList from None
    except SamePerson:
        raise NotActivated(ListBar.SAME_PERSON) from None
    except AlreadyActive:
        raise NotActivated(ListBar.ACTIVE) from None
    except NotActive:
        raise NotActivated(ListBar.NOT_ACTIVE) from None
    except UnknownWithdrawal:
        raise NoSuchWithdrawal from None
    except ImpossibleEntry as error:
        raise Impossible(str(error)) from None
