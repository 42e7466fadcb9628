"""The register of lists, withdrawals and permits as the pages of administration use it."""

from collections.abc import Iterable, Iterator, Mapping, Sequence
from contextlib import closing, contextmanager
from dataclasses import dataclass
from datetime import date, datetime
from enum import Enum
from itertools import islice

from access_policy.permit import Permit
from access_policy.record import Listing, Registered, lineage
from access_policy.register.categories import category_named
from access_policy.register.entries import KeptVersion as KeptVersion
from access_policy.register.entries import ListEntry as ListEntry
from access_policy.register.entries import ListVersion as ListVersion
from access_policy.register.errors import (
    AlreadyActive,
    ListExists,
    NotActive,
    RegisterError,
    RegisterUnavailable,
    SamePerson,
    UnknownList,
    UnknownWithdrawal,
)
from access_policy.register.lists import same_person
from access_policy.register.restrictions import Supposed
from access_policy.register.store import Register
from access_policy.register.weighing import Weighed
from access_policy.register.withdrawals import KeptWithdrawal
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


class ListTaken(Exception):
    """A list of this number has been imported before; a list never changes."""


class NoSuchWithdrawal(Exception):
    """There is no such withdrawal, or it has been lifted."""


class Impossible(Exception):
    """The register cannot keep this: an id that no record can have, or pages that are none."""


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
            return self._register.weigh(Supposed(number, effective_from, replaces))

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
        return self.said_of_each({record_id: lineage(record_id, parents)})[record_id]

    def said_of_each(self, lineages: Mapping[str, Sequence[str]]) -> Mapping[str, Said]:
        """The same of some records at once, by id; their lineages as far as they are known."""
        with _answering():
            restrictions = self._register.restrictions_of({each for above in lineages.values() for each in above})
            permits = self._register.open_permits_for(lineages)
        return {
            record_id: Said(
                restrictions.naming(record_id, above), tuple(each for each in permits if each.record_id == record_id)
            )
            for record_id, above in lineages.items()
        }

    def ids_beginning(self, prefix: str, *, start: int, most: int) -> Sequence[str]:
        """Ids of which lists, withdrawals or permits say something, in order, from `start` on, which counts from 0."""
        with _answering():
            return self._register.ids_beginning(prefix, offset=start, limit=most)

    def import_list(
        self, version: ListVersion, entries: Iterable[ListEntry], *, by: StaffMember, now: datetime
    ) -> None:
        """Keep a list as a draft that binds nothing. Raises ListTaken, Impossible."""
        with _answering():
            self._register.import_version(version, entries, author=by.login, now=now)


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


_MEANS: Mapping[type[RegisterError], type[Exception]] = {
    RegisterUnavailable: RegisterAway,
    UnknownList: NoSuchList,
    ListExists: ListTaken,
    UnknownWithdrawal: NoSuchWithdrawal,
}
_BARS = {SamePerson: ListBar.SAME_PERSON, AlreadyActive: ListBar.ACTIVE, NotActive: ListBar.NOT_ACTIVE}


@contextmanager
def _answering() -> Iterator[None]:
    """Turns what the register refuses into what the pages know."""
    try:
        yield
    except RegisterError as error:
        if type(error) in _BARS:
            raise NotActivated(_BARS[type(error)]) from None
        raise _MEANS.get(type(error), Impossible)(str(error)) from None
