"""Restricted-use lists: versions, their lines, what a draft would do, and putting it into force."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import date

from flask import Blueprint, flash, redirect, render_template, request
from flask.typing import ResponseReturnValue

from access_policy.permit import Permit
from portal.accounts.staff.roles import Duty
from portal.desk.administration.ledger import (
    KeptVersion,
    Ledger,
    ListState,
    NoSuchList,
    NotActivated,
    category_in_words,
    state_of,
)
from portal.desk.administration.office import AdministrationOffice
from portal.desk.administration.public_index import TooManyTargets
from portal.desk.administration.typed import read_day
from portal.desk.administration.words import LIST_BARS, LIST_STATES, LIST_TONES
from portal.desk.gate import declares, member
from portal.errors import NotFound
from portal.i18n import _, day, language, page_url

LINES = 100
SAMPLES = 20
LATEST_YEARS = 5


@dataclass(frozen=True)
class Preview:
    """What a draft would do: its lines, those that bind on the day, what opens, records that anybody can read now and
    then cannot (None: too many lines to count them here), permits in force that it touches, and some of the ids;
    `unknown` are ids that neither the public index nor the replaced list has (None: too many lines).
    """

    lines: int
    binding: int
    opened: int
    closes: int | None
    permits: tuple[Permit, ...]
    closed_ids: tuple[str, ...]
    opened_ids: tuple[str, ...]
    unknown: int | None
    unknown_ids: tuple[str, ...]


def add_routes(desk: Blueprint, office: AdministrationOffice) -> None:
    """The versions, one of them, and its activation."""

    @desk.get("/danh-muc", endpoint="lists")
    @declares(Duty.MANAGE_RESTRICTIONS)
    def lists() -> ResponseReturnValue:
        kept = office.ledger.lists()
        return render_template(
            "administration/lists.html",
            lists=[(each, *_state(each, office.today)) for each in kept],
            names=office.names(),
        )

    @desk.get("/danh-muc/xem", endpoint="list_version")
    @declares(Duty.MANAGE_RESTRICTIONS)
    def list_version() -> ResponseReturnValue:
        return _page(office, request.args, {})

    @desk.post("/danh-muc/cho-hieu-luc", endpoint="activate_list")
    @declares(Duty.MANAGE_RESTRICTIONS)
    def activate() -> ResponseReturnValue:
        given = request.form
        begins, faults = _begins(given, office.today), _faults(given, office)
        if given.get("sure") != "yes":
            faults["sure"] = _("Xin đánh dấu vào ô này để xác nhận.")
        if faults or begins is None:
            return _page(office, given, faults)
        return _activate(office, given, begins)


def _activate(office: AdministrationOffice, given: Mapping[str, str], begins: date) -> ResponseReturnValue:
    number = given.get("so", "")
    try:
        office.ledger.activate(
            number, effective_from=begins, replaces=given.get("thay") or None, by=member(), now=office.now()
        )
    except NoSuchList:
        raise NotFound from None
    except NotActivated as refused:
        return _page(office, given, {"sure": _(LIST_BARS[refused.bar])})
    flash(_("Danh mục %(number)s có hiệu lực từ %(start)s.", number=number, start=day(begins)))
    return redirect(page_url("desk.lists"), 303)


def _page(office: AdministrationOffice, given: Mapping[str, str], faults: dict[str, str]) -> ResponseReturnValue:
    """A list; a draft with the form that puts it into force, and what that would do once a day is chosen."""
    ledger, part, number = office.ledger, _part(given), given.get("so", "")
    if not number.isprintable():
        raise NotFound
    try:
        kept = ledger.head(number)
        lines = ledger.lines(kept.version.number, start=(part - 1) * LINES, most=LINES)
    except NoSuchList:
        raise NotFound from None
    state, word, tone = _state(kept, office.today)
    draft = state is ListState.DRAFT
    if draft and not faults and "tu_ngay" in given:
        faults = _faults(given, office)
    body = render_template(
        "administration/list.html",
        kept=kept,
        word=word,
        tone=tone,
        draft=draft,
        lines=[(line, category_in_words(line.category, english=language() == "en")) for line in lines],
        part=part,
        more=kept.lines > part * LINES,
        replaceable=_choices(ledger.lists(), office.today),
        given=given,
        today=office.today,
        preview=_preview(office, given) if draft and set(faults) <= {"sure"} else None,
        faults=faults,
        names=office.names(),
    )
    return body, 422 if faults else 200


_REPLACEABLE = (ListState.IN_FORCE, ListState.COMING)


def _choices(kept: Sequence[KeptVersion], today: date) -> Sequence[tuple[str, str]]:
    """Lists that another one can replace."""
    return [(each.version.number, each.version.number) for each in kept if state_of(each, today) in _REPLACEABLE]


def _state(kept: KeptVersion, today: date) -> tuple[ListState, str, str]:
    state = state_of(kept, today)
    return state, _(LIST_STATES[state]), LIST_TONES[state]


def _preview(office: AdministrationOffice, given: Mapping[str, str]) -> Preview | None:
    begins = _begins(given, office.today)
    if begins is None:
        return None
    weighed = office.ledger.weigh(given.get("so", ""), effective_from=begins, replaces=given.get("thay") or None)
    try:
        closes = office.index.open_at_or_below(weighed.closed, today=office.today)
    except TooManyTargets:
        closes = None
    try:
        unknown = office.index.unknown(weighed.own - weighed.before, today=office.today)
    except TooManyTargets:
        unknown = None
    return Preview(
        lines=len(weighed.own),
        binding=len(weighed.closed),
        opened=len(weighed.opened),
        closes=closes,
        permits=weighed.permits,
        closed_ids=tuple(sorted(weighed.closed)[:SAMPLES]),
        opened_ids=tuple(sorted(weighed.opened)[:SAMPLES]),
        unknown=None if unknown is None else len(unknown),
        unknown_ids=tuple(sorted(unknown or ())[:SAMPLES]),
    )


def _faults(given: Mapping[str, str], office: AdministrationOffice) -> dict[str, str]:
    faults = {}
    if _begins(given, office.today) is None:
        faults["tu_ngay"] = _("Ghi ngày từ %(today)s trở đi, như 1/1/2027.", today=day(office.today))
    if given.get("thay") and not _replaceable(office.ledger, given["thay"], office.today):
        faults["thay"] = _("Chọn một danh mục đang hoặc sẽ có hiệu lực.")
    return faults


def _replaceable(ledger: Ledger, number: str, today: date) -> bool:
    return any(number == choice for choice, _word in _choices(ledger.lists(), today))


def _begins(given: Mapping[str, str], today: date) -> date | None:
    found = read_day(given.get("tu_ngay", ""))
    return found if found and today <= found and found.year <= today.year + LATEST_YEARS else None


def _part(given: Mapping[str, str]) -> int:
    part = given.get("part", "") or "1"
    if not (part.isascii() and part.isdigit() and len(part) <= 6 and int(part)):
        raise NotFound
    return int(part)
