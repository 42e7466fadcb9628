"""Bringing the reading copies of the register up to its permits: what permits open, and nothing else."""

from collections.abc import Collection, Iterator, Mapping, Sequence
from dataclasses import dataclass
from datetime import date, datetime

from access_policy.permit import Permit
from access_policy.register.reading_copies import CopiedPage, ReadingCopy
from access_policy.register.restrictions import Restrictions
from access_policy.register.store import Register
from access_policy.rules import conditions_of
from access_policy.terms import AccessStatus
from indexer.protection import protected_page
from indexer.secrecy_net import secrecy_marks
from indexer.sources.port import Source, SourceRecord


@dataclass(frozen=True)
class Brought:
    """How many copies were made or made anew, and how many were taken away."""

    made: int
    dropped: int


def bring_reading_copies(source: Source, register: Register, *, today: date, now: datetime) -> Brought:
    """A copy for each record that a permit opens today or later, and for no other. Raises SourceUnavailable and
    RegisterUnavailable; what was brought before that stays.
    """
    permits = _by_record([permit for permit in register.open_permits() if today <= permit.ends_on])
    dropped = _drop(register, register.copied_records() - permits.keys())
    kept, made = set[str](), 0
    for copy in _copies(source, register.restrictions(), permits, today) if permits else ():
        made += register.put_copy(copy, now=now)
        kept.add(copy.record_id)
    return Brought(made, dropped + _drop(register, register.copied_records() - kept))


def _drop(register: Register, record_ids: Collection[str]) -> int:
    if record_ids:
        register.drop_copies(record_ids)
    return len(record_ids)


def _by_record(permits: Sequence[Permit]) -> Mapping[str, Sequence[Permit]]:
    found: dict[str, list[Permit]] = {}
    for permit in permits:
        found.setdefault(permit.record_id, []).append(permit)
    return found


def _copies(
    source: Source, restrictions: Restrictions, permits: Mapping[str, Sequence[Permit]], today: date
) -> Iterator[ReadingCopy]:
    for entry in source.below(sorted(permits)):
        if isinstance(entry, SourceRecord) and entry.record.id in permits and not _secret(entry, restrictions, today):
            yield _copy(entry, restrictions, permits[entry.record.id], today)


def _secret(entry: SourceRecord, restrictions: Restrictions, today: date) -> bool:
    """Of what is or may be a state secret there is no copy, whatever somebody has permitted."""
    grounds = (*restrictions.of(entry.record), *secrecy_marks(entry.pages))
    return conditions_of(entry.record, grounds).governing(today).status is AccessStatus.SECRET


def _copy(entry: SourceRecord, restrictions: Restrictions, permits: Sequence[Permit], today: date) -> ReadingCopy:
    pages = []
    for page in entry.pages:
        if any(_opens(permit, page.number) for permit in permits):
            drawn = restrictions.redactions(entry.record.id, page.number)
            protected = protected_page(page, drawn, today=today)
            pages.append(CopiedPage(page.number, protected.page.text, protected.boxes))
    return ReadingCopy(entry.record.id, entry.record.objects, tuple(pages))


def _opens(permit: Permit, page: int) -> bool:
    return permit.pages is None or permit.pages[0] <= page <= permit.pages[1]
