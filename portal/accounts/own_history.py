"""What a reader has read, what has happened to the account, and what the archive has permitted."""

from collections.abc import Mapping
from dataclasses import dataclass

from flask import redirect, render_template
from flask.typing import ResponseReturnValue

from access_policy.terms import Action
from indexer.index.description import Description
from portal.accounts.presented import moment, words_of
from portal.accounts.reception import Reception
from portal.addresses import page_address, record_address
from portal.gate import declares, door
from portal.i18n import day, page_url
from portal.sessions.session import current
from portal.store.readings import Reading

MOST_EVENTS = 200
MOST_READINGS = 100


@dataclass(frozen=True)
class ShownReading:
    """A record on a day it was read. The title and both addresses are "" when it may not be found now, and the address
    of the last page also when that page may not be read now.
    """

    day: str
    title: str
    record_url: str
    pages: int
    last_page: int
    last_page_url: str


@dataclass(frozen=True)
class OwnHistory:
    """All behind `needs_reader`."""

    reception: Reception

    @declares(Action.FIND)
    def show(self) -> ResponseReturnValue:
        """Records as the door knows them today: one that was closed after it was read has no title here."""
        account_id = current().owner
        readings = self.reception.readings.of(account_id, most=MOST_READINGS)
        found = {record.id: record for record in door().records(list({one.record_id for one in readings}))}
        events = self.reception.accounts.events(account_id, most=MOST_EVENTS)
        return render_template(
            "accounts/history.html",
            readings=[_shown(one, found) for one in readings],
            most_readings=MOST_READINGS,
            events=[(moment(event.at), words_of(event), self.reception.name_of(event.detail)) for event in events],
            permits=self.reception.permits(account_id),
            most=MOST_EVENTS,
        )

    @declares(None)
    def forget(self) -> ResponseReturnValue:
        """Forget everything that was read; the access log, which knows a pseudonym, stays."""
        self.reception.readings.forget(current().owner)
        return redirect(page_url("accounts.history"), 303)


def _shown(reading: Reading, found: Mapping[str, Description]) -> ShownReading:
    record, page = found.get(reading.record_id), reading.last_page
    if record is None:
        return ShownReading(day(reading.day), "", "", reading.pages, page, "")
    readable = page <= record.page_count and door().may_read(record, page)
    return ShownReading(
        day=day(reading.day),
        title=record.title,
        record_url=record_address(record.id),
        pages=reading.pages,
        last_page=page,
        last_page_url=page_address(record.id, page) if readable else "",
    )
