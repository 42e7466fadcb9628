"""How much of a record the public index may hold, and for how long that stays true."""

from dataclasses import dataclass
from datetime import date, timedelta

from access_policy.conditions import AccessConditions
from access_policy.decide import FINDERS
from access_policy.terms import AccessStatus, Audience, Known


@dataclass(frozen=True)
class Disclosure:
    """What may be indexed of one record: that it is there (`known`), its description, its text when everybody may read
    it.

    True from `shown_from` to the day before `shown_until`; outside these days the same conditions disclose less.
    """

    known: Known
    text: bool
    audience: Audience
    shown_from: date
    shown_until: date


def disclosure_of(conditions: AccessConditions, *, today: date) -> Disclosure | None:
    """What the public index may hold of a record today, or None: not even that the record is there."""
    known = conditions.for_record().known(today)
    if known is Known.NOTHING:
        return None
    shown_from, shown_until = _holds(conditions, today)
    text = known is Known.DESCRIPTION and _text_open(conditions.for_record(), today)
    return Disclosure(known, text, FINDERS, shown_from, shown_until)


def page_disclosed(conditions: AccessConditions, number: int, *, today: date) -> bool:
    """True when everybody may read this page today, so that its text may be found by anybody."""
    page = conditions.for_page(number)
    return page.known(today) is Known.DESCRIPTION and _text_open(page, today)


def _text_open(conditions: AccessConditions, today: date) -> bool:
    return conditions.governing(today).status is AccessStatus.OPEN and conditions.audience(today) is FINDERS


def _holds(conditions: AccessConditions, today: date) -> tuple[date, date]:
    """The longest run of days around today on which nothing is less open than today."""
    days = conditions.boundaries()
    now = _openness(conditions, today)
    earlier = [day for day in days if day <= today]
    shown_from = date.min
    for index in range(len(earlier) - 1, -1, -1):
        if not _as_open(_openness(conditions, earlier[index] - timedelta(days=1)), now):
            shown_from = earlier[index]
            break
    stricter = (day for day in days if day > today and not _as_open(_openness(conditions, day), now))
    return shown_from, next(stricter, date.max)


def _openness(conditions: AccessConditions, day: date) -> tuple[tuple[Known, bool], ...]:
    """How open the record is on a day, and every run of its pages that the same grounds name.

    Such a run begins where a range begins or behind the end of one, so one page there speaks for the whole run.
    """
    ranges = [ground.pages for ground in conditions.grounds if ground.pages]
    begins = sorted({first for first, _ in ranges} | {last + 1 for _, last in ranges})
    parts = [conditions.for_record(), *(conditions.for_page(number) for number in begins)]
    return tuple((part.known(day), _text_open(part, day)) for part in parts)


def _as_open(candidate: tuple[tuple[Known, bool], ...], now: tuple[tuple[Known, bool], ...]) -> bool:
    return all(c[0] >= n[0] and c[1] >= n[1] for c, n in zip(candidate, now, strict=True))
