"""Looking up holdings: by words or the beginning of an id, and one record with all that is said of it."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import date

from flask import Blueprint, render_template, request
from flask.typing import ResponseReturnValue

from access_policy.decide import decide
from access_policy.permit import Permit
from access_policy.reader import ANONYMOUS
from access_policy.record import Listing, Registered
from access_policy.terms import Action
from indexer.index.description import Description
from indexer.index.port import IndexUnavailable
from portal.accounts.staff.roles import Duty
from portal.desk.administration.holding_search import (
    LAST_PAGE,
    LONGEST_ID,
    LONGEST_WORDS,
    by_id,
    by_words,
    read_prefix,
)
from portal.desk.administration.ledger import Said, binds, category_in_words
from portal.desk.administration.office import AdministrationOffice
from portal.desk.administration.typed import tidy_line
from portal.desk.cases.words import STATES
from portal.desk.gate import declares, member
from portal.errors import NotFound
from portal.i18n import N_, _, language
from portal.register_watch import RegisterAway
from portal.standing import Status, WhyClosed, status, why_closed

CASES = 50

ACTIONS = {
    Action.READ: N_("đọc"),
    Action.PRINT: N_("in"),
    Action.DOWNLOAD: N_("tải về"),
}


@dataclass(frozen=True)
class Restriction:
    """One line of a list or one withdrawal, with whether it binds today."""

    source: str
    category: str
    reason: str
    pages: tuple[int, int] | None
    since: date
    until: date | None
    opens_on: date | None
    binds: bool


@dataclass(frozen=True)
class PublicSide:
    """What anybody sees: nothing of a record that is not in the index. `answered` is False while it is away."""

    answered: bool
    record: Description | None = None
    status: Status | None = None
    why: WhyClosed | None = None


def add_routes(desk: Blueprint, office: AdministrationOffice) -> None:
    """The look-up."""

    @desk.get("/tra-tai-lieu", endpoint="holdings")
    @declares(Duty.LOOK_UP_HOLDINGS)
    def holdings() -> ResponseReturnValue:
        typed = request.args.get("id", "")
        record_id = (tidy_line(typed) or "").lower()
        if not typed.strip():
            return _found(office, request.args)
        if not 0 < len(record_id) <= LONGEST_ID or " " in record_id:
            return _asked_again(typed, _("Ghi mã của tài liệu như trong địa chỉ trang của nó, ví dụ qn.td.04.16."))
        return _page(office, record_id)


def _found(office: AdministrationOffice, asked: Mapping[str, str]) -> ResponseReturnValue:
    """What the words find, by id and by words, each paged of its own; the empty form without any."""
    typed = asked.get("tim", "")
    words, by_id_page, page = tidy_line(typed), _part(asked.get("trang_ma")), _part(asked.get("trang"))
    if not typed.strip():
        return render_template("administration/holdings.html", typed="", fault="")
    if not words or len(words) > LONGEST_WORDS:
        return _asked_again(typed, _("Ghi từ 1 đến %(n)s ký tự: tên, số, ký hiệu hoặc mã.", n=LONGEST_WORDS))
    prefix = read_prefix(words)
    return render_template(
        "administration/holdings.html",
        typed=words,
        fault="",
        words=words,
        ids=by_id(office, prefix, by_id_page) if prefix else None,
        found=by_words(office, words, page),
    )


def _asked_again(typed: str, fault: str) -> ResponseReturnValue:
    return render_template("administration/holdings.html", typed=typed[:LONGEST_WORDS], fault=fault), 422


def _part(value: str | None) -> int:
    if not value:
        return 1
    if not (value.isascii() and value.isdigit() and len(value) <= 3 and 1 <= int(value) <= LAST_PAGE):
        raise NotFound
    return int(value)


def _page(office: AdministrationOffice, record_id: str) -> str:
    public = _public(office, record_id)
    parents = [ancestor.id for ancestor in public.record.ancestors] if public.record else []
    said = office.ledger.said_of(record_id, parents=parents)
    return render_template(
        "administration/holdings.html",
        typed=record_id,
        fault="",
        record_id=record_id,
        handles_cases=member().may(Duty.HANDLE_CASES),
        public=public,
        restrictions=_restrictions(said, office.today),
        permits=[(each, _actions(each), each.starts_on <= office.today <= each.ends_on) for each in said.permits],
        cases=[(case, _(STATES[case.state])) for case in office.queue.about(record_id, most=CASES)],
    )


def _public(office: AdministrationOffice, record_id: str) -> PublicSide:
    try:
        record = office.index.known([record_id], today=office.today).get(record_id)
    except (IndexUnavailable, RegisterAway):
        return PublicSide(answered=False)
    if record is None:
        return PublicSide(answered=True)
    decision = decide(Action.READ, record.conditions, record_id=record_id, reader=ANONYMOUS, today=office.today)
    return PublicSide(True, record, status(record, decision), why_closed(decision))


def _restrictions(said: Said, today: date) -> Sequence[Restriction]:
    """What binds today first."""
    found = [_restriction(each, today) for each in said.restrictions]
    return sorted(found, key=lambda each: (not each.binds, each.since))


def _restriction(each: Registered, today: date) -> Restriction:
    if isinstance(each, Listing):
        return Restriction(
            each.list_number,
            category_in_words(each.category, english=language() == "en"),
            each.reason,
            each.pages,
            each.since,
            each.until,
            each.opens_on,
            binds(each, today),
        )
    return Restriction("", "", each.reason, each.pages, each.since, None, None, binds(each, today))


def _actions(permit: Permit) -> str:
    return ", ".join(_(word) for action, word in ACTIONS.items() if action in permit.actions)
