"""The register of one archive: the door to everything this package keeps."""

from collections.abc import Collection, Generator, Iterable, Mapping
from datetime import date, datetime

from sqlalchemy import Engine

from access_policy.overlay import Overlay
from access_policy.permit import Permit
from access_policy.record import DigitalObject
from access_policy.register import changes, lists, permits, proposals, reading_copies, redactions, sweeps, withdrawals
from access_policy.register.connections import drafting, open_engine, prepare, reading, writing
from access_policy.register.entries import KeptVersion, ListEntry, ListVersion
from access_policy.register.migrating import migrate
from access_policy.register.naming import ids_beginning
from access_policy.register.overlays import read_overlay
from access_policy.register.reading_copies import CopiedPage, ReadingCopy
from access_policy.register.redactions import KeptRedaction
from access_policy.register.restrictions import Restrictions, Supposed, read_restrictions
from access_policy.register.touched import Touched, read_touched
from access_policy.register.weighing import Weighed, weigh


class Register:
    """Lists, withdrawals, permits and redactions behind one SQLAlchemy engine; safe in threads and after a fork.

    Every method raises RegisterUnavailable when the database does not answer; what else it may raise is said there.
    `now` is an aware moment, `author` a person's name. A change happens whole or not at all.
    """

    def __init__(self, engine: Engine) -> None:
        prepare(engine)
        self._engine = engine

    def close(self) -> None:
        """Give all connections back; the next call opens one again."""
        self._engine.dispose()

    def migrate(self) -> None:
        """Make the tables, or bring those of an earlier version up to date. Safe to run again, and at the same time."""
        migrate(self._engine)

    def revision(self) -> int:
        """The number of the newest change; 0 before the first. Cheap enough to be asked all the time."""
        with reading(self._engine) as connection:
            return changes.last_revision(connection)

    def changes(self, limit: int) -> list[changes.Change]:
        """The newest changes first."""
        with reading(self._engine) as connection:
            return list(changes.newest_changes(connection, limit))

    def restrictions(self, supposed: Supposed | None = None) -> Restrictions:
        """Everything that closes anything on any day, at one revision; `supposed` takes a draft for active."""
        with reading(self._engine) as connection:
            return read_restrictions(connection, supposed)

    def restrictions_of(self, targets: Collection[str]) -> Restrictions:
        """What closes these ids on any day: the same as `restrictions` says of them, found without reading the rest."""
        with reading(self._engine) as connection:
            return read_restrictions(connection, targets=targets)

    def ids_beginning(self, prefix: str, *, offset: int, limit: int) -> list[str]:
        """Ids that lists, withdrawals or permits name and that begin so, in order."""
        with reading(self._engine) as connection:
            return ids_beginning(connection, prefix, offset=offset, limit=limit)

    def weigh(self, supposed: Supposed) -> Weighed:
        """What a draft would do from a day on. Raises UnknownList."""
        with reading(self._engine) as connection:
            return weigh(connection, supposed)

    def overlay(self, since: int) -> Overlay:
        """What was closed after revision `since`: what an index made at that revision does not know."""
        with reading(self._engine) as connection:
            return read_overlay(connection, since)

    def stale(self, *, since: int, derived_on: date, today: date) -> tuple[Restrictions, Touched]:
        """What an index of revision `since`, derived on a day, may hold wrongly today, and all it takes to mend it."""
        with reading(self._engine) as connection:
            touched = read_touched(connection, since=since, derived_on=derived_on, today=today)
            return read_restrictions(connection), touched

    def last_sweep(self) -> date | None:
        """The newest day whose sweep has finished."""
        with reading(self._engine) as connection:
            return sweeps.last_sweep(connection)

    def begin_sweep(self, day: date, *, now: datetime) -> None:
        """Note that the sweep of a day has begun, again if it was broken off."""
        with drafting(self._engine) as connection:
            sweeps.begin_sweep(connection, day, now=now)

    def finish_sweep(self, day: date, *, opened: int, now: datetime) -> None:
        """Note that whatever opens on a day is open."""
        with drafting(self._engine) as connection:
            sweeps.finish_sweep(connection, day, opened=opened, now=now)

    def propose(self, ripe: Iterable[tuple[str, str]], *, today: date) -> int:
        """Queue (record id, rule) pairs for staff, each once; how many were new."""
        with drafting(self._engine) as connection:
            return proposals.propose(connection, ripe, today=today)

    def proposals(self, state: str | None = proposals.WAITING) -> list[proposals.Proposal]:
        """The queue, oldest first; with None also what has been decided."""
        with reading(self._engine) as connection:
            return proposals.proposals(connection, state)

    def decide_proposal(self, proposal_id: int, *, accept: bool, reason: str, author: str, now: datetime) -> None:
        """Note what staff decided on a proposal; it opens nothing. Raises UnknownProposal, ImpossibleEntry."""
        with drafting(self._engine) as connection:
            proposals.decide_proposal(connection, proposal_id, accept=accept, reason=reason, author=author, now=now)

    def import_version(self, version: ListVersion, entries: Iterable[ListEntry], *, author: str, now: datetime) -> None:
        """Keep a list as a draft that binds nothing. Lines may be a stream. Raises ListExists, ImpossibleEntry."""
        with drafting(self._engine) as connection:
            lists.import_version(connection, version, entries, author=author, now=now)

    def activate(
        self, number: str, *, effective_from: date, author: str, now: datetime, replaces: str | None = None
    ) -> int:
        """Put a draft into force from a day on, ending the list it replaces on that day; the revision.

        Raises UnknownList, AlreadyActive, SamePerson (the author imported it), NotActive (a draft to be replaced).
        """
        with writing(self._engine) as connection:
            return lists.activate(
                connection, number, effective_from=effective_from, author=author, now=now, replaces=replaces
            )

    def versions(self) -> list[KeptVersion]:
        """Every list, by the day it was issued."""
        with reading(self._engine) as connection:
            return lists.versions(connection)

    def version(self, number: str) -> KeptVersion:
        """One list. Raises UnknownList."""
        with reading(self._engine) as connection:
            return lists.version(connection, number)

    def entries(self, number: str, *, by_target: bool = False) -> Generator[ListEntry, None, None]:
        """The lines of a list as a stream, as they stood in their file or by target and pages. Raises UnknownList.

        It holds a connection until it ends or is closed.
        """
        with reading(self._engine) as connection:
            lists.version(connection, number)
            yield from lists.entries(connection, number, by_target=by_target)

    def withdraw(
        self, target_id: str, *, reason: str, author: str, now: datetime, pages: tuple[int, int] | None = None
    ) -> int:
        """Take a record, or everything below it, out of use at once; the number to lift it by.

        Raises ImpossibleEntry.
        """
        with writing(self._engine) as connection:
            return withdrawals.withdraw(connection, target_id, reason=reason, author=author, now=now, pages=pages)

    def lift(self, withdrawal_id: int, *, reason: str, author: str, now: datetime) -> int:
        """End a withdrawal; the revision. Raises UnknownWithdrawal, ImpossibleEntry."""
        with writing(self._engine) as connection:
            return withdrawals.lift(connection, withdrawal_id, reason=reason, author=author, now=now)

    def withdrawals(self) -> list[withdrawals.KeptWithdrawal]:
        """Every withdrawal, lifted ones too, oldest first."""
        with reading(self._engine) as connection:
            return withdrawals.withdrawals(connection)

    def redact(self, record_id: str, page: int, box: redactions.Box, *, reason: str, author: str, now: datetime) -> int:
        """Black out a box of one page; the number to remove it by. Raises ImpossibleEntry."""
        with writing(self._engine) as connection:
            return redactions.redact(connection, record_id, page, box, reason=reason, author=author, now=now)

    def remove_redaction(self, redaction_id: int, *, author: str, now: datetime) -> int:
        """Take a box away; the revision. Raises UnknownRedaction."""
        with writing(self._engine) as connection:
            return redactions.remove_redaction(connection, redaction_id, author=author, now=now)

    def redactions(self) -> Mapping[tuple[str, int], tuple[redactions.Box, ...]]:
        """Every box that stands, by record and page."""
        with reading(self._engine) as connection:
            return redactions.redactions(connection)

    def all_redactions(self) -> list[KeptRedaction]:
        """Every box, removed ones too, oldest first."""
        with reading(self._engine) as connection:
            return redactions.all_redactions(connection)

    def grant(self, permit: Permit, *, reader_id: str, author: str, now: datetime) -> int:
        """Give a reader a permit; the revision. Raises PermitExists, ImpossibleEntry."""
        with writing(self._engine) as connection:
            return permits.grant(connection, permit, reader_id=reader_id, author=author, now=now)

    def revoke(self, code: str, *, author: str, now: datetime) -> int:
        """Take a permit back; the revision. Raises UnknownPermit."""
        with writing(self._engine) as connection:
            return permits.revoke(connection, code, author=author, now=now)

    def permits_of(self, reader_id: str) -> tuple[Permit, ...]:
        """What a reader holds and nobody revoked, on whatever days."""
        with reading(self._engine) as connection:
            return permits.permits_of(connection, reader_id)

    def put_copy(self, copy: ReadingCopy, *, now: datetime) -> bool:
        """Keep the reading copy of a record under a permit; False when it says the same as the one before."""
        with drafting(self._engine) as connection:
            return reading_copies.put_copy(connection, copy, now=now)

    def drop_copies(self, record_ids: Collection[str]) -> None:
        """Forget reading copies."""
        with drafting(self._engine) as connection:
            reading_copies.drop_copies(connection, record_ids)

    def copied_records(self) -> frozenset[str]:
        """The records of which a reading copy is kept."""
        with reading(self._engine) as connection:
            return reading_copies.copied_records(connection)

    def copied_objects(self, record_id: str) -> tuple[DigitalObject, ...]:
        """Where the images of a record under a permit are; nothing without a reading copy."""
        with reading(self._engine) as connection:
            return reading_copies.copied_objects(connection, record_id)

    def copied_page(self, record_id: str, number: int) -> CopiedPage | None:
        """One page of a reading copy."""
        with reading(self._engine) as connection:
            return reading_copies.copied_page(connection, record_id, number)

    def open_permits(self) -> tuple[Permit, ...]:
        """Every permit that nobody revoked, on whatever days."""
        with reading(self._engine) as connection:
            return permits.open_permits(connection)

    def open_permits_for(self, record_ids: Collection[str]) -> tuple[Permit, ...]:
        """Those for some records, on whatever days."""
        with reading(self._engine) as connection:
            return permits.open_permits_for(connection, record_ids)


def open_register(url: str) -> Register:
    """The register behind an SQLAlchemy URL. Raises RegisterUnavailable for an address it cannot use."""
    return Register(open_engine(url))
