"""How what lies in the index differs from what may be there, told as more (a leak) or less (late)."""

import json
from collections.abc import Iterator, Mapping
from datetime import date
from typing import Any

from access_policy.conditions import from_wire
from indexer.audit.finding import Side
from indexer.audit.openness import allows_more
from indexer.index.inventory import Circle, Shown
from indexer.text.tokens import tokens

Difference = tuple[Side, str]
"""Which way a field is off, and its name."""


def shown_differences(shown: Shown, circle: Circle, end_day: int, *, today: date) -> Iterator[Difference]:
    """How the circle and the days of a document differ from those it should have; days gone by tell nothing."""
    wider = [name for held in shown.circles for name in _wider(held, circle)]
    yield from ((Side.LEAK, name) for name in dict.fromkeys(wider))
    if circle not in shown.circles and not wider:
        yield Side.LATE, "known"
    if shown.end_day != end_day:
        yield (Side.LEAK if shown.end_day > end_day else Side.LATE), "shown_until"
    if shown.first_day > today.toordinal():
        yield Side.LATE, "shown_from"


def description_differences(held: bytes, true: bytes, *, today: date) -> Iterator[Difference]:
    """The fields of a stored description that differ from what it should say."""
    if held == true:
        return
    ours, theirs = _fields(held), _fields(true)
    if not ours:
        yield Side.LEAK, "description"
    for name in theirs.keys() | ours.keys() if ours else ():
        if not _same(name, ours.get(name), theirs.get(name)):
            yield _field_side(name, ours.get(name), theirs.get(name), today), name


def text_side(held: str, true: str) -> Side:
    """A leak when a text has a word that the other has not; else less of it is said, or the same in another way."""
    return Side.LEAK if set(tokens(held)) - set(tokens(true)) else Side.LATE


def _wider(held: Circle, circle: Circle) -> Iterator[str]:
    """Whoever the policy does not name may not find it, however few they are."""
    if held[0] is not circle[0]:
        yield "audience"
    if held[1] > circle[1]:
        yield "known"


def _fields(description: bytes) -> Mapping[str, Any]:
    try:
        fields = json.loads(description)
    except ValueError:
        return {}
    return fields if isinstance(fields, dict) else {}


def _same(name: str, held: Any, true: Any) -> bool:
    """Grounds say the same in whatever order they stand."""
    return _grounds(held) == _grounds(true) if name == "conditions" else bool(held == true)


def _grounds(conditions: Any) -> set[str]:
    return {json.dumps(ground, sort_keys=True) for ground in conditions or ()}


def _field_side(name: str, held: Any, true: Any, today: date) -> Side:
    if name == "conditions":
        more = allows_more(from_wire(held or ()), from_wire(true or ()), today=today)
        return Side.LEAK if more else Side.LATE
    return Side.LEAK if _said(held) - _said(true) else Side.LATE


def _said(value: Any) -> set[str]:
    """Every word and every number of a value."""
    if isinstance(value, dict):
        return {said for each in value.values() for said in _said(each)}
    if isinstance(value, list):
        return {said for each in value for said in _said(each)}
    return set(tokens(str(value))) if value not in (None, "") else set()
