"""The one door: who is asking, what a route does, and whether a record or a page of it may go through.

A route answers nobody until it declares what it does (`declares`). Every view that shows a record, its text or its
pixels takes them from here, freshly decided.
"""

import logging
from collections.abc import Callable, Iterable
from dataclasses import dataclass, replace
from datetime import date
from typing import Protocol, TypeVar

from flask import Flask, current_app, g, request

from access_policy.conditions import NO_GROUND
from access_policy.decide import Decision, Obligations, decide
from access_policy.parameters import POLICY_VERSION
from access_policy.reader import Reader
from access_policy.record import Box
from access_policy.terms import Action, Known
from access_policy.visibility import Visibility, still_visible, visible_to
from indexer.index.description import Description
from indexer.index.port import IndexReader, PageHits
from indexer.index.query import Query
from portal.asking import Asking
from portal.audit.entry import Entry, Event
from portal.audit.log import AccessLog
from portal.clock import Now, Today
from portal.errors import NotFound, PageClosed, PermitSpent, RecordClosed
from portal.register_watch import RegisterWatch

log = logging.getLogger("portal.gate")

View = TypeVar("View", bound=Callable[..., object])


class Quota(Protocol):
    """Counts what permits open."""

    def take(self, permit: str, page: int, *, most: int, day: date) -> bool:
        """Whether the permit opens this page too on this day. Raises StoreUnavailable."""
        ...


def declares(action: Action | None) -> Callable[[View], View]:
    """Say what a route does with records; None for a page that shows none."""

    def mark(view: View) -> View:
        view.declared_action = action  # type: ignore[attr-defined]
        return view

    return mark


def install(
    app: Flask,
    *,
    index: Callable[[], IndexReader],
    register: RegisterWatch,
    access_log: AccessLog,
    asking: Callable[[], Asking],
    quota: Quota,
    today: Today,
    now: Now,
) -> None:
    """Refuse every route that declared nothing, and give each request its door."""

    @app.before_request
    def _open() -> None:
        view = current_app.view_functions.get(request.endpoint or "")
        if view is not None and not hasattr(view, "declared_action"):
            raise NotFound
        g.open_door = lambda: _open_door(index(), register, access_log, asking(), quota, today=today(), now=now)


def _open_door(
    index: IndexReader,
    register: RegisterWatch,
    access_log: AccessLog,
    asking: Asking,
    quota: Quota,
    *,
    today: date,
    now: Now,
) -> "Door":
    overlay = register.overlay(index.revision())
    return Door(
        index=index,
        register=register,
        access_log=access_log,
        quota=quota,
        now=now,
        list_revision=overlay.revision,
        reader=asking.reader,
        reader_id=asking.reader_id,
        visibility=visible_to(reader=asking.reader, today=today, overlay=overlay),
    )


def door() -> "Door":
    """The door for this request. The index generation and the day stay the same for all of it."""
    if "door" not in g:
        g.door = g.open_door()
    opened: Door = g.door
    return opened


@dataclass(frozen=True)
class Door:
    """What one reader may take out of the archive today."""

    index: IndexReader
    register: RegisterWatch
    access_log: AccessLog
    quota: Quota
    now: Now
    list_revision: int
    reader: Reader
    reader_id: str
    visibility: Visibility

    def record(self, record_id: str) -> Description:
        """A record that may be found. Raises NotFound for absent and forbidden alike, and RecordClosed for one whose
        being there may be known and nothing more.
        """
        found = self.records([record_id])
        if not found:
            raise self._closed(record_id)
        return self._with_copy(found[0]) if self.permitted(found[0]) else found[0]

    def _with_copy(self, record: Description) -> Description:
        """With the images that the index does not know, since not everybody may see them."""
        return replace(record, objects=record.objects or self.register.copied_objects(record.id))

    def _closed(self, record_id: str) -> NotFound | RecordClosed:
        known = self.index.acknowledged(record_id, visibility=self.visibility)
        if known is None:
            return NotFound()
        if self.decide(Action.KNOW, known).allowed and not self.decide(Action.FIND, known).allowed:
            return RecordClosed(known, self.decide(Action.READ, known))
        log.critical("index and policy disagree on a closed record: generation %s", self.index.generation())
        return NotFound()

    def records(self, record_ids: list[str]) -> list[Description]:
        """Those of the records that may be found, in the order asked for."""
        shown = self.index.records(record_ids, visibility=self.visibility)
        return self.outward(shown[record_id] for record_id in record_ids if record_id in shown)

    def outward(self, hits: Iterable[Description]) -> list[Description]:
        """The hits, each decided again on its way out. One that fails is dropped and raises an alarm."""
        passed = []
        for hit in hits:
            if still_visible(
                hit.conditions, hit.lineage, record_id=hit.id, reader=self.reader, visibility=self.visibility
            ):
                passed.append(hit)
            else:
                log.critical("index and policy disagree on a record: generation %s", self.index.generation())
        return passed

    def decide(self, action: Action, record: Description, page: int | None = None) -> Decision:
        """A fresh decision on a record, or on one page of it."""
        return decide(
            action, record.conditions, record_id=record.id, reader=self.reader, today=self.visibility.today, page=page
        )

    def permitted(self, record: Description) -> bool:
        """Whether a permit of the reader opens the record, or some page of it, today."""
        held = [permit for permit in self.reader.permits if permit.record_id == record.id]
        return any(self.decide(Action.READ, record, permit.pages[0] if permit.pages else 1).allowed for permit in held)

    def may_read(self, record: Description, page: int) -> bool:
        """Whether this page may be read."""
        return self.decide(Action.READ, record, page).allowed

    def page(self, record_id: str, number: int, *, event: Event, size: str) -> tuple[Description, Obligations]:
        """A record of which this page may be read, and what that obliges to. Raises NotFound, RecordClosed, PageClosed,
        PermitSpent.

        Whatever is decided stands in the access log before this returns or raises. LogUnavailable when a permit opens
        the page and the log cannot be written.
        """
        try:
            record, decision, obligations = self._decided(record_id, number)
        except NotFound:
            self._log(event, record_id, number, size, None)
            raise
        except (PageClosed, RecordClosed) as refusal:
            self._log(event, record_id, number, size, refusal.decision)
            raise
        if not self._within_quota(obligations, number):
            self._log(event, record_id, number, size, replace(decision, allowed=False))
            raise PermitSpent(record)
        self._log(event, record_id, number, size, decision)
        return record, obligations

    def _within_quota(self, obligations: Obligations, number: int) -> bool:
        permit, most = obligations.permit, obligations.pages_per_day
        if permit is None or most is None:
            return True
        return self.quota.take(self._counting(permit), number, most=most, day=self.visibility.today)

    def _counting(self, code: str) -> str:
        """The permit under which the pages of this one are counted: ranges of one record with one limit share it."""
        permits = self.reader.permits
        terms = {(each.record_id, each.pages_per_day) for each in permits if each.code == code}
        return min((each.code for each in permits if (each.record_id, each.pages_per_day) in terms), default=code)

    def still_open(self, record: Description) -> None:
        """Ask the register once more before something leaves that took a while to make. Raises NotFound when the record
        has been closed meanwhile, and RegisterAway.
        """
        newest = self.register.overlay(self.index.revision())
        if not newest.withheld(self.visibility.today).isdisjoint(record.lineage):
            raise NotFound

    def _log(self, event: Event, record_id: str, number: int, size: str, decision: Decision | None) -> None:
        obligations = decision.obligations if decision else None
        self.access_log.note(
            Entry(
                at=self.now(),
                event=event,
                reader=self.reader_id,
                record_id=record_id,
                page=number,
                size=size,
                allowed=decision is not None and decision.allowed,
                rule=decision.ground.rule if decision else NO_GROUND.rule,
                permit=obligations.permit if obligations else None,
                policy_version=decision.policy_version if decision else POLICY_VERSION,
                list_revision=self.list_revision,
                generation=self.index.generation(),
            )
        )

    def _decided(self, record_id: str, number: int) -> tuple[Description, Decision, Obligations]:
        record = self.record(record_id)
        if not 1 <= number <= record.page_count:
            raise NotFound
        decision = self.decide(Action.READ, record, number)
        if not decision.allowed or decision.obligations is None:
            if record.conditions.for_page(number).known(self.visibility.today) is not Known.DESCRIPTION:
                raise NotFound
            raise PageClosed(record, decision)
        return record, decision, decision.obligations

    def redactions(self, record: Description, number: int) -> tuple[Box, ...]:
        """What must be blacked out on a page, whatever else is allowed: drawn by staff, or found at ingest. Raises
        NotFound for a page that a permit opens and of which there is no reading copy: nobody knows what to black out.
        """
        found = self.index.page_redactions(record.id, number, visibility=self.visibility)
        if self._by_permit(record, number):
            copied = self.register.copied_page(record.id, number)
            if copied is None:
                raise NotFound
            found = (*found, *copied.boxes)
        return (*self.register.redactions(record.id, number), *found)

    def _by_permit(self, record: Description, number: int) -> bool:
        obligations = self.decide(Action.READ, record, number).obligations
        return obligations is not None and obligations.permit is not None

    def readable_pages(self, record: Description) -> list[int]:
        """The pages of a record that may be read, in order."""
        return [number for number in range(1, record.page_count + 1) if self.may_read(record, number)]

    def page_hits(self, query: Query, records: list[Description], *, limit: int) -> dict[str, PageHits]:
        """The pages of these records on which the words stand, each decided again on its way out."""
        by_id = {record.id: record for record in records if record.page_count}
        found = self.index.page_hits(query, list(by_id), visibility=self.visibility, limit=limit)
        return {record_id: self._readable_hits(by_id[record_id], hits) for record_id, hits in found.items()}

    def _readable_hits(self, record: Description, found: PageHits) -> PageHits:
        passed = tuple(hit for hit in found.hits if self.may_read(record, hit.number))
        if len(passed) == len(found.hits):
            return found
        log.critical("index and policy disagree on a page: generation %s", self.index.generation())
        return PageHits(len(passed), passed)

    def page_text(self, record: Description, number: int) -> str:
        """The text of a page that `page` let through; empty when the page has none."""
        self._decided(record.id, number)
        if self._by_permit(record, number):
            copied = self.register.copied_page(record.id, number)
            return copied.text if copied else ""
        return self.index.page_text(record.id, number, visibility=self.visibility) or ""
