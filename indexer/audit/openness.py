"""Whether some conditions let anybody do more than others do, from a day on."""

from datetime import date
from itertools import product

from access_policy.conditions import AccessConditions
from access_policy.decide import decide
from access_policy.reader import Reader
from access_policy.terms import Action, Audience

READERS = tuple(Reader(frozenset({Audience.EVERYONE, audience})) for audience in Audience)
"""Somebody of every circle."""

_INSTEAD = {Action.REQUEST: (Action.READ,)}


def allows_more(held: AccessConditions, true: AccessConditions, *, today: date) -> bool:
    """True when on some day from today on somebody may do something under `held` that `true` refuses.

    Grounds begin and end on few days and on few pages, so each of these speaks for all until the next. Asking for what
    can be read is nothing more.
    """
    days = {today, *(day for each in (held, true) for day in each.boundaries() if day > today)}
    pages = {None, 1, *_turns(held), *_turns(true)}
    return any(
        _allowed(held, action, reader, page, day)
        and not any(_allowed(true, enough, reader, page, day) for enough in (action, *_INSTEAD.get(action, ())))
        for action, reader, page, day in product(Action, READERS, pages, days)
    )


def _turns(conditions: AccessConditions) -> set[int]:
    ranges = [ground.pages for ground in conditions.grounds if ground.pages]
    return {first for first, _ in ranges} | {last + 1 for _, last in ranges}


def _allowed(conditions: AccessConditions, action: Action, reader: Reader, page: int | None, day: date) -> bool:
    return decide(action, conditions, record_id="", reader=reader, today=day, page=page).allowed
